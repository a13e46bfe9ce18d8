import { int, toggle } from "../../command/flags.js";
import { restartServices } from "../actions/restart.js";
import { withServicesEnabled } from "../model/select.js";
import { composeCommand } from "./compose-command.js";
import { projectOrName, timeoutOf } from "./projects.js";

export const restart = composeCommand({
  name: "restart",
  short: "Restart service containers",
  usage: "[OPTIONS] [SERVICE...]",
  flags: { "no-deps": toggle(), timeout: int("t") },
  async execute(call) {
    const { arguments: services, context, flags } = call;
    const { name, project } = await projectOrName(call);
    await context.progress.run("Restarting", () =>
      restartServices(context, name.toLowerCase(), {
        project: project && withServicesEnabled(project, services),
        services,
        timeout: timeoutOf(call),
        noDeps: flags["no-deps"],
      }),
    );
  },
});
