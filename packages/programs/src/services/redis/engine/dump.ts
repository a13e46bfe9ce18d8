// The file of a server's data, in the format of RDB that Redis 7.4 reads and writes, with values that are not packed.
import { type ByteText, fromBytes, toBytes } from "../../../busybox/byte-text.js";
import { HashValue, ListValue, SetValue, SortedSetValue, StringValue, type Value } from "../values/value.js";
import type { Redis } from "./redis.js";
import { version } from "./version.js";

const magic = "REDIS";
const formatVersion = 11;

/** The bytes that begin a part. */
const parts = {
  auxiliary: 0xfa,
  sizes: 0xfb,
  milliseconds: 0xfc,
  seconds: 0xfd,
  database: 0xfe,
  end: 0xff,
} as const;
/** The types of values. */
const types = { string: 0, list: 1, set: 2, hash: 4, sortedSet: 5 } as const;

/** A file that cannot be read. The message is what the server logs. */
export class BadDump extends Error {}

/** Writes the data of a server as a file. */
export function dumpOf(redis: Redis, usedMemory: number): Uint8Array {
  const writer = new Writer();
  writer.text(`${magic}${String(formatVersion).padStart(4, "0")}`);
  const auxiliary: readonly (readonly [string, string])[] = [
    ["redis-ver", version],
    ["redis-bits", "64"],
    ["ctime", String(Math.floor(redis.now() / 1000))],
    ["used-mem", String(usedMemory)],
    ["aof-base", "0"],
  ];
  for (const [name, value] of auxiliary) {
    writer.byte(parts.auxiliary);
    writer.string(name);
    writer.string(value);
  }
  for (const [number, database] of redis.databases.entries()) {
    if (database.size === 0) continue;
    writer.byte(parts.database);
    writer.length(number);
    writer.byte(parts.sizes);
    writer.length(database.size);
    writer.length(database.expiries.keys);
    for (const [key, value] of database.values()) {
      const expiry = database.expiry(key);
      if (expiry !== undefined) {
        writer.byte(parts.milliseconds);
        writer.number(BigInt(expiry));
      }
      writeEntry(writer, key, value);
    }
  }
  writer.byte(parts.end);
  writer.number(crc64(writer.bytes()));
  return writer.bytes();
}

function writeEntry(writer: Writer, key: ByteText, value: Value): void {
  const begin = (type: number, length?: number): void => {
    writer.byte(type);
    writer.string(key);
    if (length !== undefined) writer.length(length);
  };
  switch (value.type) {
    case "string":
      begin(types.string);
      writer.string(value.text);
      return;
    case "list":
      begin(types.list, value.items.length);
      for (let at = 0; at < value.items.length; at++) writer.string(value.items.at(at) as ByteText);
      return;
    case "set":
      begin(types.set, value.size);
      for (const member of value.members()) writer.string(member);
      return;
    case "hash":
      begin(types.hash, value.fields.size);
      for (const [field, text] of value.fields.entries()) {
        writer.string(field);
        writer.string(text);
      }
      return;
    case "zset":
      begin(types.sortedSet, value.members.size);
      for (const { member, score } of value.members.ascending) {
        writer.string(member);
        writer.double(score);
      }
  }
}

/** What has been read of a file. */
export interface Loaded {
  readonly keys: number;
  /** The keys that had expired in the meantime. */
  readonly expired: number;
  /** What the file tells of itself, such as `redis-ver`. */
  readonly auxiliary: ReadonlyMap<string, string>;
}

/** Reads a file into a server without data. @throws {BadDump} */
export function loadDump(redis: Redis, file: Uint8Array): Loaded {
  const reader = new Reader(file);
  if (reader.text(magic.length) !== magic) throw new BadDump("Wrong signature trying to load DB from file");
  const given = Number(reader.text(4));
  if (!(given >= 1 && given <= 12)) throw new BadDump(`Can't handle RDB format version ${given}`);
  const auxiliary = new Map<string, string>();
  let database = redis.databases[0];
  let expiry: number | undefined;
  let keys = 0;
  let expired = 0;
  for (;;) {
    const part = reader.byte();
    if (part === parts.end) break;
    if (part === parts.auxiliary) {
      auxiliary.set(reader.string(), reader.string());
    } else if (part === parts.database) {
      database = redis.databases[reader.length()];
      if (!database)
        throw new BadDump(
          "FATAL: Data file was created with a Redis server configured to handle more databases",
        );
    } else if (part === parts.sizes) {
      reader.length();
      reader.length();
    } else if (part === parts.milliseconds) expiry = Number(reader.number(8));
    else if (part === parts.seconds) expiry = Number(reader.number(4)) * 1000;
    else {
      const key = reader.string();
      const value = readValue(redis, reader, part);
      if (expiry !== undefined && expiry < redis.now()) expired++;
      else {
        keys++;
        database?.put(key, value);
        if (expiry !== undefined) database?.expire(key, expiry);
      }
      expiry = undefined;
    }
  }
  const sum = reader.number(8);
  if (sum !== 0n && sum !== crc64(file.subarray(0, file.length - 8))) {
    throw new BadDump("Wrong RDB checksum expected: aborting now.");
  }
  return { keys, expired, auxiliary };
}

function readValue({ limits }: Redis, reader: Reader, type: number): Value {
  if (type === types.string) return new StringValue(reader.string());
  if (type === types.list) {
    const list = new ListValue();
    for (let left = reader.length(); left > 0; left--) {
      const item = reader.string();
      list.items.push(item);
      list.grow(item, limits);
    }
    return list;
  }
  if (type === types.set) {
    const set = new SetValue();
    for (let left = reader.length(); left > 0; left--) set.add(reader.string(), limits);
    return set;
  }
  if (type === types.hash) {
    const hash = new HashValue();
    for (let left = reader.length(); left > 0; left--) hash.set(reader.string(), reader.string(), limits);
    return hash;
  }
  if (type === types.sortedSet) {
    const members = new SortedSetValue();
    for (let left = reader.length(); left > 0; left--) members.set(reader.string(), reader.double(), limits);
    return members;
  }
  throw new BadDump(`Unknown RDB encoding type ${type}`);
}

class Writer {
  #buffer = new Uint8Array(1024);
  #length = 0;

  bytes(): Uint8Array {
    return this.#buffer.slice(0, this.#length);
  }

  byte(value: number): void {
    this.#room(1);
    this.#buffer[this.#length++] = value;
  }

  text(text: ByteText): void {
    this.#room(text.length);
    this.#buffer.set(toBytes(text), this.#length);
    this.#length += text.length;
  }

  /** A length: in one byte, two, or five. */
  length(value: number): void {
    if (value < 64) this.byte(value);
    else if (value < 16_384) {
      this.byte(0x40 | (value >> 8));
      this.byte(value & 255);
    } else {
      this.byte(0x80);
      for (const shift of [24, 16, 8, 0]) this.byte((value >>> shift) & 255);
    }
  }

  string(text: ByteText): void {
    this.length(text.length);
    this.text(text);
  }

  /** Eight bytes, the lowest first. */
  number(value: bigint): void {
    for (let at = 0n; at < 8n; at++) this.byte(Number((value >> (at * 8n)) & 255n));
  }

  double(value: number): void {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setFloat64(0, value, true);
    for (const byte of bytes) this.byte(byte);
  }

  #room(bytes: number): void {
    if (this.#length + bytes <= this.#buffer.length) return;
    const larger = new Uint8Array(Math.max(this.#buffer.length * 2, this.#length + bytes));
    larger.set(this.#buffer);
    this.#buffer = larger;
  }
}

class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  byte(): number {
    const byte = this.#bytes[this.#at++];
    if (byte === undefined) throw new BadDump("Unexpected EOF reading RDB file");
    return byte;
  }

  text(length: number): ByteText {
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new BadDump("Unexpected EOF reading RDB file");
    const text = fromBytes(this.#bytes.subarray(this.#at, end));
    this.#at = end;
    return text;
  }

  length(): number {
    const first = this.byte();
    return this.#lengthFrom(first);
  }

  #lengthFrom(first: number): number {
    switch (first >> 6) {
      case 0:
        return first;
      case 1:
        return ((first & 63) << 8) | this.byte();
      case 2: {
        let value = 0;
        for (let left = first === 0x81 ? 8 : 4; left > 0; left--) value = value * 256 + this.byte();
        return value;
      }
    }
    throw new BadDump(`Unknown length encoding ${first & 63} in RDB file`);
  }

  /** A string, which may be a whole number in one, two or four bytes. */
  string(): ByteText {
    const first = this.byte();
    if (first >> 6 !== 3) return this.text(this.#lengthFrom(first));
    const bits = { 0: 8, 1: 16, 2: 32 }[first & 63];
    if (bits === undefined) throw new BadDump(`Unknown RDB string encoding type ${first & 63}`);
    return String(BigInt.asIntN(bits, this.number(bits / 8)));
  }

  number(bytes: number): bigint {
    let value = 0n;
    for (let at = 0; at < bytes; at++) value |= BigInt(this.byte()) << BigInt(at * 8);
    return value;
  }

  double(): number {
    const bytes = Uint8Array.from({ length: 8 }, () => this.byte());
    return new DataView(bytes.buffer).getFloat64(0, true);
  }
}

/** The polynomial of Jones, reflected. */
const polynomial = 0x95ac_9329_ac4b_c9b5n;
let table: BigUint64Array | undefined;

function crc64(bytes: Uint8Array): bigint {
  table ??= BigUint64Array.from({ length: 256 }, (_, byte) => {
    let value = BigInt(byte);
    for (let bit = 0; bit < 8; bit++) value = value & 1n ? (value >> 1n) ^ polynomial : value >> 1n;
    return value;
  });
  let sum = 0n;
  for (const byte of bytes) sum = (table[Number((sum ^ BigInt(byte)) & 255n)] as bigint) ^ (sum >> 8n);
  return sum;
}
