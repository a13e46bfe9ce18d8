import { engineError } from "@dryharbor/sdk/port";
import { type Container, isRunning } from "../core/containers/container.js";
import { emitContainerEvent } from "../core/containers/events.js";
import type { Daemon } from "../core/daemon.js";
import { findExec } from "../core/exec/lifecycle.js";

/** Rows and columns of a terminal. */
export interface TerminalSize {
  readonly height: number;
  readonly width: number;
}

/** `POST /containers/{id}/resize`, which the engine does with a terminal or without. @throws 409 it does not run */
export function resizeContainer(daemon: Daemon, container: Container, { height, width }: TerminalSize): void {
  if (!isRunning(container)) throw engineError(409, daemon.release.containers.notRunning(container.id));
  emitContainerEvent(daemon, container, "resize", { height: String(height), width: String(width) });
}

/** `POST /exec/{id}/resize`. For one that was not started the engine waits ten seconds, and then says so. @throws 404 */
export function resizeExec(daemon: Daemon, id: string, _size: TerminalSize): void {
  if (findExec(daemon, id).state === "created") {
    throw engineError(500, "timeout waiting for exec session ready");
  }
}
