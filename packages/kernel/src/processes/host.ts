// The host of a process: the interface by which a running process reaches what is around it. child.ts
// implements it for the children of a process, and the simulator's runtime for processes that are started
// from outside. Programs never see it; they see `ProcessContext` of program.ts.
import type { Files } from "../files/files.js";
import type { Machine } from "../machine.js";
import type { Resolver } from "../network/resolver.js";
import type { Network } from "../network/sockets.js";
import type { Time } from "../time/time.js";
import type { OpenFile, TerminalControl } from "./open-file.js";
import type { PidNamespace } from "./pid-namespace.js";
import type { Program, ProgramTable, User } from "./program.js";
import type { SocketOwner } from "./socket-owner.js";

/** The name of an output of a process. */
export type OutputName = "stdout" | "stderr";

/** The namespaces of a process except its PID namespace: host name, mounts and network. */
export interface Namespaces {
  readonly hostname: string;
  /** The mounted files, with `/` as working directory and root as user. */
  readonly files: Files;
  readonly programs: ProgramTable;
  readonly machine: Machine;
  findProgram(command: string, files: Files, path: string): Program | undefined;
  /** How names are looked up. Default: only addresses are understood. */
  readonly resolver?: Resolver;
  /** Returns the network namespace, with the sockets of one process. */
  network(owner: SocketOwner): Network;
}

/**
 * The surroundings of a process. The process asks it on behalf of its program, and reports output and its end
 * to it.
 */
export interface ProcessHost {
  readonly time: Time;
  readonly pid: number;
  readonly parentPid: number;
  readonly tty: boolean;
  readonly user: User;
  /** The terminal that the process is attached to, if there is one. */
  readonly terminal: TerminalControl | undefined;
  /** The session: the PID of the session's first process. Processes of a session share a terminal. */
  readonly session: number;
  /** The process group: the PID of the group's first process. */
  readonly group: number;
  /** The PID namespace of the process. */
  readonly pids: PidNamespace;
  initialArgv(): readonly [string, ...string[]];
  env(): Readonly<Record<string, string>>;
  cwd(): string;
  namespaces(): Namespaces;
  /**
   * Whether the process is the first of its PID namespace. The first process ignores most signals it does not
   * handle.
   */
  isFirst(): boolean;
  /** Whether the process has standard input. Without it, standard input is at its end from the start. */
  hasInput(): boolean;
  /** Whether somebody outside of the kernel may write to standard input at this moment. */
  inputMayCome(): boolean;
  /**
   * The open files at the start. `undefined` for a process whose streams are attached from outside of the
   * kernel.
   */
  descriptors(): ReadonlyMap<number, OpenFile> | undefined;
  /**
   * Takes output. Resolves when its readers have caught up. Returns `undefined` when the process need not
   * wait.
   */
  output(name: OutputName, data: Uint8Array): Promise<void> | undefined;
  /** Called when the program begins to wait. */
  waits?(): void;
  /** Called once, at the end of the process. @param signal the signal that ended the process, if one did */
  exited(exitCode: number, signal: number | undefined): void;
  /** Called when no process holds the outputs of an attached process any more. */
  closed?(): void;
}
