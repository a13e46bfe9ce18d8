import type { OpenOptions } from "../files/file-handle.js";
import type { Files } from "../files/files.js";
import type { Machine } from "../machine.js";
import type { Connection, NoConnection } from "../network/connection.js";
import type { NameAnswer, NameQuestion } from "../network/names.js";
import type { OpenFile } from "./open-file.js";

/**
 * A program: a function from its process to its exit code.
 *
 * A program is to a process what `main` is in C. It gets its arguments, its files, its network and its time from the
 * {@link ProcessContext}, and from nowhere else, so it runs alike in Node and in a browser.
 *
 * @example
 * // counts down, and says so when somebody stops it
 * const countdown: Program = async ({ argv, stdout, stderr, sleep, onSignal }) => {
 *   const from = Number(argv[1] ?? 3);
 *   if (Number.isNaN(from)) {
 *     stderr(`countdown: ${argv[1]} is not a number\n`);
 *     return 1;
 *   }
 *   onSignal("SIGTERM", () => stdout("stopped early\n"));
 *   for (let left = from; left > 0; left--) {
 *     stdout(`${left}\n`);
 *     await sleep(1000);
 *   }
 *   return 0;
 * };
 */
export type Program = (process: ProcessContext) => Promise<number>;

/** Programs by name, for example `sh`. An executable file of that name runs the program. */
export type ProgramTable = ReadonlyMap<string, Program>;

/** Everything that a program can ask of the kernel: the process that it runs in. */
export interface ProcessContext {
  // What the process is.

  /** The command as it was spelt, then its arguments. */
  readonly argv: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
  /** The working directory: an absolute path. */
  readonly cwd: string;
  readonly pid: number;
  readonly parentPid: number;
  /** The number of the user that runs the process. 0 is root. */
  readonly uid: number;
  readonly gid: number;

  // Input and output.

  /** Standard input, in pieces as they come. */
  readonly stdin: AsyncIterable<Uint8Array>;
  /** Writes to standard output. Text is written as UTF-8. Raises SIGPIPE where nobody is left to read it. */
  stdout(data: string | Uint8Array): void;
  /** Writes to standard error, like {@link stdout}. */
  stderr(data: string | Uint8Array): void;
  /** The open files by descriptor. 0, 1 and 2 are standard input, output and error. */
  readonly descriptors: ReadonlyMap<number, OpenFile>;
  /**
   * Reads an open file, as soon as it has something: at most `limit` bytes, or `undefined` at its end.
   * @throws {FileError}
   */
  read(file: OpenFile, limit: number): Promise<Uint8Array | undefined>;
  /** Writes to an open file. Raises SIGPIPE where nobody is left to read it. @throws {FileError} */
  write(file: OpenFile, data: Uint8Array): void;
  /**
   * Resolves when the readers of what this process wrote have caught up. A program that writes without end awaits it now
   * and then. So does a program that computes without end, to let others run.
   */
  caughtUp(): Promise<void>;
  /** Makes a new pipe. Whoever keeps an end calls `hold` and `drop` on it. A process started with it does so itself. */
  pipe(): { readonly reader: OpenFile; readonly writer: OpenFile };
  /** Makes a descriptor lead to a file, or closes it. */
  redirect(descriptor: number, file: OpenFile | undefined): void;

  // Files.

  /** The file system as the process sees it. Relative paths begin in {@link cwd}. */
  readonly files: Files;
  /**
   * Opens a file as something that a descriptor can lead to. `/dev/stdin` and `/proc/self/fd/N` are the process's own
   * files, and `/dev/full` is always full.
   * @throws {FileError}
   */
  open(path: string, options?: OpenPathOptions): OpenFile;

  // The network.

  /** The host name. */
  readonly hostname: string;
  /** Looks a name up with the resolver: the first name server of `/etc/resolv.conf`. */
  resolve(question: NameQuestion): NameAnswer;
  /** Connects to an IP address by TCP. Where that fails, the answer says why, and after how long. */
  connect(address: string, port: number): Connection | NoConnection;

  // Other programs and processes.

  /** All programs of the machine, whether a file leads to them or not. */
  readonly programs: ProgramTable;
  /**
   * Finds the program that a command runs: a file that the command names, or without a slash a file of the `PATH`. A script
   * runs its interpreter. `undefined` where there is no such file, or it is not executable.
   */
  findProgram(command: string, from?: LookupPlace): Program | undefined;
  /** Starts a child process. */
  start(program: Program, start: ProgramStart): StartedProcess;
  /**
   * Goes on as another program, like `execve`. Signals that this one handled get their default action back, and descriptors
   * from {@link firstPrivateDescriptor} on are closed.
   */
  become(program: Program, call: ProgramCall): Promise<number>;
  /** The processes of the PID namespace, ordered by PID. */
  processes(): readonly ProcessInfo[];
  /**
   * Sends a signal to a process, or to a process group by its number below zero. 0 sends nothing and only looks.
   * `false` where there is no such process.
   */
  kill(pid: number, signal: number): boolean;
  /**
   * Takes a signal over from its default action. The first process of a PID namespace ignores most signals until it does
   * this. SIGKILL and SIGSTOP cannot be taken over.
   *
   * @param name for example `SIGTERM`
   */
  onSignal(name: string, handler: SignalHandler): void;
  /** Aborted when the process has ended, by itself or killed. It is for what must be undone outside of the process. */
  readonly killed: AbortSignal;

  // Time and the machine.

  /** The time, in nanoseconds since 1970. */
  now(): bigint;
  /**
   * Resolves after so many milliseconds. `Infinity` is never. While the process is stopped its time stands still, and a
   * process that has been killed never goes on.
   */
  sleep(milliseconds: number): Promise<void>;
  readonly machine: Machine;
}

/** Where {@link ProcessContext.findProgram} looks. Default: the process's working directory and its `PATH`. */
export interface LookupPlace {
  readonly cwd: string;
  /** The variable `PATH`. */
  readonly path: string;
}

/** How {@link ProcessContext.open} opens a file. */
export interface OpenPathOptions extends OpenOptions {
  /** Where a relative path begins. Default: the process's working directory. */
  readonly cwd?: string;
  /** Permissions that a new file does not get. Default: 022. */
  readonly umask?: number;
}

/** A process as others of its PID namespace see it. */
export interface ProcessInfo {
  readonly pid: number;
  readonly parentPid: number;
  readonly argv: readonly string[];
  /** Whether the process has a terminal. */
  readonly tty: boolean;
  /** Nanoseconds since 1970. */
  readonly startedAt: bigint;
}

/** What a program is called with. */
export interface ProgramCall {
  readonly argv: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/** What a new process starts with. */
export interface ProgramStart extends ProgramCall {
  readonly descriptors: ReadonlyMap<number, OpenFile>;
  /** Its process group: `own` for a new one, or another's number. Default: the group of the process that starts it. */
  readonly group?: number | "own";
  /** Numbers of the signals that it ignores until it says otherwise. */
  readonly ignored?: ReadonlySet<number>;
}

/** A child process that has been started. */
export interface StartedProcess {
  readonly pid: number;
  /** Resolves when the child has ended. Never resolves once the process that waits has ended itself. */
  readonly ended: Promise<ProcessEnd>;
}

/** How a process ended. */
export interface ProcessEnd {
  /** The exit code. It is 128 and the signal's number for a process that a signal ended. */
  readonly code: number;
  /** The signal that ended it, if one did. */
  readonly signal: number | undefined;
}

/** What becomes of a signal: a call, its default action, or nothing. */
export type SignalHandler = (() => void) | "default" | "ignore";

/** The lowest descriptor that no other program gets. A shell saves descriptors there that it will want back. */
export const firstPrivateDescriptor = 10;
