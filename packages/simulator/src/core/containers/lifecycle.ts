import type { Daemon } from "../daemon.js";
import type { Container } from "./container.js";

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

/**
 * Starts a container that is created or exited: attaches its networks, publishes its ports, emits
 * and marks it running. `false` where it runs already. Where anything fails, nothing stays but
 * `State.Error` and `State.ExitCode`, and the engine's error is thrown.
 */
export function startContainer(_daemon: Daemon, _container: Container): boolean {
  throw new Error("not yet");
}

/** The start that a restart policy asks for. `false`: it failed (the container has exited), or is no longer wanted. */
export function startAgain(_daemon: Daemon, _container: Container): boolean {
  throw new Error("not yet");
}

/**
 * `POST /containers/{id}/kill`: checks, emits, and says what to deliver; `null` where there is no
 * process to signal (between restarts; the restart is off then).
 *
 * @param spelled the container as the request named it: the error repeats it
 * @param signal name or number as given; empty for SIGKILL
 */
export function killContainer(
  _daemon: Daemon,
  _container: Container,
  _spelled: string,
  _signal: string,
): SignalDelivery | null {
  throw new Error("not yet");
}

/** `POST /containers/{id}/stop`, and the first half of a restart. Emits nothing yet. */
export function beginStop(
  _daemon: Daemon,
  _container: Container,
  _options: { readonly signal?: string; readonly timeout?: number },
): StopRequest {
  throw new Error("not yet");
}

/** Emits the kill event of a signal that a stop sends, and resumes a paused container. */
export function signalForStop(_daemon: Daemon, _container: Container, _signal: number): SignalDelivery {
  throw new Error("not yet");
}

/** The container's process has ended: releases its networks and ports, emits, and says what comes next. */
export function containerExited(
  _daemon: Daemon,
  _container: Container,
  _exit: { readonly exitCode: number; readonly cause: ExitCause },
): AfterExit {
  throw new Error("not yet");
}

/** The second half of `POST /containers/{id}/restart`: starts the container, which does not run, and emits `restart`. */
export function finishRestart(_daemon: Daemon, _container: Container, _spelled: string): void {
  throw new Error("not yet");
}

export function pauseContainer(_daemon: Daemon, _container: Container): void {
  throw new Error("not yet");
}

export function unpauseContainer(_daemon: Daemon, _container: Container): void {
  throw new Error("not yet");
}
