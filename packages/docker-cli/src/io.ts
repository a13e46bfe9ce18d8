// What a command is given by its surroundings: streams, a terminal, files, signals and time. A page, a terminal, a
// process of the simulated host and a test each give their own.
import { FileError, type Files } from "@dryharbor/kernel";

/**
 * The files of the machine that the command runs on, which `cp`, `load`, `save` and `--env-file` use. `Files` of a
 * kernel are such files. Relative paths begin in the working directory. Errors are `FileError`s.
 */
export type CommandFiles = Pick<
  Files,
  | "read"
  | "write"
  | "list"
  | "stat"
  | "lstat"
  | "exists"
  | "isDirectory"
  | "realpath"
  | "readlink"
  | "symlink"
  | "link"
  | "mkdir"
  | "makeDirectories"
  | "remove"
  | "chmod"
  | "chown"
  | "setTime"
>;

/** The terminal that a command runs at. */
export interface CommandTerminal {
  /** Returns how large it is now. */
  size(): { readonly columns: number; readonly rows: number };
  /** Calls `listener` when the size changes. The returned function ends that. */
  onResize(listener: () => void): () => void;
  /** Turns raw input on (keys come as they are typed, no echo, no signals), or off again. */
  raw(on: boolean): void;
}

/** The surroundings of a command. */
export interface CommandIo {
  /** Standard input, in pieces as they arrive. */
  readonly stdin: AsyncIterable<Uint8Array>;
  /** Writes to standard output. Text is written as UTF-8. */
  stdout(data: string | Uint8Array): void;
  /** Writes to standard error. */
  stderr(data: string | Uint8Array): void;
  /** Resolves when whoever reads the output has caught up. A command that writes without end awaits it. */
  caughtUp(): Promise<void>;
  /** Which of the three streams are terminals. */
  readonly isTerminal: { readonly stdin: boolean; readonly stdout: boolean; readonly stderr: boolean };
  /** The terminal, where one of the streams is one. */
  readonly terminal?: CommandTerminal | undefined;
  readonly env: Readonly<Record<string, string>>;
  /** The working directory: an absolute path. */
  readonly cwd: string;
  readonly files: CommandFiles;
  /** Calls `listener` when a signal such as `SIGINT` comes. The returned function ends that. */
  onSignal(name: string, listener: () => void): () => void;
  /** Returns the time in nanoseconds since 1970. */
  now(): bigint;
  /** Resolves after this many milliseconds. */
  sleep(milliseconds: number): Promise<void>;
}

/** Surroundings without anything: no input, no terminal, no files. Output is dropped. */
export const bareIo: CommandIo = {
  stdin: { async *[Symbol.asyncIterator]() {} },
  stdout() {},
  stderr() {},
  async caughtUp() {},
  isTerminal: { stdin: false, stdout: false, stderr: false },
  env: {},
  cwd: "/",
  files: noFiles(),
  onSignal: () => () => {},
  now: () => BigInt(Date.now()) * 1_000_000n,
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

/** The files of a machine that has none. */
function noFiles(): CommandFiles {
  const absent = (): never => {
    throw new FileError("ENOENT");
  };
  return {
    read: absent,
    write: absent,
    list: absent,
    stat: absent,
    lstat: absent,
    exists: () => false,
    isDirectory: () => false,
    realpath: absent,
    readlink: absent,
    symlink: absent,
    link: absent,
    mkdir: absent,
    makeDirectories: absent,
    remove: absent,
    chmod: absent,
    chown: absent,
    setTime: absent,
  };
}
