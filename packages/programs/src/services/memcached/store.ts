import type { ByteText } from "../../busybox/byte-text.js";

/** A value with what is kept of it. */
export interface Item {
  value: ByteText;
  flags: number;
  /** When it expires, in seconds since 1970. 0 is never. */
  expires: number;
  /** A number that changes with the value. */
  unique: bigint;
  /** When it was last asked for, in seconds. */
  touched: number;
  fetched: boolean;
}

/** Times that are longer than this are times of the calendar, in seconds. */
const longestDelay = 60 * 60 * 24 * 30;

/** What memcached keeps. */
export class Store {
  readonly #items = new Map<ByteText, Item>();
  readonly #seconds: () => number;
  #unique = 0n;
  /** How many items have been stored in all. */
  total = 0;

  /** @param seconds returns the time in seconds since 1970 */
  constructor(seconds: () => number) {
    this.#seconds = seconds;
  }

  get size(): number {
    return this.#items.size;
  }

  /** The bytes that the items take in memcached, with 49 beside each key and value, and 8 for the number. */
  get bytes(): number {
    let bytes = 0;
    for (const [key, { value }] of this.#items) bytes += key.length + value.length + 59;
    return bytes;
  }

  /** Returns an item that has not expired. */
  get(key: ByteText): Item | undefined {
    const item = this.#items.get(key);
    if (!item || item.expires === 0 || item.expires > this.#seconds()) return item;
    this.#items.delete(key);
    return undefined;
  }

  set(key: ByteText, value: ByteText, flags: number, expires: number): Item {
    const item = { value, flags, expires, unique: ++this.#unique, touched: this.#seconds(), fetched: false };
    this.#items.delete(key);
    this.#items.set(key, item);
    this.total++;
    return item;
  }

  /** Changes a value in place. */
  change(item: Item, value: ByteText): void {
    item.value = value;
    item.unique = ++this.#unique;
  }

  delete(key: ByteText): boolean {
    return this.#items.delete(key);
  }

  clear(): void {
    this.#unique++;
    this.#items.clear();
  }

  /** Returns when what is stored with this time expires: a delay, or a time of the calendar. Negative times are over. */
  expiry(given: number): number {
    if (given === 0) return 0;
    if (given < 0) return 1;
    return given > longestDelay ? given : this.#seconds() + given;
  }

  now(): number {
    return this.#seconds();
  }
}
