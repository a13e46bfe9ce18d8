// Stops and removes containers, those first that nobody else waits for.

import { ConflictError, type ContainerSummary, NotFoundError } from "@dryharbor/sdk/port";
import type { Project } from "../model/project.js";
import type { ServiceConfig } from "../model/service.js";
import { tell } from "../progress/progress.js";
import { isOneOff, listContainers, progressName, serviceOf } from "./containers.js";
import type { ComposeContext } from "./context.js";
import { runHooks } from "./hooks.js";
import { projectOnEngine } from "./on-engine.js";
import { inReverseOrder, together } from "./order.js";

/** What a stop is about. */
export interface StopOptions {
  services?: readonly string[];
  /** Without one, what the containers say of themselves. */
  project?: Project | undefined;
  /** Seconds before a container is killed. */
  timeout?: number | undefined;
}

/** Stops services. */
export async function stopServices(
  context: ComposeContext,
  projectName: string,
  options: StopOptions,
): Promise<void> {
  const containers = await listContainers(context, projectName, { oneOff: "exclude", all: true });
  const project = options.project ?? (await projectOnEngine(context, containers, projectName));
  const wanted = options.services?.length ? options.services : [...project.services.keys()];
  await inReverseOrder(project, async (name) => {
    if (!wanted.includes(name)) return;
    const own = containers.filter((container) => serviceOf(container) === name && !isOneOff(container));
    await together(
      own.map((each) => () => stopOne(context, each, project.services.get(name), options.timeout)),
    );
  });
}

/** Stops a container. */
export async function stopOne(
  context: ComposeContext,
  container: ContainerSummary,
  service: ServiceConfig | undefined,
  timeout: number | undefined,
): Promise<void> {
  const { engine, progress } = context;
  const id = progressName(container);
  tell(progress, id, "working", "Stopping");
  try {
    await runHooks(context, container, service?.pre_stop);
  } catch (error) {
    // It has ended already, or is gone.
    if (error instanceof NotFoundError || error instanceof ConflictError) return;
    throw error;
  }
  try {
    await engine.containers.stop(container.Id, timeout === undefined ? {} : { t: timeout });
  } catch (error) {
    tell(progress, id, "error", "Error while Stopping");
    throw error;
  }
  tell(progress, id, "done", "Stopped");
}

/** Stops a container and removes it. */
export async function stopAndRemove(
  context: ComposeContext,
  container: ContainerSummary,
  service: ServiceConfig | undefined,
  timeout: number | undefined,
  volumes: boolean,
): Promise<void> {
  const { engine, progress } = context;
  const id = progressName(container);
  try {
    await stopOne(context, container, service, timeout);
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    tell(progress, id, "done", "Removed");
    return;
  }
  tell(progress, id, "working", "Removing");
  try {
    await engine.containers.remove(container.Id, { force: true, v: volumes });
  } catch (error) {
    if (!(error instanceof NotFoundError || error instanceof ConflictError)) {
      tell(progress, id, "error", "Error while Removing");
      throw error;
    }
  }
  tell(progress, id, "done", "Removed");
}
