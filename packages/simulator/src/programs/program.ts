import type { DnsAnswer, DnsQuery } from "@dryharbor/sdk/port";
import type { Files } from "../core/filesystem/files.js";
import type { Connection, NoConnection } from "./connection.js";
import type { OpenFile } from "./open-file.js";

/** From where a program is looked for. */
export interface LookupPlace {
  readonly cwd: string;
  /** The variable `PATH`. */
  readonly path: string;
}

/** What a process sees of the container that it runs in. Grows with the programs that need more. */
export interface ContainerView {
  readonly hostname: string;
  /** Its files, from `/`: `files.with({ cwd })` takes relative paths. What cannot be done throws a `FileError`. */
  readonly files: Files;
  /**
   * What a command runs: a file that it names, or without a slash one of the PATH; BusyBox knows its own
   * programs without. `undefined` where there is no such program.
   */
  findProgram(command: string, from?: LookupPlace): Program | undefined;
  /** Asks the first nameserver of resolv.conf. */
  resolve(query: DnsQuery): DnsAnswer;
  /** Connects to an IP address over TCP; why not, where nobody there listens. */
  connect(address: string, port: number): Connection | NoConnection;
  /** The container's processes, by PID. */
  processes(): readonly ProcessInfo[];
  /** Nanoseconds since 1970. */
  now(): bigint;
}

/** A process as others of its container see it. */
export interface ProcessInfo {
  readonly pid: number;
  readonly parentPid: number;
  readonly argv: readonly string[];
  /** Whether it has a terminal. */
  readonly tty: boolean;
  /** Nanoseconds since 1970. */
  readonly startedAt: bigint;
}

/** What a program is run with. */
export interface ProgramImage {
  readonly argv: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/** What a process begins with. */
export interface ProgramStart extends ProgramImage {
  /** By descriptor. */
  readonly files: ReadonlyMap<number, OpenFile>;
  /** Its process group: one of its own, another's, or by default that of the process that starts it. */
  readonly group?: number | "own";
  /** Signals that it ignores until it says otherwise, by number. */
  readonly ignored?: ReadonlySet<number>;
}

/** How a process ended. The code of one that a signal ended is 128 and the signal. */
export interface ProcessEnd {
  readonly code: number;
  readonly signal: number | undefined;
}

/** A process that another one started. */
export interface StartedProcess {
  readonly pid: number;
  /** Never resolves for a process that has ended itself. */
  readonly ended: Promise<ProcessEnd>;
}

/** A process's side of its world. */
export interface ProcessContext {
  /** The command as it was spelt, then its arguments. */
  readonly argv: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
  /** The working directory. */
  readonly cwd: string;
  readonly container: ContainerView;
  readonly pid: number;
  readonly parentPid: number;
  /** Who runs it. */
  readonly uid: number;
  readonly gid: number;
  readonly stdin: AsyncIterable<Uint8Array>;
  /** Writes to standard output, text as UTF-8. SIGPIPE, where nobody is left to read it. */
  stdout(text: string | Uint8Array): void;
  /** The same for standard error. */
  stderr(text: string | Uint8Array): void;
  /**
   * Resolves after so many milliseconds; `Infinity` is never. Never, too, once the process has been
   * killed: no line of a real process runs after that. While the container is paused, time stands still.
   */
  sleep(milliseconds: number): Promise<void>;
  /** Aborted when the process has ended, by itself or killed: for what must be undone outside of it. */
  readonly killed: AbortSignal;
  /**
   * Takes a signal over from its default action. A container's first process is not ended by
   * SIGTERM and the like unless it does this (the kernel spares PID 1); SIGKILL always ends it.
   */
  onSignal(name: string, handler: SignalHandler): void;
  /** What its descriptors lead to; 0, 1 and 2 are standard input, output and error. */
  readonly files: ReadonlyMap<number, OpenFile>;
  /** A new pipe. Whoever takes an end holds and releases it; a process that is started with one does so itself. */
  pipe(): { readonly reader: OpenFile; readonly writer: OpenFile };
  /** Makes a descriptor lead to a file, or closes it. */
  redirect(descriptor: number, file: OpenFile | undefined): void;
  /** At most so many bytes of a file, when there are some; `undefined` at its end. @throws {FileError} */
  read(file: OpenFile, limit: number): Promise<Uint8Array | undefined>;
  /** Writes to a file. SIGPIPE, where nobody is left to read it. @throws {FileError} */
  write(file: OpenFile, data: Uint8Array): void;
  /**
   * Resolves when whoever reads what it writes has caught up. A program that writes without end waits for
   * this now and then, and one that computes without end lets others run so.
   */
  caughtUp(): Promise<void>;
  /** Starts another process, with this one for a parent. */
  start(program: Program, start: ProgramStart): StartedProcess;
  /**
   * Goes on as another program. Signals that it handled have their default action again, and descriptors from
   * {@link firstPrivateDescriptor} on are closed.
   */
  become(program: Program, image: ProgramImage): Promise<number>;
  /**
   * Sends a signal to a process of the container, or to a group of them by its number below zero; `false` where
   * there is none. 0 only looks.
   */
  kill(pid: number, signal: number): boolean;
}

/** Descriptors from here on no other program gets: a shell puts aside there what it will want back. */
export const firstPrivateDescriptor = 10;

/** What becomes of a signal. */
export type SignalHandler = (() => void) | "default" | "ignore";

/** Something that can run in a container: resolves to its exit code. */
export type Program = (context: ProcessContext) => Promise<number>;

/** The programs there are, by name as found on the PATH. */
export type ProgramTable = ReadonlyMap<string, Program>;
