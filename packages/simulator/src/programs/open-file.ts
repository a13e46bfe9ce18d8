import { FileError } from "../core/filesystem/error.js";

/** What a program can do to its terminal. */
export interface TerminalControl {
  /** Whether keys go to whoever reads as they are typed: no lines, no echo, no signals. */
  setRaw(raw: boolean): void;
  /** The process group that the keys for signals go to. */
  foreground: number | undefined;
}

/** What a descriptor of a process leads to. Processes that inherit one share it, and its position. */
export interface OpenFile {
  /** What it is where it is a terminal. */
  readonly terminal: TerminalControl | undefined;
  /**
   * At most so many bytes; empty at the end, `undefined` where nothing has come yet.
   * @throws {FileError}
   */
  take(limit: number): Uint8Array | undefined;
  /** Resolves when there is something to take, or the end. */
  readable(): Promise<void>;
  /** `false` where nobody is left to read it. @throws {FileError} */
  write(data: Uint8Array): boolean;
  /** Resolves when whoever reads has caught up; `undefined` while they need not. */
  writable(): Promise<void> | undefined;
  /** One more process has it. */
  hold(): void;
  /** One process less. */
  release(): void;
}

const atOnce = Promise.resolve();

/** A file of given content, which is read: a here-document, or a file as it is now. */
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
  release(): void {}
}

/** The device that has no room for anything. */
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
  release(): void {}
}
