// Starts the containers of a project, each once those that its service waits for are as it wants them.

import type { ContainerSummary } from "@dryharbor/sdk/port";
import { ComposeError } from "../model/error.js";
import { type Project, scaleOf } from "../model/project.js";
import type { Dependency, ServiceConfig } from "../model/service.js";
import { type StepState, tell } from "../progress/progress.js";
import { isOneOff, progressName, serviceOf } from "./containers.js";
import type { ComposeContext } from "./context.js";
import { runHooks } from "./hooks.js";
import { injectFiles } from "./injected-files.js";
import { label } from "./labels.js";
import { runningOrHealthy } from "./on-engine.js";
import { inDependencyOrder, together } from "./order.js";

export interface StartOptions {
  /** Go on until all services run, and those with a health check are healthy. */
  wait?: boolean;
  /** Seconds; 0 for no limit. */
  waitTimeout?: number;
}

/** Starts all containers of a project that do not run. */
export async function startProject(
  context: ComposeContext,
  project: Project,
  options: StartOptions = {},
): Promise<void> {
  const containers = await context.engine.containers.list({
    all: true,
    filters: { label: [`${label.project}=${project.name}`, `${label.oneOff}=False`] },
  });
  await inDependencyOrder(project, (name, signal) =>
    startService(context, project, name, containers, signal, options),
  );
  if (!options.wait) return;
  const all = new Map<string, Dependency>();
  for (const name of project.services.keys()) {
    const once = [...project.services.values()].some(
      (service) => service.depends_on?.get(name)?.condition === "service_completed_successfully",
    );
    all.set(name, { condition: once ? "service_completed_successfully" : runningOrHealthy, required: true });
  }
  const limit = options.waitTimeout ?? 0;
  const over = await waitFor(
    context,
    project,
    project.name,
    all,
    containers,
    new AbortController().signal,
    limit,
  );
  if (!over) throw new ComposeError(`application not healthy after ${limit}s`);
}

async function startService(
  context: ComposeContext,
  project: Project,
  name: string,
  containers: readonly ContainerSummary[],
  signal: AbortSignal,
  options: StartOptions,
): Promise<void> {
  const service = project.services.get(name) ?? {};
  if (service.deploy?.replicas === 0) return;
  await waitFor(
    context,
    project,
    name,
    service.depends_on ?? new Map(),
    containers,
    signal,
    options.waitTimeout ?? 0,
  );
  if (signal.aborted) return;
  if (containers.length === 0) {
    if (scaleOf(service) === 0) return;
    throw new ComposeError(`service "${name}" has no container to start`);
  }
  for (const container of containers) {
    if (serviceOf(container) !== name || container.State === "running") continue;
    await startOne(context, project, name, service, container);
  }
}

async function startOne(
  context: ComposeContext,
  project: Project,
  name: string,
  service: ServiceConfig,
  container: ContainerSummary,
): Promise<void> {
  await injectFiles(context, project, name, service, container.Id);
  const id = progressName(container);
  tell(context.progress, id, "working", "Starting");
  await context.engine.containers.start(container.Id);
  await runHooks(context, container, service.post_start);
  tell(context.progress, id, "done", "Started");
}

/** Between two looks at a dependency, in milliseconds. */
const between = 500;

/**
 * Waits until the services that another one depends on are as it wants them.
 * @returns false where the time was over first
 * @throws {ComposeError} one of them will not get there.
 */
export async function waitFor(
  context: ComposeContext,
  project: Project,
  name: string,
  dependencies: ReadonlyMap<string, Dependency>,
  containers: readonly ContainerSummary[],
  signal: AbortSignal,
  timeout = 0,
): Promise<boolean> {
  const end = timeout > 0 ? context.io.now() + BigInt(timeout) * 1_000_000_000n : undefined;
  let inTime = true;
  await together(
    [...dependencies].map(([other, dependency]) => async () => {
      if (!mustWait(project, other, dependency)) return;
      const waitedFor = containers.filter((each) => serviceOf(each) === other && !isOneOff(each));
      const all = (state: StepState, status: string) => {
        for (const each of waitedFor) tell(context.progress, progressName(each), state, status);
      };
      all("working", "Waiting");
      if (waitedFor.length === 0) {
        const message = `${name} is missing dependency ${other}`;
        if (dependency.required) throw new ComposeError(message);
        context.warn(message);
        return;
      }
      for (;;) {
        await context.io.sleep(between);
        if (signal.aborted) return;
        if (end !== undefined && context.io.now() > end) {
          inTime = false;
          return;
        }
        if (await look(context, other, dependency, waitedFor, all)) return;
      }
    }),
  );
  return inTime;
}

function mustWait(project: Project, name: string, { condition }: Dependency): boolean {
  if (condition === "service_started") return false;
  const service = project.services.get(name);
  if (service) return scaleOf(service) > 0;
  if (project.disabled.has(name)) return false;
  throw new ComposeError(`no such service: ${name}: not found`);
}

type Tell = (state: StepState, status: string) => void;

/** Looks once. True where there is nothing left to wait for. */
async function look(
  context: ComposeContext,
  name: string,
  { condition, required }: Dependency,
  containers: readonly ContainerSummary[],
  all: Tell,
): Promise<boolean> {
  const skip = (reason: string) => {
    all("warning", `Skipped: ${reason}`);
    return true;
  };
  if (condition === "service_completed_successfully") {
    const code = await exitCode(context, containers);
    if (code === undefined) return false;
    const message = `"${name}" didn't complete successfully: exit ${code}`;
    if (code === 0) all("done", "Exited");
    else if (!required) {
      context.warn(`optional dependency ${message}`);
      return skip(`optional dependency ${message}`);
    } else {
      all("error", `service ${message}`);
      throw new ComposeError(`service ${message}`);
    }
    return true;
  }
  const orRunning = condition === runningOrHealthy;
  if (!orRunning && condition !== "service_healthy") {
    context.warn(`unsupported depends_on condition: ${condition}`);
    return true;
  }
  try {
    if (!(await isHealthy(context, containers, orRunning))) return false;
  } catch (error) {
    if (!(error instanceof ComposeError)) throw error;
    if (!required) {
      const reason = `optional dependency "${name}" ${orRunning ? "is not running or is unhealthy" : "failed to start"}`;
      context.warn(`${reason}: ${error.message}`);
      return skip(reason);
    }
    if (orRunning) throw error;
    all("error", "Error");
    throw new ComposeError(`dependency failed to start: ${error.message}`);
  }
  all("done", "Healthy");
  return true;
}

async function isHealthy(
  { engine }: ComposeContext,
  containers: readonly ContainerSummary[],
  orRunning: boolean,
): Promise<boolean> {
  for (const { Id } of containers) {
    const { Name, State, Config } = await engine.containers.inspect(Id);
    const name = Name.slice(1);
    if (State.Status === "exited") throw new ComposeError(`container ${name} exited (${State.ExitCode})`);
    if (!Config.Healthcheck && orRunning) return State.Status === "running";
    const health = State.Health?.Status;
    if (health === undefined) throw new ComposeError(`container ${name} has no healthcheck configured`);
    if (health === "unhealthy") throw new ComposeError(`container ${name} is unhealthy`);
    if (health === "starting") return false;
  }
  return true;
}

async function exitCode(
  { engine }: ComposeContext,
  containers: readonly ContainerSummary[],
): Promise<number | undefined> {
  for (const { Id } of containers) {
    const { State } = await engine.containers.inspect(Id);
    if (State.Status === "exited") return State.ExitCode;
  }
  return undefined;
}
