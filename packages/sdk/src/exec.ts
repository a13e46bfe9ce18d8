import type { CallOptions } from "./call.js";
import type { TerminalSize } from "./containers.js";
import type { ProcessStream } from "./output.js";

/** Body of `POST /containers/{id}/exec`. */
export interface ExecCreateRequest {
  Cmd: string[];
  AttachStdin?: boolean;
  AttachStdout?: boolean;
  AttachStderr?: boolean;
  Tty?: boolean;
  /** `NAME=value`, added to the container's own. */
  Env?: string[];
  WorkingDir?: string;
  User?: string;
  Privileged?: boolean;
  DetachKeys?: string;
  /** Rows and columns of its terminal. Default: those of the container's `ConsoleSize`. */
  ConsoleSize?: [number, number];
}

/** Body of `POST /exec/{id}/start`. */
export interface ExecStartRequest {
  /** Do not wait for the process and take no output. */
  Detach?: boolean;
  Tty?: boolean;
  /** Rows and columns of its terminal. Default: those of the exec's creation. */
  ConsoleSize?: [number, number];
}

/** `GET /exec/{id}/json`. */
export interface ExecInspect {
  ID: string;
  Running: boolean;
  /** `null` until the process has ended. */
  ExitCode: number | null;
  ProcessConfig: {
    tty: boolean;
    entrypoint: string;
    arguments: string[];
    privileged: boolean;
    user?: string;
  };
  OpenStdin: boolean;
  OpenStderr: boolean;
  OpenStdout: boolean;
  CanRemove: boolean;
  ContainerID: string;
  DetachKeys: string;
  Pid: number;
}

/** Further processes in a running container: routes under `/exec` (moby: `api/server/router/container/exec.go`). */
export interface Exec {
  /**
   * `POST /containers/{id}/exec`: prepares a process, and does not start it.
   * @throws {ConflictError} the container is paused or does not run.
   * @throws {InvalidParameterError} no command.
   */
  create(container: string, request: ExecCreateRequest, options?: CallOptions): Promise<{ Id: string }>;
  /**
   * `POST /exec/{id}/start`. A command that does not exist is not an error of this call: the engine
   * says so in the output, and {@link Exec.inspect} has the exit code (126 up to 26.1, 127 from 28.5 on).
   * @throws {NotFoundError} no such exec instance.
   */
  start(exec: string, request?: ExecStartRequest, options?: CallOptions): Promise<ProcessStream>;
  /**
   * `POST /exec/{id}/resize`: the size of its terminal, in rows and columns.
   * @throws {NotFoundError} no such exec instance.
   * @throws {ServerError} it was not started.
   */
  resize(exec: string, size: CallOptions & TerminalSize): Promise<void>;
  /** `GET /exec/{id}/json`: what became of it. @throws {NotFoundError} no such exec instance. */
  inspect(exec: string, options?: CallOptions): Promise<ExecInspect>;
}
