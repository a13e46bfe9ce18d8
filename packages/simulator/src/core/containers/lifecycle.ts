// The life of a container: start, stop, kill, restart, pause, and the end of its process.
// `runtime/runtime.ts` calls these functions. `start.ts` has the steps of a start.

import { parseSignal } from "@dryharbor/kernel";
import { isLinuxSignal, sigkill, sigterm } from "@dryharbor/kernel/host";
import { engineError, type HostConfig } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import { detachNetworks } from "../endpoints/attach.js";
import { endExecs } from "../exec/lifecycle.js";
import { checkMounts } from "../mounts/check.js";
import { unmountVolumes } from "../mounts/mount.js";
import { unpublishPorts } from "../ports/publish.js";
import { type Container, isRunning } from "./container.js";
import { discardContainer } from "./discard.js";
import { emitContainerEvent } from "./events.js";
import { findContainer } from "./find.js";
import { endHealth } from "./health.js";
import type { Launch } from "./launch.js";
import { hasOwnNetwork } from "./network-mode.js";
import { resourceProblem } from "./resources.js";
import { restartDelay } from "./restart-policy.js";
import { showRuntime, start } from "./start.js";
import { replaceHostConfig } from "./start-settings.js";
import { checkActive } from "./state.js";

/**
 * The boundary between the core, which keeps state, and the runtime, which keeps processes and time. The
 * runtime asks the core before it acts, and reports when a process has ended. The core never waits.
 *
 *     start    startContainer → run the process → … → containerExited
 *     kill     killContainer → deliver → (the process ends) → containerExited
 *     stop     beginStop → signalForStop → wait the grace period → signalForStop(SIGKILL)
 *              → containerExited
 *     restart  beginStop → … → containerExited → finishRestart → run the process
 *     policy   containerExited returns `restarts` → wait the delay → startAgain → run the process
 *     remove   removeContainer (force ends the process: the runtime drops it, see `daemon.containers.watch`)
 */

/** The stops of a container that wait for the end of its process. */
export interface PendingStops {
  /** How many there are. Each emits an event. */
  count: number;
  /** Whether one of them belongs to a restart, so that the end does not remove the container. */
  restarts: boolean;
}

/** What happens to a container after its process has ended. */
export type AfterExit =
  | { readonly next: "stays" }
  /**
   * The restart policy wants a start: call {@link startAgain} after `delay` milliseconds, unless it is
   * stopped or removed.
   */
  | { readonly next: "restarts"; readonly delay: number }
  /** The container was removed, because it had AutoRemove. */
  | { readonly next: "removed" };

/** A signal that the runtime must deliver to the container's process. */
export interface SignalDelivery {
  readonly signal: number;
  /** Whether the container was paused and runs again, so that the process can receive the signal. */
  readonly resumes: boolean;
}

/** What the runtime must do for a stop. */
export type StopRequest =
  /** Nothing: the container does not run (304). */
  | { readonly state: "not running" }
  /** Drop the timer: the container was waiting for its restart policy, and no longer waits. */
  | { readonly state: "stopped" }
  /** Send `signal` by {@link signalForStop}, and SIGKILL after `timeout` seconds; -1 waits forever. */
  | { readonly state: "running"; readonly signal: number; readonly timeout: number };

/** The seconds between the stop signal and SIGKILL when no timeout is given. */
const defaultStopTimeout = 10;

/**
 * `POST /containers/{id}/start`: attaches the container's networks, publishes its ports, emits the events and
 * marks it as running. When this fails, only `State.Error` and `State.ExitCode` change, and the engine's
 * error is thrown.
 *
 * @returns what its process runs; `null` when the container runs already (304)
 */
export function startContainer(
  daemon: Daemon,
  container: Container,
  hostConfig?: HostConfig | null,
): Launch | null {
  const { state } = container;
  if (state.status === "paused") {
    throw engineError(409, "cannot start a paused container, try unpause instead");
  }
  if (state.status === "running" || state.status === "restarting") return null;
  if (hostConfig) replaceHostConfig(daemon, container, hostConfig);
  checkMounts(daemon, container.hostConfig);
  // An update may have left limits that do not go together.
  const limit = resourceProblem(daemon.release, container.hostConfig);
  if (limit !== undefined) throw engineError(400, limit);
  // Done even if the start fails. A restart does this only when it makes the process.
  showRuntime(container);
  return startAnew(daemon, container);
}

/** Starts a container on a user's request. Restarts are counted from 0 again. */
function startAnew(daemon: Daemon, container: Container): Launch {
  const launch = start(daemon, container);
  container.restartCount = 0;
  container.state.stoppedByHand = false;
  container.state.restartsOff = false;
  container.state.restartDelay = 0;
  return launch;
}

/**
 * Starts a container for its restart policy. Returns `null` when that failed (it has exited) or is no longer
 * wanted.
 */
export function startAgain(daemon: Daemon, container: Container): Launch | null {
  const { state } = container;
  if (state.status !== "restarting") return null;
  const { exitCode } = state;
  try {
    return start(daemon, container);
  } catch {
    state.status = "exited";
    state.exitCode = exitCode;
    daemon.containers.tell(container, "exited");
    return null;
  }
}

/**
 * `POST /containers/{id}/kill`: checks the request, emits the event, and returns what to deliver to which
 * container. There is no delivery when no process can receive the signal, between two restarts. The restart
 * is cancelled then.
 *
 * @param spelled the container as the request names it; error messages repeat it
 * @param signal name or number as given; empty for SIGKILL
 */
export function killContainer(
  daemon: Daemon,
  spelled: string,
  signal: string,
): { readonly container: Container; readonly delivery: SignalDelivery | null } {
  const texts = daemon.release.containers;
  const prefix = texts.killFailurePrefix(spelled);
  const number = signal === "" ? sigkill : parseSignal(signal);
  if (number === 0) {
    throw engineError(400, (texts.unknownSignalPrefixed ? prefix : "") + texts.invalidSignal(signal));
  }
  if (texts.signalSupportCheckedFirst) checkSupported(daemon, number, prefix);
  let container: Container;
  try {
    container = findContainer(daemon, spelled);
  } catch (error) {
    throw prefixed(error, prefix);
  }
  if (!texts.signalSupportCheckedFirst) checkSupported(daemon, number, prefix);
  if (!isRunning(container) && container.state.status !== "restarting") {
    throw engineError(409, prefix + texts.notRunning(container.id));
  }
  return { container, delivery: signalContainer(daemon, container, number) };
}

function checkSupported({ release }: Daemon, signal: number, prefix: string): void {
  if (isLinuxSignal(signal)) return;
  const { status, message } = release.containers.unsupportedSignal(signal);
  throw engineError(status, prefix + message);
}

function prefixed(error: unknown, prefix: string): unknown {
  if (!(error instanceof Error) || !("status" in error)) return error;
  return engineError(Number(error.status), prefix + error.message);
}

/**
 * `POST /containers/{id}/stop`, and the first half of a restart. Emits no event yet for a running container. Its
 * stop is pending from then on until its process has ended, whatever ends it.
 *
 * @param spelled the container as the request names it; error messages repeat it
 */
export function beginStop(
  daemon: Daemon,
  container: Container,
  spelled: string,
  options: { readonly signal?: string; readonly timeout?: number; readonly cause: "stop" | "restart" },
): StopRequest {
  const { config, state } = container;
  if (!isRunning(container) && state.status !== "restarting") return { state: "not running" };
  const given = daemon.release.containers.stopTakesSignal ? (options.signal ?? "") : "";
  const signal = given === "" ? stopSignal(container) : parseSignal(given);
  if (signal === 0) {
    const prefix =
      options.cause === "stop"
        ? `cannot stop container: ${spelled}: `
        : `Cannot restart container ${spelled}: `;
    throw engineError(500, prefix + daemon.release.containers.invalidSignal(given));
  }
  if (state.status === "restarting") {
    endWaiting(daemon, container);
    emitContainerEvent(daemon, container, "stop");
    return { state: "stopped" };
  }
  const pending = daemon.stopping.get(container) ?? { count: 0, restarts: false };
  pending.count++;
  if (options.cause === "restart") pending.restarts = true;
  daemon.stopping.set(container, pending);
  return {
    state: "running",
    signal,
    timeout: options.timeout ?? config.StopTimeout ?? defaultStopTimeout,
  };
}

function stopSignal({ config }: Container): number {
  return config.StopSignal ? parseSignal(config.StopSignal) : sigterm;
}

/** Emits the kill event for a signal that a stop sends, and resumes a paused container. */
export function signalForStop(daemon: Daemon, container: Container, signal: number): SignalDelivery {
  return signalContainer(daemon, container, signal) ?? { signal, resumes: false };
}

/** Cancels restarts and emits the kill event. Returns `null` when there is no process. */
function signalContainer(daemon: Daemon, container: Container, signal: number): SignalDelivery | null {
  const { config, state } = container;
  // A container with its own stop signal counts as told to end only by that signal and by SIGKILL.
  const ends = !config.StopSignal || signal === sigkill || signal === stopSignal(container);
  state.stoppedByHand = true;
  // The engine saves this, and with it the copy from which lists are made.
  container.listed = null;
  if (ends) state.restartsOff = true;
  if (state.status === "restarting") {
    if (ends) endWaiting(daemon, container);
    return null;
  }
  emitContainerEvent(daemon, container, "kill", { signal: String(signal) });
  const resumes = ends && state.status === "paused";
  if (resumes) {
    state.status = "running";
    // A container that was killed ends before anyone sees it run again.
    if (signal !== sigkill) emitContainerEvent(daemon, container, "unpause");
  }
  return { signal, resumes };
}

/** Ends a container that waits for its restart policy. It has exited for good. */
function endWaiting(daemon: Daemon, container: Container): void {
  const { state } = container;
  state.stoppedByHand = true;
  state.restartsOff = true;
  state.status = "exited";
  daemon.containers.tell(container, "exited");
}

/**
 * Records the end of a container's process: frees its networks and ports, emits events, and returns what
 * happens next.
 */
export function containerExited(daemon: Daemon, container: Container, exitCode: number): AfterExit {
  // AutoRemove does not remove a container that is being restarted.
  const autoRemoves = container.hostConfig.AutoRemove === true && !daemon.stopping.get(container)?.restarts;
  const after = endProcess(daemon, container, exitCode);
  const removes = after.next === "stays" && autoRemoves;
  daemon.containers.tell(container, "exited");
  if (!removes) return after;
  discardContainer(daemon, container, { volumes: true });
  return { next: "removed" };
}

/** Kills a container that is being removed, and records its end at once. */
export function killForRemoval(daemon: Daemon, container: Container): void {
  if (signalContainer(daemon, container, sigkill)) {
    endProcess(daemon, container, 128 + sigkill);
    daemon.containers.tell(container, "exited");
  }
}

function endProcess(daemon: Daemon, container: Container, exitCode: number): AfterExit {
  const { state } = container;
  const { exitSteps, dieShowsDuration } = daemon.release.containers;
  const now = daemon.clock.now();
  const ranFor = now - state.startedAt;
  const delay = restartDelay(container, exitCode, ranFor);

  const stops = daemon.stopping.get(container)?.count ?? 0;
  daemon.stopping.delete(container);
  endExecs(daemon, container);
  endHealth(container);
  container.listed = null;
  state.pid = 0;
  state.exitCode = exitCode;
  state.finishedAt = now;
  if (delay === null) {
    state.status = "exited";
  } else {
    state.status = "restarting";
    state.restartDelay = delay;
    container.restartCount++;
  }

  for (const step of exitSteps) {
    if (step === "detach") {
      tearDownNetworks(daemon, container);
      unmountVolumes(daemon, container);
    } else if (step === "die") {
      emitContainerEvent(daemon, container, "die", {
        exitCode: String(exitCode),
        ...(dieShowsDuration && { execDuration: String(ranFor / 1_000_000_000n) }),
      });
    } else {
      for (let count = 0; count < stops; count++) emitContainerEvent(daemon, container, "stop");
    }
  }
  return delay === null ? { next: "stays" } : { next: "restarts", delay };
}

function tearDownNetworks(daemon: Daemon, container: Container): void {
  if (!hasOwnNetwork(container)) return;
  unpublishPorts(daemon, container);
  detachNetworks(daemon, container);
  if (!daemon.release.containers.keepsSandboxId) container.sandbox = null;
}

/** The second half of `POST /containers/{id}/restart`: starts the stopped container and emits `restart`. */
export function finishRestart(daemon: Daemon, container: Container, spelled: string): Launch {
  let launch: Launch;
  try {
    launch = startAnew(daemon, container);
  } catch (error) {
    // The status is 500 whatever the status of the start's error is. Seen on all three.
    throw engineError(500, `Cannot restart container ${spelled}: ${(error as Error).message}`);
  }
  emitContainerEvent(daemon, container, "restart");
  return launch;
}

/** `POST /containers/{id}/pause`. @throws 409 unless it runs */
export function pauseContainer(daemon: Daemon, container: Container): void {
  const { id, state } = container;
  checkActive(daemon, container, () => daemon.release.containers.alreadyPaused(id));
  state.status = "paused";
  endHealth(container);
  container.listed = null;
  emitContainerEvent(daemon, container, "pause");
}

/** `POST /containers/{id}/unpause`. @throws 500 unless it is paused */
export function unpauseContainer(daemon: Daemon, container: Container): void {
  const { id, state } = container;
  if (state.status !== "paused") throw engineError(500, `Container ${id} is not paused`);
  state.status = "running";
  container.listed = null;
  emitContainerEvent(daemon, container, "unpause");
}
