import { Backlog } from "./backlog.js";

const nothing = new Uint8Array();

/** Bytes between those who write and those who read, in the order in which they came. */
export class ByteQueue {
  #chunks: Uint8Array[] = [];
  #ended = false;
  readonly #backlog = new Backlog();
  #waiting: (() => void)[] = [];

  get ended(): boolean {
    return this.#ended;
  }

  write(data: Uint8Array): void {
    if (this.#ended || data.length === 0) return;
    this.#chunks.push(data);
    this.#backlog.add(data);
    this.#wake();
  }

  /** Whoever reads sees the end once, and more may come: Ctrl-D at a terminal. */
  markEnd(): void {
    if (this.#ended) return;
    this.#chunks.push(nothing);
    this.#wake();
  }

  /** No more comes. */
  end(): void {
    this.#ended = true;
    this.#wake();
  }

  /** Nobody will read what is there. */
  clear(): void {
    this.#chunks = [];
    this.#backlog.clear();
  }

  /** At most so many bytes; empty at the end, `undefined` where nothing has come yet. */
  take(limit: number): Uint8Array | undefined {
    const first = this.#chunks[0];
    if (!first) return this.#ended ? nothing : undefined;
    const data = first.subarray(0, limit);
    if (data.length === first.length) this.#chunks.shift();
    else this.#chunks[0] = first.subarray(data.length);
    this.#backlog.take(data);
    return data;
  }

  /** Resolves when there is something to take. */
  readable(): Promise<void> {
    if (this.#ended || this.#chunks.length > 0) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Resolves when the reader has caught up; `undefined` while it need not. */
  room(): Promise<void> | undefined {
    return this.#backlog.room();
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }
}
