import { parseSignal } from "@dryharbor/kernel";
import { isLinuxSignal, sigkill, sigterm } from "@dryharbor/kernel/host";
import { engineError, type HostConfig } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import { detachNetworks } from "../endpoints/attach.js";
import { endExecs } from "../exec/lifecycle.js";
import { unmountVolumes } from "../mounts/mount.js";
import { unpublishPorts } from "../ports/publish.js";
import { type Container, isRunning } from "./container.js";
import { discardContainer } from "./discard.js";
import { emitContainerEvent } from "./events.js";
import { findContainer } from "./find.js";
import { endHealth } from "./health.js";
import type { Launch } from "./launch.js";
import { hasOwnNetwork } from "./network-mode.js";
import { restartDelay } from "./restart-policy.js";
import { showRuntime, start } from "./start.js";
import { replaceHostConfig } from "./start-settings.js";
import { checkActive } from "./state.js";

/**
 * The seam between the core, which keeps state, and the runtime, which keeps processes and time. The
 * runtime asks before it acts, and tells when a process has ended; the core never waits.
 *
 *     start    startContainer → run the process → … → containerExited
 *     kill     killContainer → deliver → (the process ends) → containerExited
 *     stop     beginStop → signalForStop → wait the grace period → signalForStop(SIGKILL) → containerExited({ cause: "stop" })
 *     restart  beginStop → … → containerExited({ cause: "restart" }) → finishRestart → run the process
 *     policy   containerExited says `restarts` → wait the delay → startAgain → run the process
 *     remove   removeContainer (with force it ends the process: the runtime drops it, see `daemon.containers.watch`)
 */

/** Why a process ended: by itself, or because somebody asked for it. Sets the order of the events. */
export type ExitCause = "exit" | "kill" | "stop" | "restart";

/** What becomes of a container whose process has ended. */
export type AfterExit =
  | { readonly next: "stays" }
  /** By its restart policy: call {@link startAgain} after so many milliseconds, unless it is stopped or removed before. */
  | { readonly next: "restarts"; readonly delay: number }
  /** It had AutoRemove. */
  | { readonly next: "removed" };

/** A signal that the runtime is to give to the container's process. */
export interface SignalDelivery {
  readonly signal: number;
  /** The container was paused and runs again, so that it can hear the signal. */
  readonly resumes: boolean;
}

/** What a stop has to do. */
export type StopRequest =
  /** Nothing: it does not run (304). */
  | { readonly state: "not running" }
  /** Nothing more: it was waiting to be started again by its restart policy, and no longer is. Drop the timer. */
  | { readonly state: "stopped" }
  /** Send `signal` by {@link signalForStop}, and SIGKILL after `timeout` seconds; -1 waits for ever. */
  | { readonly state: "running"; readonly signal: number; readonly timeout: number };

/** Seconds between the stop signal and SIGKILL where nobody says otherwise. */
const defaultStopTimeout = 10;

/**
 * `POST /containers/{id}/start`: attaches the container's networks, publishes its ports, emits and
 * marks it running. `null` where it runs already (304). Where anything fails, nothing stays but
 * `State.Error` and `State.ExitCode`, and the engine's error is thrown.
 *
 * @returns what its process runs
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
  // Whether or not the start succeeds. A restart comes to it only where it makes the process.
  showRuntime(container);
  return startAnew(daemon, container);
}

/** A start by hand: restarts begin to count from 0 again. */
function startAnew(daemon: Daemon, container: Container): Launch {
  const launch = start(daemon, container);
  container.restartCount = 0;
  container.state.stoppedByHand = false;
  container.state.restartsOff = false;
  container.state.restartDelay = 0;
  return launch;
}

/** The start that a restart policy asks for. `null`: it failed (the container has exited), or is no longer wanted. */
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
 * `POST /containers/{id}/kill`: checks, emits, and says what to deliver to whom; no delivery where
 * there is no process to signal (between restarts; the restart is off then).
 *
 * @param spelled the container as the request named it: the error repeats it
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
 * `POST /containers/{id}/stop`, and the first half of a restart. Emits nothing for a running
 * container yet.
 *
 * @param spelled the container as the request named it: the error repeats it
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
  return {
    state: "running",
    signal,
    timeout: options.timeout ?? config.StopTimeout ?? defaultStopTimeout,
  };
}

function stopSignal({ config }: Container): number {
  return config.StopSignal ? parseSignal(config.StopSignal) : sigterm;
}

/** Emits the kill event of a signal that a stop sends, and resumes a paused container. */
export function signalForStop(daemon: Daemon, container: Container, signal: number): SignalDelivery {
  return signalContainer(daemon, container, signal) ?? { signal, resumes: false };
}

/** Puts an end to what a restart policy wants, and tells of the signal. `null` where there is no process. */
function signalContainer(daemon: Daemon, container: Container, signal: number): SignalDelivery | null {
  const { config, state } = container;
  // With a stop signal of its own, a container is told to end only by that one, and by SIGKILL.
  const ends = !config.StopSignal || signal === sigkill || signal === stopSignal(container);
  state.stoppedByHand = true;
  // Which the engine writes down, and with it the copy that lists are made from.
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
    // A killed container is gone before it is seen to run again.
    if (signal !== sigkill) emitContainerEvent(daemon, container, "unpause");
  }
  return { signal, resumes };
}

/** Ends a container that waits to be started again: it has exited for good. */
function endWaiting(daemon: Daemon, container: Container): void {
  const { state } = container;
  state.stoppedByHand = true;
  state.restartsOff = true;
  state.status = "exited";
  daemon.containers.tell(container, "exited");
}

/** The container's process has ended: releases its networks and ports, emits, and says what comes next. */
export function containerExited(
  daemon: Daemon,
  container: Container,
  exit: { readonly exitCode: number; readonly cause: ExitCause },
): AfterExit {
  const after = endProcess(daemon, container, exit);
  // A restart keeps what would otherwise be removed at its end.
  const removes =
    after.next === "stays" && container.hostConfig.AutoRemove === true && exit.cause !== "restart";
  daemon.containers.tell(container, "exited");
  if (!removes) return after;
  discardContainer(daemon, container, { volumes: true });
  return { next: "removed" };
}

/** Kills a container that is being removed, and does the bookkeeping of its end at once. */
export function killForRemoval(daemon: Daemon, container: Container): void {
  if (signalContainer(daemon, container, sigkill)) {
    endProcess(daemon, container, { exitCode: 128 + sigkill, cause: "kill" });
    daemon.containers.tell(container, "exited");
  }
}

function endProcess(
  daemon: Daemon,
  container: Container,
  { exitCode, cause }: { readonly exitCode: number; readonly cause: ExitCause },
): AfterExit {
  const { state } = container;
  const { exitSteps, dieShowsDuration } = daemon.release.containers;
  const now = daemon.clock.now();
  const ranFor = now - state.startedAt;
  const delay = restartDelay(container, exitCode, ranFor);

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
    } else if (cause === "stop" || cause === "restart") {
      emitContainerEvent(daemon, container, "stop");
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

/** The second half of `POST /containers/{id}/restart`: starts the container, which does not run, and emits `restart`. */
export function finishRestart(daemon: Daemon, container: Container, spelled: string): Launch {
  let launch: Launch;
  try {
    launch = startAnew(daemon, container);
  } catch (error) {
    // Whatever the start's own status is, seen on all three.
    throw engineError(500, `Cannot restart container ${spelled}: ${(error as Error).message}`);
  }
  emitContainerEvent(daemon, container, "restart");
  return launch;
}

/** `POST /containers/{id}/pause`. @throws 409 unless it runs */
export function pauseContainer(daemon: Daemon, container: Container): void {
  const { id, state } = container;
  checkActive(daemon, container, () => `Container ${id} is already paused`);
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
