import { int } from "../../command/flags.js";
import { stopServices } from "../actions/stop.js";
import { composeCommand } from "./compose-command.js";
import { projectOrName, timeoutOf } from "./projects.js";

export const stop = composeCommand({
  name: "stop",
  short: "Stop services",
  usage: "[OPTIONS] [SERVICE...]",
  flags: { timeout: int("t") },
  async execute(call) {
    const { arguments: services, context } = call;
    const { name, project } = await projectOrName(call, services);
    await context.progress.run("Stopping", () =>
      stopServices(context, name.toLowerCase(), { services, project, timeout: timeoutOf(call) }),
    );
  },
});
