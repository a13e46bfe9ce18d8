import { text, toggle } from "../../command/flags.js";
import { killServices } from "../actions/kill.js";
import { composeCommand } from "./compose-command.js";
import { projectOrName } from "./projects.js";

export const kill = composeCommand({
  name: "kill",
  short: "Force stop service containers",
  usage: "[OPTIONS] [SERVICE...]",
  flags: { "remove-orphans": toggle(), signal: text("s", { initial: "SIGKILL" }) },
  async execute(call) {
    const { arguments: services, context, flags } = call;
    const { name, project } = await projectOrName(call, services);
    await context.progress.run("Killing", () =>
      killServices(context, name.toLowerCase(), {
        services,
        project,
        removeOrphans: flags["remove-orphans"],
        signal: flags.signal,
      }),
    );
  },
});
