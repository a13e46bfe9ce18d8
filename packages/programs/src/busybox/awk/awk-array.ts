import type { ByteText } from "../byte-text.js";
import type { Value } from "./value.js";

/** The numbers of buckets that an array has as it grows. */
const sizes = [61, 251, 1021, 4093, 16_381, 65_521] as const;
/** The number of elements for each bucket from which an array grows. */
const fullest = 8;

/**
 * An associative array. `for (key in array)` goes through it in BusyBox's order: through the buckets of a hash
 * table, and within a bucket from the newest key to the oldest.
 */
export class AwkArray {
  readonly #values = new Map<ByteText, Value>();
  #size = 0;
  #buckets: ByteText[][] = emptyBuckets(sizes[0]);

  get length(): number {
    return this.#values.size;
  }

  has(key: ByteText): boolean {
    return this.#values.has(key);
  }

  /** Returns the value of an element, which is there from now on. */
  get(key: ByteText): Value {
    const value = this.#values.get(key);
    if (value === undefined && !this.#values.has(key)) this.set(key, undefined);
    return value;
  }

  set(key: ByteText, value: Value): void {
    if (!this.#values.has(key)) this.#place(key);
    this.#values.set(key, value);
  }

  delete(key: ByteText): void {
    if (!this.#values.delete(key)) return;
    const bucket = this.#bucketOf(key);
    bucket.splice(bucket.indexOf(key), 1);
  }

  clear(): void {
    this.#values.clear();
    this.#buckets = emptyBuckets(this.#buckets.length);
  }

  /** Returns the present keys in BusyBox's order. */
  keys(): ByteText[] {
    return this.#buckets.flatMap((bucket) => bucket.toReversed());
  }

  #place(key: ByteText): void {
    if (this.#values.size / this.#buckets.length >= fullest && this.#size < sizes.length - 1) this.#grow();
    this.#bucketOf(key).push(key);
  }

  #grow(): void {
    const keys = this.keys();
    this.#buckets = emptyBuckets(sizes[++this.#size] as number);
    for (const key of keys) this.#bucketOf(key).push(key);
  }

  #bucketOf(key: ByteText): ByteText[] {
    return this.#buckets[hashOf(key) % this.#buckets.length] as ByteText[];
  }
}

function emptyBuckets(size: number): ByteText[][] {
  return Array.from({ length: size }, () => []);
}

function hashOf(key: ByteText): number {
  let hash = 0;
  for (let at = 0; at < key.length; at++) {
    hash = (Math.imul(hash, 63) + key.charCodeAt(at)) >>> 0;
  }
  return hash;
}
