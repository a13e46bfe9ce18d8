// `restart`, `pause` and `unpause`.

import type { Project } from "../model/project.js";
import { withSelectedServices } from "../model/select.js";
import type { ServiceConfig } from "../model/service.js";
import { tell } from "../progress/progress.js";
import { listContainers, progressName, serviceOf } from "./containers.js";
import type { ComposeContext } from "./context.js";
import { runHooks } from "./hooks.js";
import { projectOnEngine } from "./on-engine.js";
import { inDependencyOrder, together } from "./order.js";
import { waitFor } from "./start.js";

export interface RestartOptions {
  project?: Project | undefined;
  services: readonly string[];
  timeout?: number | undefined;
  /** Leave those alone that depend on them. */
  noDeps?: boolean;
}

/** Restarts services, and those that are to be restarted with them. */
export async function restartServices(
  context: ComposeContext,
  projectName: string,
  options: RestartOptions,
): Promise<void> {
  const { engine, progress } = context;
  const containers = await listContainers(context, projectName, { oneOff: "exclude", all: true });
  let project = options.project ?? (await projectOnEngine(context, containers, projectName));
  if (options.noDeps) project = withSelectedServices(project, options.services, "nobody");
  const services = new Map<string, ServiceConfig>();
  for (const [name, service] of project.services) {
    const depends = new Map([...(service.depends_on ?? [])].filter(([, { restart }]) => restart));
    services.set(name, { ...service, depends_on: depends });
  }
  project = withSelectedServices({ ...project, services }, options.services, "dependents");
  await inDependencyOrder(project, async (name, signal) => {
    const service = project.services.get(name) ?? {};
    await waitFor(context, project, name, service.depends_on ?? new Map(), containers, signal);
    await together(
      containers
        .filter((container) => serviceOf(container) === name)
        .map((container) => async () => {
          await runHooks(context, container, service.pre_stop);
          const id = progressName(container);
          tell(progress, id, "working", "Restarting");
          await engine.containers.restart(
            container.Id,
            options.timeout === undefined ? {} : { t: options.timeout },
          );
          tell(progress, id, "done", "Started");
          await runHooks(context, container, service.post_start);
        }),
    );
  });
}

/** Pauses services, or lets them go on. */
export async function pauseServices(
  context: ComposeContext,
  projectName: string,
  services: readonly string[],
  project: Project | undefined,
  pause: boolean,
): Promise<void> {
  const { engine, progress } = context;
  const found = await listContainers(context, projectName, { oneOff: "exclude", all: false, services });
  const containers = project
    ? found.filter((container) => project.services.has(serviceOf(container)))
    : found;
  await together(
    containers.map((container) => async () => {
      await (pause ? engine.containers.pause(container.Id) : engine.containers.unpause(container.Id));
      tell(progress, progressName(container), "done", pause ? "Paused" : "Unpaused");
    }),
  );
}
