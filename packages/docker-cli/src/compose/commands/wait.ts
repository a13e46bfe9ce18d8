import { atLeast } from "../../command/arguments.js";
import { toggle } from "../../command/flags.js";
import { listContainers } from "../actions/containers.js";
import { takeDown } from "../actions/down.js";
import { together } from "../actions/order.js";
import { ComposeError } from "../model/error.js";
import { composeCommand } from "./compose-command.js";
import { projectOrName } from "./projects.js";

export const wait = composeCommand({
  name: "wait",
  short: "Block until containers of all (or specified) services stop.",
  usage: "SERVICE [SERVICE...] [OPTIONS]",
  arguments: atLeast(1),
  flags: { "down-project": toggle() },
  async execute(call) {
    const { context, arguments: services } = call;
    const { name } = await projectOrName(call);
    const containers = await listContainers(context, name, { oneOff: "include", all: false, services });
    if (containers.length === 0) throw new ComposeError(`no containers for project "${name}"`);
    let code = 0;
    await together(
      containers.map(({ Id }) => async () => {
        const { StatusCode } = await context.engine.containers.wait(Id);
        context.io.stdout(`container "${Id}" exited with status code ${StatusCode}\n`);
        code = StatusCode;
      }),
    );
    if (call.flags["down-project"]) {
      await context.progress.run("Running", () => takeDown(context, name, { removeOrphans: true }));
    }
    return code;
  },
});
