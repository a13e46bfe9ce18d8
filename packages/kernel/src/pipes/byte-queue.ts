import { Backlog } from "./backlog.js";

const nothing = new Uint8Array();

/** A first-in, first-out queue of bytes between writers and readers. */
export class ByteQueue {
  #chunks: Uint8Array[] = [];
  #ended = false;
  readonly #backlog = new Backlog();
  #waiting: (() => void)[] = [];

  get ended(): boolean {
    return this.#ended;
  }

  /** The number of bytes that wait to be read. */
  get length(): number {
    return this.#backlog.length;
  }

  write(data: Uint8Array): void {
    if (this.#ended || data.length === 0) return;
    this.#chunks.push(data);
    this.#backlog.add(data);
    this.#wake();
  }

  /** Lets a reader see the end once, although more bytes may follow. Ctrl-D at a terminal does this. */
  markEnd(): void {
    if (this.#ended) return;
    this.#chunks.push(nothing);
    this.#wake();
  }

  /** Ends the queue: no more bytes follow. */
  end(): void {
    this.#ended = true;
    this.#wake();
  }

  /** Discards the queued bytes: nobody will read them. */
  clear(): void {
    this.#chunks = [];
    this.#backlog.clear();
  }

  /**
   * Takes at most `limit` bytes. Returns an empty array at the end, and `undefined` when no bytes have come
   * yet.
   */
  take(limit: number): Uint8Array | undefined {
    const first = this.#chunks[0];
    if (!first) return this.#ended ? nothing : undefined;
    const data = first.subarray(0, limit);
    if (data.length === first.length) this.#chunks.shift();
    else this.#chunks[0] = first.subarray(data.length);
    this.#backlog.take(data);
    return data;
  }

  /** Resolves when there are bytes to take, or at the end. */
  readable(): Promise<void> {
    if (this.#ended || this.#chunks.length > 0) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Resolves when a writer may go on. Returns `undefined` when it need not wait. */
  room(): Promise<void> | undefined {
    return this.#backlog.room();
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }
}
