// `kill`: sends a signal to containers.

import type { Project } from "../model/project.js";
import { tell } from "../progress/progress.js";
import { listContainers, progressName, serviceOf } from "./containers.js";
import type { ComposeContext } from "./context.js";
import { projectOnEngine } from "./on-engine.js";
import { together } from "./order.js";

export interface KillOptions {
  services: readonly string[];
  project?: Project | undefined;
  /** Those that do not run, too. */
  all?: boolean;
  removeOrphans?: boolean;
  signal: string;
}

/** Sends a signal to the containers of services. */
export async function killServices(
  context: ComposeContext,
  projectName: string,
  options: KillOptions,
): Promise<void> {
  const { engine, progress } = context;
  const { services, all = false, signal } = options;
  let containers = await listContainers(context, projectName, { oneOff: "include", all, services });
  const project = options.project ?? (await projectOnEngine(context, containers, projectName));
  if (!options.removeOrphans) {
    containers = containers.filter((container) => project.services.has(serviceOf(container)));
  }
  if (containers.length === 0) {
    context.io.stderr("no container to kill");
    return;
  }
  await together(
    containers.map((container) => async () => {
      const id = progressName(container);
      tell(progress, id, "working", "Killing");
      try {
        await engine.containers.kill(container.Id, { signal });
      } catch (error) {
        tell(progress, id, "error", "Error while Killing");
        throw error;
      }
      tell(progress, id, "done", "Killed");
    }),
  );
}
