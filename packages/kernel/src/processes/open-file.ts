import { FileError } from "../files/file-error.js";
import type { TerminalSettings, TerminalSize } from "../terminals/settings.js";

/** The control of a terminal by the programs that run in it. */
export interface TerminalControl {
  /** How keys are read and output is shown. A program that changes them restores them at its end. */
  settings: TerminalSettings;
  /** The rows and columns. A change sends SIGWINCH. */
  size: TerminalSize;
  /** The process group that the signal keys go to, such as ctrl-C. */
  foreground: number | undefined;
}

/**
 * An open file, which a descriptor leads to. Processes that inherit the descriptor share the file and its
 * position.
 */
export interface OpenFile {
  /** What the link of its descriptor in /proc shows. Default: a pipe. */
  readonly shownAs?: string;
  /** The terminal, if the file is one. */
  readonly terminal: TerminalControl | undefined;
  /**
   * Takes at most `limit` bytes. Returns an empty array at the end, and `undefined` when no bytes have come
   * yet.
   * @throws {FileError}
   */
  take(limit: number): Uint8Array | undefined;
  /** Resolves when there are bytes to take, or at the end. */
  readable(): Promise<void>;
  /** Writes bytes. Returns `false` when no reader is left. @throws {FileError} */
  write(data: Uint8Array): boolean;
  /** Resolves when a writer may go on. Returns `undefined` when it need not wait. */
  writable(): Promise<void> | undefined;
  /**
   * Returns whether something outside of the PID namespace may make the file readable or writable. Without the
   * method it may.
   */
  isOpenToOthers?(): boolean;
  /** Counts one more process that holds the file. */
  hold(): void;
  /** Counts one process less. The last process to drop the file closes it. */
  drop(): void;
}

const atOnce = Promise.resolve();

/**
 * An open file with fixed content that can only be read: a here-document, or the present content of a file.
 */
export class ContentFile implements OpenFile {
  readonly terminal = undefined;
  #at = 0;

  constructor(readonly content: Uint8Array) {}

  take(limit: number): Uint8Array {
    const data = this.content.subarray(this.#at, this.#at + limit);
    this.#at += data.length;
    return data;
  }
  readable(): Promise<void> {
    return atOnce;
  }
  write(): boolean {
    throw new FileError("EBADF");
  }
  writable(): undefined {
    return undefined;
  }
  hold(): void {}
  drop(): void {}
}

/** `/dev/full`: it reads as zero bytes, and every write fails with ENOSPC. */
export class FullDevice implements OpenFile {
  readonly shownAs = "/dev/full";
  readonly terminal = undefined;

  take(limit: number): Uint8Array {
    return new Uint8Array(Math.min(limit, 4096));
  }
  readable(): Promise<void> {
    return atOnce;
  }
  write(): boolean {
    throw new FileError("ENOSPC");
  }
  writable(): undefined {
    return undefined;
  }
  hold(): void {}
  drop(): void {}
}
