import { createProject } from "../actions/create.js";
import { composeCommand } from "./compose-command.js";
import { applyCreateFlags, checkCreateFlags, createFlags, recreateOf } from "./create-flags.js";
import { isYes, resolvedProject } from "./projects.js";

export const create = composeCommand({
  name: "create",
  short: "Creates containers for a service",
  usage: "[OPTIONS] [SERVICE...]",
  flags: createFlags,
  async execute(call) {
    const { flags, given, arguments: services, context } = call;
    checkCreateFlags(flags);
    const project = applyCreateFlags(await resolvedProject(call, services), flags, given);
    await context.progress.run("Creating", () =>
      createProject(context, project, {
        services,
        removeOrphans: flags["remove-orphans"],
        ignoreOrphans: isYes(project.environment.get("COMPOSE_IGNORE_ORPHANS")),
        quietPull: flags["quiet-pull"],
        assumeYes: flags.yes,
        ...recreateOf(flags),
      }),
    );
  },
});
