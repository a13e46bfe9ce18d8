// The values of keys, by their types. Each knows its encoding, which `OBJECT ENCODING` shows: small values are
// packed, and stay unpacked once they have grown.
import type { ByteText } from "../../../busybox/byte-text.js";
import { Deque } from "./deque.js";
import { Dictionary } from "./dictionary.js";
import { parseInteger } from "./numbers.js";
import { SortedMembers } from "./sorted-members.js";

/** The value of a key. */
export type Value = StringValue | ListValue | HashValue | SetValue | SortedSetValue;
/** The types of values, as `TYPE` names them. */
export type ValueType = Value["type"];
/** The value of a type. */
export type ValueOf<Type extends ValueType> = Extract<Value, { readonly type: Type }>;

/** How large a packed value may be, from the configuration. */
export interface PackingLimits {
  /** The greatest number of entries, and the greatest length of one. */
  readonly hash: readonly [entries: number, length: number];
  readonly set: readonly [entries: number, length: number];
  readonly sortedSet: readonly [entries: number, length: number];
  /** The greatest number of integers in a set of integers. */
  readonly integers: number;
  /** `list-max-listpack-size`: a number of items, or below 0 a size of 4 KiB (-1) to 64 KiB (-5). */
  readonly list: number;
}

/** A string, which is also a number or bits. */
export class StringValue {
  readonly type = "string";

  constructor(
    readonly text: ByteText,
    /** Whether it has been changed in its place: it is then not encoded anew. */
    readonly isRaw = false,
  ) {}

  get encoding(): "int" | "embstr" | "raw" {
    if (this.isRaw) return "raw";
    if (parseInteger(this.text) !== undefined) return "int";
    return this.text.length <= 44 ? "embstr" : "raw";
  }

  copy(): StringValue {
    return this;
  }
}

export class ListValue {
  readonly type = "list";
  readonly items: Deque<ByteText>;
  encoding: "listpack" | "quicklist" = "listpack";
  #bytes = 0;

  constructor(items: Iterable<ByteText> = []) {
    this.items = new Deque(items);
  }

  /** Counts an item that is added, and unpacks the list when it has become too large. */
  grow(item: ByteText, { list }: PackingLimits): void {
    this.#bytes += item.length + 2;
    const isTooLarge =
      list >= 0 ? this.items.length > list : this.#bytes > 4096 * 2 ** (Math.min(-list, 5) - 1);
    if (isTooLarge) this.encoding = "quicklist";
  }

  /** Counts an item that is removed. A list that has become small is packed again. */
  shrink(item: ByteText, { list }: PackingLimits): void {
    this.#bytes -= item.length + 2;
    const half =
      list >= 0 ? this.items.length <= list / 2 : this.#bytes <= 2048 * 2 ** (Math.min(-list, 5) - 1);
    if (half) this.encoding = "listpack";
  }

  copy(): ListValue {
    const copy = new ListValue(this.items);
    copy.encoding = this.encoding;
    copy.#bytes = this.#bytes;
    return copy;
  }
}

export class HashValue {
  readonly type = "hash";
  readonly fields = new Dictionary<ByteText>();
  encoding: "listpack" | "hashtable" = "listpack";

  /** Sets a field. Returns whether it is new. */
  set(field: ByteText, text: ByteText, { hash: [entries, length] }: PackingLimits): boolean {
    const isNew = this.fields.set(field, text);
    if (this.fields.size > entries || field.length > length || text.length > length)
      this.encoding = "hashtable";
    return isNew;
  }

  copy(): HashValue {
    const copy = new HashValue();
    for (const [field, text] of this.fields.entries()) copy.fields.set(field, text);
    copy.encoding = this.encoding;
    return copy;
  }
}

export class SetValue {
  readonly type = "set";
  #members = new Dictionary<true>();
  encoding: "intset" | "listpack" | "hashtable" = "intset";

  get size(): number {
    return this.#members.size;
  }

  has(member: ByteText): boolean {
    return this.#members.has(member);
  }

  /** Returns whether the member is new. */
  add(member: ByteText, { integers, set: [entries, length] }: PackingLimits): boolean {
    if (this.#members.has(member)) return false;
    const isInteger = parseInteger(member) !== undefined;
    if (this.encoding === "intset" && !isInteger) {
      // What was sorted stays sorted, and the new member comes behind it.
      const sorted = [...this.members()];
      this.#members = new Dictionary();
      for (const each of sorted) this.#members.set(each, true);
      this.encoding = "listpack";
    }
    this.#members.set(member, true);
    const isTooLarge = this.size > entries || member.length > length;
    if (this.encoding === "intset" && this.size > integers) this.encoding = "listpack";
    if (this.encoding === "listpack" && isTooLarge) this.encoding = "hashtable";
    return true;
  }

  delete(member: ByteText): boolean {
    return this.#members.delete(member);
  }

  /** The members: a set of integers in their order, another in the order in which they were added. */
  members(): Iterable<ByteText> {
    if (this.encoding !== "intset") return this.#members.keys();
    return [...this.#members.keys()].sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1));
  }

  /** The members as they lie, for an iteration that goes on while the set changes. */
  live(): IterableIterator<ByteText> {
    return this.#members.keys();
  }

  /** @param random a number from 0 to 1, without 1 */
  randomMember(random: number): ByteText | undefined {
    return this.#members.randomKey(random);
  }

  copy(): SetValue {
    const copy = new SetValue();
    for (const member of this.#members.keys()) copy.#members.set(member, true);
    copy.encoding = this.encoding;
    return copy;
  }
}

export class SortedSetValue {
  readonly type = "zset";
  readonly members = new SortedMembers();
  encoding: "listpack" | "skiplist" = "listpack";

  /** Sets the score of a member. Returns whether the member is new. */
  set(member: ByteText, score: number, { sortedSet: [entries, length] }: PackingLimits): boolean {
    const isNew = this.members.set(member, score);
    if (this.members.size > entries || member.length > length) this.encoding = "skiplist";
    return isNew;
  }

  copy(): SortedSetValue {
    const copy = new SortedSetValue();
    for (const { member, score } of this.members.ascending) copy.members.set(member, score);
    copy.encoding = this.encoding;
    return copy;
  }
}
