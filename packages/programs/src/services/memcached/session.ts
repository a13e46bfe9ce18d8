// One client of memcached: the text protocol, from bytes to bytes. The binary protocol and the meta commands are not there.
import type { ByteText } from "../../busybox/byte-text.js";
import { type Settings, Statistics } from "./statistics.js";
import type { Item, Store } from "./store.js";

/** What the clients of a server share. */
export interface Server {
  readonly store: Store;
  readonly settings: Settings;
  readonly statistics: Statistics;
}

const badFormat = "CLIENT_ERROR bad command line format";
const badTime = "CLIENT_ERROR invalid exptime argument";
const longestKey = 250;
/** The longest value, with what memcached keeps beside it. */
const largest = 1_048_576 - 64;
const most = 2n ** 64n;

/** A value that is to come, with what becomes of it. */
interface Coming {
  readonly length: number;
  /** Stores it. Returns the answer. */
  readonly take: (value: ByteText) => string;
  readonly isSilent: boolean;
}

export class Session {
  #rest: ByteText = "";
  #coming: Coming | undefined;
  /** How many bytes are left of a value that is not kept, and the answer that follows them. */
  #swallowed: { left: number; readonly answer: string } | undefined;
  /** Whether the client has quit. */
  isOver = false;

  constructor(readonly server: Server) {}

  /** Takes bytes. Returns those to answer. */
  receive(bytes: ByteText): ByteText {
    const { statistics } = this.server;
    statistics.add("bytes_read", bytes.length);
    this.#rest += bytes;
    let answers = "";
    for (let answer = this.#next(); answer !== undefined; answer = this.#next()) answers += answer;
    statistics.add("bytes_written", answers.length);
    return answers;
  }

  /** Returns the answer to what has come whole; `undefined` when nothing has. */
  #next(): ByteText | undefined {
    if (this.isOver) return undefined;
    if (this.#swallowed) {
      const taken = Math.min(this.#swallowed.left, this.#rest.length);
      this.#rest = this.#rest.slice(taken);
      this.#swallowed.left -= taken;
      if (this.#swallowed.left > 0) return undefined;
      const { answer } = this.#swallowed;
      this.#swallowed = undefined;
      return answer;
    }
    if (this.#coming) {
      const { length, take, isSilent } = this.#coming;
      if (this.#rest.length < length + 2) return undefined;
      this.#coming = undefined;
      const value = this.#rest.slice(0, length);
      const end = this.#rest.slice(length, length + 2);
      if (end !== "\r\n") {
        // The rest of the line is read as a command.
        this.#rest = this.#rest.slice(length);
        return "CLIENT_ERROR bad data chunk\r\n";
      }
      this.#rest = this.#rest.slice(length + 2);
      const answer = take(value);
      return isSilent ? "" : `${answer}\r\n`;
    }
    const end = this.#rest.indexOf("\n");
    if (end < 0) return undefined;
    const line = this.#rest.slice(0, end).replace(/\r$/, "");
    this.#rest = this.#rest.slice(end + 1);
    return this.#command(line.split(" ").filter((word) => word !== ""));
  }

  #command(words: readonly ByteText[]): ByteText {
    const [name = "", ...args] = words;
    const isSilent = args.at(-1) === "noreply";
    const answer = this.#answerTo(name, isSilent ? args.slice(0, -1) : args, isSilent);
    if (answer === undefined) return "";
    return isSilent && !/^(CLIENT_)?ERROR/.test(answer) ? "" : `${answer}\r\n`;
  }

  #answerTo(name: ByteText, args: readonly ByteText[], isSilent: boolean): string | undefined {
    switch (name) {
      case "get":
      case "gets":
        return args.length === 0 ? "ERROR" : this.#get(args, name === "gets");
      case "gat":
      case "gats":
        return this.#getAndTouch(args, name === "gats");
      case "set":
      case "add":
      case "replace":
      case "append":
      case "prepend":
      case "cas":
        return this.#store(name, args, isSilent);
      case "delete":
        return this.#delete(args);
      case "incr":
      case "decr":
        return this.#count(name, args);
      case "touch":
        return this.#touch(args);
      case "flush_all":
        return this.#flush(args);
      case "stats":
        return this.#stats(args);
      case "version":
        return `VERSION ${this.server.settings.version}`;
      case "verbosity":
        if (args.length === 0) return "ERROR";
        if (!/^\d+$/.test(args[0] as string)) return badFormat;
        this.server.settings.verbosity = Number(args[0]);
        return "OK";
      case "cache_memlimit":
        if (!/^\d+$/.test(args[0] ?? "")) return args.length === 0 ? "ERROR" : badFormat;
        this.server.settings.maxBytes = Number(args[0]) * 1_048_576;
        return "OK";
      case "quit":
        this.isOver = true;
        return undefined;
      default:
        return "ERROR";
    }
  }

  #get(keys: readonly ByteText[], isUnique: boolean): string {
    const { store, statistics } = this.server;
    if (keys.some(isTooLong)) return badFormat;
    let answer = "";
    for (const key of keys) {
      const item = store.get(key);
      statistics.add("cmd_get");
      statistics.add(item ? "get_hits" : "get_misses");
      if (item) answer += shown(key, item, isUnique);
    }
    return `${answer}END`;
  }

  #getAndTouch([time, ...keys]: readonly ByteText[], isUnique: boolean): string {
    const { store, statistics } = this.server;
    if (time === undefined) return "ERROR";
    if (!isTime(time)) return badTime;
    if (keys.some(isTooLong)) return badFormat;
    let answer = "";
    for (const key of keys) {
      const item = store.get(key);
      for (const counter of ["cmd_touch", "cmd_get"] as const) statistics.add(counter);
      statistics.add(item ? "touch_hits" : "touch_misses");
      if (!item) continue;
      statistics.add("get_hits");
      item.expires = store.expiry(Number(time));
      answer += shown(key, item, isUnique);
    }
    return `${answer}END`;
  }

  #store(name: string, args: readonly ByteText[], isSilent: boolean): string | undefined {
    const { store, statistics } = this.server;
    const [key = "", flags = "", time = "", size = "", unique] = args;
    if (args.length < (name === "cas" ? 5 : 4)) return "ERROR";
    const length = Number(size);
    const isWrong =
      isTooLong(key) ||
      !/^\d+$/.test(flags) ||
      !isTime(time) ||
      !/^\d{1,10}$/.test(size) ||
      length > 2 ** 31 - 3 ||
      (name === "cas" && !/^\d+$/.test(unique ?? ""));
    if (isWrong) return badFormat;
    if (length + key.length > largest) {
      statistics.add("store_too_large");
      store.delete(key);
      this.#swallowed = { left: length + 2, answer: "SERVER_ERROR object too large for cache\r\n" };
      return undefined;
    }
    const take = (value: ByteText): string => {
      statistics.add("cmd_set");
      const before = store.get(key);
      const set = (text: ByteText): string => {
        store.set(key, text, Number(BigInt(flags) & 0xffff_ffffn), store.expiry(Number(time)));
        return "STORED";
      };
      switch (name) {
        case "add":
          return before ? "NOT_STORED" : set(value);
        case "replace":
          return before ? set(value) : "NOT_STORED";
        case "append":
        case "prepend":
          if (!before) return "NOT_STORED";
          // The flags and the time stay.
          store.set(
            key,
            name === "append" ? before.value + value : value + before.value,
            before.flags,
            before.expires,
          );
          return "STORED";
        case "cas":
          if (!before) {
            statistics.add("cas_misses");
            return "NOT_FOUND";
          }
          if (before.unique !== BigInt(unique as string)) {
            statistics.add("cas_badval");
            return "EXISTS";
          }
          statistics.add("cas_hits");
          return set(value);
        default:
          return set(value);
      }
    };
    this.#coming = { length, take, isSilent };
    return undefined;
  }

  #delete([key, ...more]: readonly ByteText[]): string {
    const { store, statistics } = this.server;
    if (key === undefined) return "ERROR";
    if (more.length > 1 || (more[0] ?? "0") !== "0") {
      return `${badFormat}.  Usage: delete <key> [noreply]`;
    }
    if (isTooLong(key)) return badFormat;
    const isThere = store.get(key) !== undefined;
    statistics.add(isThere ? "delete_hits" : "delete_misses");
    store.delete(key);
    return isThere ? "DELETED" : "NOT_FOUND";
  }

  #count(name: "incr" | "decr", [key, delta]: readonly ByteText[]): string {
    const { store, statistics } = this.server;
    if (key === undefined || delta === undefined) return "ERROR";
    if (isTooLong(key)) return badFormat;
    if (!/^\d+$/.test(delta) || BigInt(delta) >= most) return "CLIENT_ERROR invalid numeric delta argument";
    const item = store.get(key);
    statistics.add(`${name}_${item ? "hits" : "misses"}`);
    if (!item) return "NOT_FOUND";
    const [, digits] = /^\s*(\d{1,20})\s*$/.exec(item.value) ?? [];
    if (digits === undefined || BigInt(digits) >= most) {
      return "CLIENT_ERROR cannot increment or decrement non-numeric value";
    }
    const before = BigInt(digits);
    const by = BigInt(delta);
    const after = name === "incr" ? (before + by) % most : before > by ? before - by : 0n;
    // A number that is shorter is followed by blanks, since it is written over the longer one.
    store.change(item, String(after).padEnd(item.value.length));
    return String(after);
  }

  #touch([key, time]: readonly ByteText[]): string {
    const { store, statistics } = this.server;
    if (key === undefined || time === undefined) return "ERROR";
    if (isTooLong(key)) return badFormat;
    if (!isTime(time)) return badTime;
    const item = store.get(key);
    statistics.add("cmd_touch");
    statistics.add(item ? "touch_hits" : "touch_misses");
    if (!item) return "NOT_FOUND";
    item.expires = store.expiry(Number(time));
    return "TOUCHED";
  }

  #flush([delay]: readonly ByteText[]): string {
    const { store, statistics } = this.server;
    if (delay !== undefined && !isTime(delay)) return badTime;
    statistics.add("cmd_flush");
    store.clear();
    return "OK";
  }

  #stats([what]: readonly ByteText[]): string {
    const { store, settings, statistics } = this.server;
    const ended = (lines: readonly string[]): string => [...lines, "END"].join("\r\n");
    if (what === undefined) return ended(statistics.lines(store, settings));
    if (what === "settings") return ended(Statistics.settings(settings));
    if (/^(items|slabs|sizes|conns|detail)$/.test(what)) return "END";
    if (what !== "reset") return "ERROR";
    statistics.reset();
    return "RESET";
  }
}

function isTooLong(key: ByteText): boolean {
  return key.length > longestKey;
}

function isTime(text: ByteText): boolean {
  return /^-?\d{1,10}$/.test(text) && Math.abs(Number(text)) < 2 ** 31;
}

function shown(key: ByteText, item: Item, isUnique: boolean): string {
  item.fetched = true;
  return `VALUE ${key} ${item.flags} ${item.value.length}${isUnique ? ` ${item.unique}` : ""}\r\n${item.value}\r\n`;
}
