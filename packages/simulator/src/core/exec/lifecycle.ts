import type { ExecCreateRequest } from "@dryharbor/sdk";
import type { Container } from "../containers/container.js";
import type { Daemon } from "../daemon.js";
import type { Exec } from "./exec.js";

/** `POST /containers/{id}/exec`. @throws 400 without a command, 409 unless the container runs. */
export function createExec(_daemon: Daemon, _container: Container, _request: ExecCreateRequest): Exec {
  throw new Error("not yet");
}

/** `POST /exec/{id}/start`: what is refused before the stream opens. @throws 404, 409. */
export function findStartableExec(_daemon: Daemon, _id: string): Exec {
  throw new Error("not yet");
}

/**
 * Starts the process, emits, and marks it running; the runtime runs it and calls {@link execExited}.
 * What is thrown here the engine writes into the opened stream (a command that does not exist, one
 * that has already run); a detached start answers with it.
 */
export function startExec(_daemon: Daemon, _exec: Exec): void {
  throw new Error("not yet");
}

/** The process has ended. Does nothing where the container's end has ended it already. */
export function execExited(_daemon: Daemon, _exec: Exec, _exitCode: number): void {
  throw new Error("not yet");
}
