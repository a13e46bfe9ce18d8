import { FileError } from "../files/file-error.js";
import type { OpenFile } from "../processes/open-file.js";
import { ByteQueue } from "./byte-queue.js";

/**
 * Creates a pipe and returns its two ends. Each end counts the processes that hold it, and closes with the
 * last one.
 */
export function pipe(): { readonly reader: OpenFile; readonly writer: OpenFile } {
  const queue = new ByteQueue();
  const reader = new End(queue, "reader", () => queue.clear());
  const writer = new End(queue, "writer", () => queue.end());
  reader.other = writer;
  writer.other = reader;
  return { reader, writer };
}

/** One end of a pipe. */
class End implements OpenFile {
  readonly terminal = undefined;
  other: End | undefined;
  #holders = 0;
  closed = false;

  constructor(
    readonly queue: ByteQueue,
    readonly side: "reader" | "writer",
    readonly close: () => void,
  ) {}

  take(limit: number): Uint8Array | undefined {
    if (this.side === "writer") throw new FileError("EBADF");
    return this.queue.take(limit);
  }
  readable(): Promise<void> {
    return this.queue.readable();
  }
  write(data: Uint8Array): boolean {
    if (this.side === "reader") throw new FileError("EBADF");
    if (this.other?.closed) return false;
    this.queue.write(data);
    return true;
  }
  writable(): Promise<void> | undefined {
    return this.queue.room();
  }
  isOpenToOthers(): boolean {
    return false;
  }
  hold(): void {
    this.#holders++;
  }
  drop(): void {
    this.#holders--;
    if (this.#holders > 0 || this.closed) return;
    this.closed = true;
    this.close();
  }
}
