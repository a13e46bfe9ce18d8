/** The capacity of a pipe in bytes, as in Linux. */
const pipeBytes = 65_536;

/**
 * A count of the bytes that were written and not yet read. A writer that can wait does so while the count
 * exceeds the capacity of a pipe, like a process that writes to a full pipe.
 */
export class Backlog {
  #bytes = 0;
  #waiting: { readonly promise: Promise<void>; readonly resolve: () => void } | undefined;

  /** The number of bytes that were written and not yet read. */
  get length(): number {
    return this.#bytes;
  }

  /** Counts bytes that were written. */
  add({ length }: Uint8Array): void {
    this.#bytes += length;
  }

  /** Counts bytes that were read. */
  take({ length }: Uint8Array): void {
    this.#bytes -= length;
    if (this.#bytes <= pipeBytes) this.#wake();
  }

  /** Sets the count to zero: nobody will read the rest. */
  clear(): void {
    this.#bytes = 0;
    this.#wake();
  }

  /** Resolves when there is room again. Returns `undefined` when there is room now. */
  room(): Promise<void> | undefined {
    if (this.#bytes <= pipeBytes) return undefined;
    if (!this.#waiting) {
      let resolve = (): void => {};
      const promise = new Promise<void>((resolved) => {
        resolve = resolved;
      });
      this.#waiting = { promise, resolve };
    }
    return this.#waiting.promise;
  }

  #wake(): void {
    this.#waiting?.resolve();
    this.#waiting = undefined;
  }
}
