import type { Files } from "../files/files.js";
import type { Machine } from "../machine.js";
import type { Connection, NoConnection } from "../network/connection.js";
import type { NameAnswer, NameQuestion } from "../network/names.js";
import type { Time } from "../time/time.js";
import type { OpenFile, TerminalControl } from "./open-file.js";
import type { PidNamespace } from "./pid-namespace.js";
import type { LookupPlace, Program, ProgramTable } from "./program.js";

/** Which of its two outputs a process writes to. */
export type OutputName = "stdout" | "stderr";

/** The user and the group that a process runs as. */
export interface User {
  readonly uid: number;
  readonly gid: number;
}

/** The namespaces of a process other than its PIDs: its host name, its mounts, its network. */
export interface Namespaces {
  readonly hostname: string;
  /** Looked at from `/` by root. */
  readonly files: Files;
  readonly programs: ProgramTable;
  readonly machine: Machine;
  findProgram(command: string, from: LookupPlace): Program | undefined;
  resolve(question: NameQuestion): NameAnswer;
  connect(address: string, port: number): Connection | NoConnection;
}

/** What a process has around it. The process asks when its program asks, and tells what becomes of it. */
export interface ProcessHost {
  readonly time: Time;
  readonly pid: number;
  readonly parentPid: number;
  readonly tty: boolean;
  readonly user: User;
  /** The terminal that the process is attached to, if it is one. */
  readonly terminal: TerminalControl | undefined;
  /** The session: the PID of the first process of those that share its terminal. */
  readonly session: number;
  /** The process group: the PID of its first process. */
  readonly group: number;
  /** The processes of its PID namespace, itself among them. */
  readonly pids: PidNamespace;
  initialArgv(): readonly [string, ...string[]];
  env(): Readonly<Record<string, string>>;
  cwd(): string;
  namespaces(): Namespaces;
  /** Whether it is the first of its PID namespace. The kernel spares that one most signals that it does not handle. */
  isFirst(): boolean;
  /** Without input, standard input is at its end from the start. */
  hasInput(): boolean;
  /** The files that it starts with. `undefined` for a process that somebody outside is attached to. */
  descriptors(): ReadonlyMap<number, OpenFile> | undefined;
  /** Takes output. Resolves when its readers have caught up; `undefined` while the process need not wait. */
  output(name: OutputName, data: Uint8Array): Promise<void> | undefined;
  /** Called once, within whatever ends the process. @param signal the signal that ended it, if one did */
  exited(exitCode: number, signal: number | undefined): void;
  /** Called when the last process that has the outputs of an attached one has let go of them. */
  closed?(): void;
}
