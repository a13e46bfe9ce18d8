// The contract between a program and the kernel: `Program`, and `ProcessContext` with everything that a
// program can ask for. Authors of programs read this file first. context.ts implements it.
import type { Capabilities, Capability } from "../capabilities.js";
import type { OpenOptions } from "../files/file-handle.js";
import type { Files } from "../files/files.js";
import type { Machine } from "../machine.js";
import type { HostEntry, LookupOptions } from "../network/resolver.js";
import type { Network } from "../network/sockets.js";
import type { OpenFile } from "./open-file.js";

/**
 * A program: a function from its process to its exit code.
 *
 * It plays the role of `main` in C. It gets its arguments, files, network and time from the {@link
 * ProcessContext}, and from nowhere else, so it runs the same in Node and in a browser.
 *
 * @example
 * // Counts down, and prints a line when somebody stops it.
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
export interface Program {
  (process: ProcessContext): Promise<number>;
  /**
   * Says what the last of its arguments may become, for the Tab key of a shell. Without the method, or where it
   * resolves to `undefined`, the shell offers files.
   *
   * @param args the arguments before the cursor, without quotes. The last one may be empty
   * @param process the shell's
   * @returns whole arguments. One that ends with `/`, `=`, `:` or `,` goes on
   */
  complete?(args: readonly string[], process: ProcessContext): Promise<readonly string[] | undefined>;
}

/** Programs by name, for example `sh`. An executable file with the name runs the program. */
export type ProgramTable = ReadonlyMap<string, Program>;

/** The process that a program runs in: everything that the program can ask of the kernel. */
export interface ProcessContext {
  // The identity of the process.

  /** The command line: the command as the caller wrote it, then its arguments. */
  readonly argv: readonly [string, ...string[]];
  /** The environment variables. */
  readonly env: Readonly<Record<string, string>>;
  /** The working directory: an absolute path. */
  readonly cwd: string;
  /** The number of the process in its PID namespace. */
  readonly pid: number;
  /** The PID of the parent. 0 when the process was started from outside of the PID namespace. */
  readonly parentPid: number;
  /** The number of the user that runs the process. 0 is root. */
  readonly uid: number;
  /** The number of the group that runs the process. 0 is root. */
  readonly gid: number;
  /** The numbers of its supplementary groups, in ascending order, as getgroups(2) returns them. */
  readonly groups: readonly number[];
  /** Returns whether the process has a capability of root's, for example `net_raw` for raw sockets. */
  capable(capability: Capability): boolean;

  // Input and output.

  /** Standard input, in pieces as they arrive. */
  readonly stdin: AsyncIterable<Uint8Array>;
  /** Writes to standard output. Text is written as UTF-8. Raises SIGPIPE when no reader is left. */
  stdout(data: string | Uint8Array): void;
  /** Writes to standard error, like {@link stdout}. */
  stderr(data: string | Uint8Array): void;
  /** The open files by descriptor. 0, 1 and 2 are standard input, output and error. */
  readonly descriptors: ReadonlyMap<number, OpenFile>;
  /**
   * Reads at most `limit` bytes from an open file, and waits until there are some. Resolves to `undefined` at
   * the end.
   * @throws {FileError}
   */
  read(file: OpenFile, limit: number): Promise<Uint8Array | undefined>;
  /** Writes to an open file. Raises SIGPIPE when no reader is left. @throws {FileError} */
  write(file: OpenFile, data: Uint8Array): void;
  /**
   * Resolves when the readers of this process's output have caught up. A program that writes without end
   * awaits it from time to time. A program that computes without end does so too, to let others run.
   */
  caughtUp(): Promise<void>;
  /**
   * Creates a pipe. A program that keeps an end calls `hold` on it, and `drop` when it is done. A process
   * that is started with the end does so itself.
   */
  pipe(): { readonly reader: OpenFile; readonly writer: OpenFile };
  /** Makes a descriptor lead to an open file. `undefined` closes the descriptor. */
  redirect(descriptor: number, file: OpenFile | undefined): void;

  // Files.

  /** The files that the process sees. Relative paths begin in {@link cwd}. */
  readonly files: Files;
  /**
   * Opens a file for use with a descriptor, see {@link redirect}. `/dev/stdin` and `/proc/self/fd/N` are the
   * process's own open files. `/dev/full` is always full. `/dev/tty` is the terminal that one of the
   * process's descriptors leads to.
   * @throws {FileError}
   */
  open(path: string, options?: OpenPathOptions): OpenFile;

  // The network.

  /** The network namespace, and sockets in it. */
  readonly network: Network;
  /** The host name. */
  readonly hostname: string;
  /**
   * Looks up the addresses of a host, as `getaddrinfo` of the machine's C library does: in `/etc/hosts`, and then with
   * the name servers of `/etc/resolv.conf`. A name server that does not answer takes the time that it takes on a real
   * system.
   *
   * @param name a name, or an IP address, which is returned as it is
   * @param options of which family the addresses shall be, or all options. Default: of both families
   * @throws {LookupError}
   */
  lookup(name: string, options?: 4 | 6 | LookupOptions): Promise<HostEntry>;
  /** Looks up the name of an IP address, as `getnameinfo` does. Resolves to `undefined` when it has none. */
  reverse(address: string): Promise<HostEntry | undefined>;

  // Other programs and processes.

  /** All programs of the machine, with or without an executable file. */
  readonly programs: ProgramTable;
  /**
   * Finds the program that a command runs. A command with a slash is the path of a file. Any other command is
   * looked up in the directories of `PATH`. A script runs its interpreter. Returns `undefined` when there is
   * no such file or it is not executable.
   */
  findProgram(command: string, from?: LookupPlace): Program | undefined;
  /** Starts a child process. */
  start(program: Program, start: ProgramStart): StartedProcess;
  /**
   * Replaces the program of this process by another, like `execve`. Handled signals get their default action
   * again, and descriptors from {@link firstPrivateDescriptor} on are closed. Resolves to the exit code of
   * the new program.
   */
  become(program: Program, call: ProgramCall): Promise<number>;
  /** Returns the processes of the PID namespace in order of their PID. */
  processes(): readonly ProcessInfo[];
  /**
   * Sends a signal to a process. A PID below -1 is a process group: -5 is the group 5. Signal 0 only checks
   * that the process exists. Returns `false` when there is no such process.
   *
   * @throws {FileError} `EPERM` when the process is another user's, and this one may not signal it
   */
  kill(pid: number, signal: number): boolean;
  /**
   * Sets the handler of a signal in place of its default action. The first process of a PID namespace ignores
   * most signals without a handler. SIGKILL and SIGSTOP cannot be handled.
   *
   * @param name for example `SIGTERM`
   */
  onSignal(name: string, handler: SignalHandler): void;
  /**
   * A signal that aborts when the process has ended, by itself or killed. Use it to clean up outside of the
   * process.
   */
  readonly killed: AbortSignal;

  // Time and the machine.

  /** Returns the time in nanoseconds since 1970. */
  now(): bigint;
  /**
   * Resolves after this many milliseconds. `Infinity` means never: a program that waits for a signal alone awaits
   * that, so that it is known to sleep. The time that the process is stopped does
   * not count. In a process that has been killed it never resolves.
   */
  sleep(milliseconds: number): Promise<void>;
  /** The machine: its architecture, kernel version, processors and memory. */
  readonly machine: Machine;
}

/**
 * The place where {@link ProcessContext.findProgram} looks. Default: the process's working directory and
 * `PATH`.
 */
export interface LookupPlace {
  readonly cwd: string;
  /** The value of the variable `PATH`. */
  readonly path: string;
}

/** Options of {@link ProcessContext.open}. */
export interface OpenPathOptions extends OpenOptions {
  /** The directory in which a relative path begins. Default: the process's working directory. */
  readonly cwd?: string;
  /** The permissions that a new file does not get. Default: 022. */
  readonly umask?: number;
}

/** A process as other processes of its PID namespace see it. */
export interface ProcessInfo {
  readonly pid: number;
  readonly parentPid: number;
  readonly argv: readonly string[];
  /** The numbers of the user and the group that run the process. */
  readonly uid: number;
  readonly gid: number;
  /** The process group: the PID of the group's first process. */
  readonly group: number;
  /** The session: the PID of the session's first process. */
  readonly session: number;
  /** Whether a signal has stopped the process. */
  readonly stopped: boolean;
  /** Whether the process has a terminal. */
  readonly tty: boolean;
  /** The time of its start, in nanoseconds since 1970. */
  readonly startedAt: bigint;
}

/** The user and the groups that a process runs as. */
export interface User {
  readonly uid: number;
  readonly gid: number;
  /** The supplementary groups, in ascending order. */
  readonly groups: readonly number[];
  /**
   * What the user may do when it is root. Whoever starts as another user keeps the set, and can use it again as
   * root. Default: what the process that calls has, and all of the machine for the first one.
   */
  readonly capabilities?: Capabilities;
}

/** The arguments, environment and working directory of a program. */
export interface ProgramCall {
  readonly argv: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** The user that it runs as from then on. Default: the user of the process that calls. */
  readonly user?: User;
}

/** The initial state of a new process. */
export interface ProgramStart extends ProgramCall {
  /** The open files by descriptor. */
  readonly descriptors: ReadonlyMap<number, OpenFile>;
  /** The process group: `own` for a new group, or the number of a group. Default: the group of the parent. */
  readonly group?: number | "own";
  /** The numbers of the signals that the process ignores until it sets a handler. */
  readonly ignored?: ReadonlySet<number>;
}

/** A child process that has been started. */
export interface StartedProcess {
  readonly pid: number;
  /** Resolves when the child has ended. Never resolves once the parent itself has ended. */
  readonly ended: Promise<ProcessEnd>;
}

/** The end of a process. */
export interface ProcessEnd {
  /** The exit code. When a signal ended the process, it is 128 plus the signal's number. */
  readonly code: number;
  /** The number of the signal that ended the process, if one did. */
  readonly signal: number | undefined;
}

/** The reaction to a signal: a function to call, the default action, or none. */
export type SignalHandler = (() => void) | "default" | "ignore";

/**
 * The lowest descriptor that a program does not pass on. A shell saves the descriptors there that it restores
 * later.
 */
export const firstPrivateDescriptor = 10;
