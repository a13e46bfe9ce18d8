import { FileError } from "../files/file-error.js";

/** What a program can do to its terminal. */
export interface TerminalControl {
  /** Raw: keys go to the reader as they are typed, with no lines, no echo and no signals. */
  setRaw(raw: boolean): void;
  /** The process group that gets the signals of keys. */
  foreground: number | undefined;
}

/** An open file: what a descriptor leads to. Processes that inherit it share it, and its position. */
export interface OpenFile {
  /** The terminal, where the file is one. */
  readonly terminal: TerminalControl | undefined;
  /**
   * Takes at most `limit` bytes: none at the end, `undefined` where nothing has come yet.
   * @throws {FileError}
   */
  take(limit: number): Uint8Array | undefined;
  /** Resolves when there is something to take, or the end. */
  readable(): Promise<void>;
  /** Writes. `false` where nobody is left to read it. @throws {FileError} */
  write(data: Uint8Array): boolean;
  /** Resolves when the readers have caught up; `undefined` while they need not. */
  writable(): Promise<void> | undefined;
  /** Counts one more process that has the file. */
  hold(): void;
  /** Counts one process less. The last one closes the file. */
  drop(): void;
}

const atOnce = Promise.resolve();

/** A file of fixed content for reading: a here-document, or a file as it is now. */
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

/** `/dev/full`, which has no room for anything. */
export class FullDevice implements OpenFile {
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
