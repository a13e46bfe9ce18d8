import type { DnsAnswer, DnsQuery } from "@dryharbor/sdk/port";

/** What a process sees of the container that it runs in. Grows with the programs that need more. */
export interface ContainerView {
  readonly hostname: string;
  /** Text of a file, e.g. `/etc/hosts`; `undefined` where there is none. Read anew at each call. */
  readFile(path: string): string | undefined;
  isDirectory(path: string): boolean;
  /**
   * What a command runs, without a slash by its name alone: BusyBox knows its own programs without
   * PATH. `undefined` where there is no such program.
   */
  findProgram(command: string): Program | undefined;
  /** Asks the first nameserver of resolv.conf. */
  resolve(query: DnsQuery): DnsAnswer;
}

/** A process's side of its world. */
export interface ProcessContext {
  /** The command as it was spelt, then its arguments. */
  readonly argv: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
  /** The working directory. */
  readonly cwd: string;
  readonly container: ContainerView;
  readonly stdin: AsyncIterable<Uint8Array>;
  stdout(text: string | Uint8Array): void;
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
  onSignal(name: string, handler: () => void): void;
}

/** Something that can run in a container: resolves to its exit code. */
export type Program = (context: ProcessContext) => Promise<number>;

/** The programs there are, by name as found on the PATH. */
export type ProgramTable = ReadonlyMap<string, Program>;
