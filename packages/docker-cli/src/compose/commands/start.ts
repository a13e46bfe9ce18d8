import { listContainers } from "../actions/containers.js";
import { projectOfContainers } from "../actions/on-engine.js";
import { startProject } from "../actions/start.js";
import { composeCommand } from "./compose-command.js";
import { projectOrName } from "./projects.js";

export const start = composeCommand({
  name: "start",
  short: "Start services",
  usage: "[SERVICE...]",
  async execute(call) {
    const { arguments: services, context } = call;
    const { name, project } = await projectOrName(call, services);
    await context.progress.run("Running", async () => {
      const which = { oneOff: "exclude", all: true } as const;
      const found =
        project ?? projectOfContainers(await listContainers(context, name, which), name, services);
      await startProject(context, found);
    });
  },
});
