import { engineError } from "@dryharbor/sdk/port";
import { type Container, isRunning } from "../core/containers/container.js";
import { emitContainerEvent } from "../core/containers/events.js";
import type { Daemon } from "../core/daemon.js";
import { findUsableExec } from "../core/exec/lifecycle.js";
import { InvalidNumber, parseInteger } from "../core/strconv.js";
import type { Runtime } from "../runtime/runtime.js";

interface Parts {
  readonly daemon: Daemon;
  readonly runtime: Runtime;
}

/** Rows and columns of a terminal. */
export interface TerminalSize {
  readonly height: number;
  readonly width: number;
}

/** The parameters `h` and `w`. @throws 400 in the release's words */
export function readTerminalSize(
  daemon: Daemon,
  { h, w }: { readonly h: string | number; readonly w: string | number },
): TerminalSize {
  return { height: read(daemon, "height", String(h)), width: read(daemon, "width", String(w)) };
}

function read({ release }: Daemon, what: string, given: string): number {
  const { badTerminalSize } = release.requests;
  if (badTerminalSize === undefined) return readInteger(given);
  const wrong = (why: string) => engineError(400, badTerminalSize(what, JSON.stringify(given), why));
  if (!/^-?\d+$/.test(given)) throw wrong("invalid syntax");
  if (Number(given) < 0 || Number(given) >= 2 ** 32) throw wrong("value out of range");
  return Number(given);
}

function readInteger(given: string): number {
  try {
    return parseInteger(given);
  } catch (error) {
    throw error instanceof InvalidNumber ? engineError(400, error.message) : error;
  }
}

/** `POST /containers/{id}/resize`, which the engine does with a terminal or without. @throws 409 it does not run */
export function resizeContainer(
  { daemon, runtime }: Parts,
  container: Container,
  { height, width }: TerminalSize,
): void {
  if (!isRunning(container)) throw engineError(409, daemon.release.containers.notRunning(container.id));
  const terminal = runtime.firstProcess(container)?.terminal;
  if (terminal) terminal.size = { rows: height, columns: width };
  emitContainerEvent(daemon, container, "resize", { height: String(height), width: String(width) });
}

/**
 * `POST /exec/{id}/resize`. For one that was not started the engine waits ten seconds, and then says so.
 *
 * @throws 404 there is none, or it has ended; 409 (500 on 20.10) its container does not run
 */
export function resizeExec({ daemon, runtime }: Parts, id: string, { height, width }: TerminalSize): void {
  const exec = findUsableExec(daemon, id);
  if (exec.state === "running") {
    const { terminal } = runtime.execProcess(exec) ?? {};
    if (terminal) terminal.size = { rows: height, columns: width };
    return;
  }
  if (exec.state === "created") throw engineError(500, "timeout waiting for exec session ready");
  const { resizeEndedExec } = daemon.release.containers;
  const { status, message } = resizeEndedExec(exec.id, { hasRun: exec.pid !== 0 });
  throw engineError(status, message);
}
