import type { ByteText } from "../../../busybox/byte-text.js";
import { Dictionary } from "../values/dictionary.js";
import type { Value, ValueOf, ValueType } from "../values/value.js";
import { CommandError, wrongType } from "./command-error.js";
import type { Statistics } from "./statistics.js";

interface Entry {
  value: Value;
  /** In milliseconds since 1970. */
  expiresAt: number | undefined;
  usedAt: number;
}

/** What a database asks of its server. */
export interface DatabaseOwner {
  readonly statistics: Statistics;
  /** The time in milliseconds since 1970. It stands still while a command runs. */
  now(): number;
  /** Hears of each change of a key. */
  touched(database: Database, key: ByteText): void;
}

/** The keys of one database. A key that has expired is removed when somebody looks for it. */
export class Database {
  readonly #owner: DatabaseOwner;
  readonly #entries = new Dictionary<Entry>();
  /** The keys with an expiry. */
  readonly #mortal = new Set<ByteText>();

  constructor(owner: DatabaseOwner) {
    this.#owner = owner;
  }

  /** The number of keys. */
  get size(): number {
    for (const key of this.#mortal) this.#living(key);
    return this.#entries.size;
  }

  /** The number of keys with an expiry, and how many milliseconds they have on average. */
  get expiries(): { readonly keys: number; readonly averageTtl: number } {
    const now = this.#owner.now();
    let sum = 0;
    for (const key of this.#mortal) sum += Math.max(0, (this.#entries.get(key)?.expiresAt ?? now) - now);
    const keys = this.#mortal.size;
    return { keys, averageTtl: keys === 0 ? 0 : Math.floor(sum / keys) };
  }

  has(key: ByteText): boolean {
    return this.#living(key) !== undefined;
  }

  /** Returns the value of a key, of whatever type it is. */
  get(key: ByteText): Value | undefined {
    return this.#living(key)?.value;
  }

  /** Returns the value of a key for a change. @throws {CommandError} It is of another type. */
  find<Type extends ValueType>(key: ByteText, type: Type): ValueOf<Type> | undefined {
    const entry = this.#living(key);
    if (!entry) return undefined;
    entry.usedAt = this.#owner.now();
    return typed(entry.value, type);
  }

  /** Returns the value of a key for a reader, and counts whether it was there. @throws {CommandError} */
  read<Type extends ValueType>(key: ByteText, type: Type): ValueOf<Type> | undefined {
    const value = this.look(key);
    return value && typed(value, type);
  }

  /** Returns the value of a key of any type for a reader, and counts whether it was there. */
  look(key: ByteText): Value | undefined {
    const entry = this.#living(key);
    if (!entry) {
      this.#owner.statistics.misses++;
      return undefined;
    }
    this.#owner.statistics.hits++;
    entry.usedAt = this.#owner.now();
    return entry.value;
  }

  /** The seconds since a key was last used. */
  idleSeconds(key: ByteText): number {
    return Math.floor((this.#owner.now() - (this.#entries.get(key)?.usedAt ?? this.#owner.now())) / 1000);
  }

  /** Sets a value. The expiry of the key is removed, unless it is kept. */
  put(key: ByteText, value: Value, options: { readonly keepsExpiry?: boolean } = {}): void {
    const before = this.#living(key);
    const expiresAt = options.keepsExpiry ? before?.expiresAt : undefined;
    if (expiresAt === undefined) this.#mortal.delete(key);
    this.#entries.set(key, { value, expiresAt, usedAt: this.#owner.now() });
    this.changed(key);
  }

  /** Removes a key. Returns whether it was there. */
  remove(key: ByteText): boolean {
    if (!this.#living(key)) return false;
    this.#forget(key);
    return true;
  }

  /** Tells that the value of a key has been changed in its place. */
  changed(key: ByteText): void {
    this.#owner.touched(this, key);
  }

  /** When a key expires, in milliseconds since 1970. */
  expiry(key: ByteText): number | undefined {
    return this.#living(key)?.expiresAt;
  }

  /** Lets a key expire, or lets it live when there is no time. Returns whether there was an expiry before. */
  expire(key: ByteText, at: number | undefined): boolean {
    const entry = this.#living(key);
    if (!entry) return false;
    const was = entry.expiresAt !== undefined;
    entry.expiresAt = at;
    if (at === undefined) this.#mortal.delete(key);
    else this.#mortal.add(key);
    if (was || at !== undefined) this.changed(key);
    return was;
  }

  /** The keys as they lie, for an iteration that goes on while keys change. Some may have expired. */
  live(): IterableIterator<ByteText> {
    return this.#entries.keys();
  }

  /** The keys and their values. */
  *values(): IterableIterator<[ByteText, Value]> {
    for (const key of [...this.#entries.keys()]) {
      const entry = this.#living(key);
      if (entry) yield [key, entry.value];
    }
  }

  randomKey(random: () => number): ByteText | undefined {
    for (;;) {
      const key = this.#entries.randomKey(random());
      if (key === undefined || this.#living(key)) return key;
    }
  }

  clear(): void {
    const keys = [...this.#entries.keys()];
    this.#entries.clear();
    this.#mortal.clear();
    for (const key of keys) this.changed(key);
  }

  #living(key: ByteText): Entry | undefined {
    const entry = this.#entries.get(key);
    if (entry?.expiresAt === undefined || entry.expiresAt >= this.#owner.now()) return entry;
    this.#owner.statistics.expiredKeys++;
    this.#forget(key);
    return undefined;
  }

  #forget(key: ByteText): void {
    this.#entries.delete(key);
    this.#mortal.delete(key);
    this.changed(key);
  }
}

function typed<Type extends ValueType>(value: Value, type: Type): ValueOf<Type> {
  if (value.type !== type) throw new CommandError(wrongType);
  return value as ValueOf<Type>;
}
