/** As much as a pipe of Linux holds. */
const pipeBytes = 65_536;

/**
 * How much of what was written nobody has read yet. Who can wait does so once it is more than a pipe holds, as a
 * process waits that writes to one.
 */
export class Backlog {
  #bytes = 0;
  #waiting: { readonly promise: Promise<void>; readonly resolve: () => void } | undefined;

  add({ length }: Uint8Array): void {
    this.#bytes += length;
  }

  take({ length }: Uint8Array): void {
    this.#bytes -= length;
    if (this.#bytes <= pipeBytes) this.#wake();
  }

  /** Nobody will read the rest. */
  clear(): void {
    this.#bytes = 0;
    this.#wake();
  }

  /** Resolves when there is room again; `undefined` while there is. */
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
