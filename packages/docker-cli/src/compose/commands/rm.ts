import type { ContainerSummary } from "@dryharbor/sdk/port";
import { NotFoundError } from "@dryharbor/sdk/port";
import { toggle } from "../../command/flags.js";
import { listContainers, nameOf, serviceOf } from "../actions/containers.js";
import { askUser } from "../actions/prompt.js";
import { removeAll } from "../actions/remove.js";
import { stopServices } from "../actions/stop.js";
import { composeCommand } from "./compose-command.js";
import { projectOrName } from "./projects.js";

export const rm = composeCommand({
  name: "rm",
  short: "Removes stopped service containers",
  usage: "[OPTIONS] [SERVICE...]",
  flags: { all: toggle("a", { hidden: true }), force: toggle("f"), stop: toggle("s"), volumes: toggle("v") },
  async execute(call) {
    const { arguments: services, context, flags } = call;
    const { engine, io, progress } = context;
    const { name, project } = await projectOrName(call, services);
    if (flags.stop) {
      await progress.run("Stopping", () => stopServices(context, name, { services, project }));
    }
    const found = await listContainers(context, name, { oneOff: "exclude", all: true, services });
    const stopped: ContainerSummary[] = [];
    for (const container of found) {
      if (project && !project.services.has(serviceOf(container))) continue;
      try {
        if (!(await engine.containers.inspect(container.Id)).State.Running) stopped.push(container);
      } catch (error) {
        // It has removed itself meanwhile.
        if (!(error instanceof NotFoundError)) throw error;
      }
    }
    if (stopped.length === 0) {
      io.stderr("No stopped containers\n");
      return;
    }
    const message = `Going to remove ${stopped.map(nameOf).join(", ")}`;
    if (flags.force) io.stdout(`${message}\n`);
    else if (!(await askUser(context, message))) return;
    await progress.run("Removing", () => removeAll(context, stopped, flags));
  },
});
