import { pauseServices } from "../actions/restart.js";
import { composeCommand } from "./compose-command.js";
import { projectOrName } from "./projects.js";

const command = (name: "pause" | "unpause", short: string, title: string) =>
  composeCommand({
    name,
    short,
    usage: "[SERVICE...]",
    async execute(call) {
      const { arguments: services, context } = call;
      const { name: own, project } = await projectOrName(call, services);
      await context.progress.run(title, () =>
        pauseServices(context, own, services, project, name === "pause"),
      );
    },
  });

export const pause = command("pause", "Pause services", "Pausing");
export const unpause = command("unpause", "Unpause services", "Running");
