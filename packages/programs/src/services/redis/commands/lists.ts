import type { ByteText } from "../../../busybox/byte-text.js";
import { Block } from "../engine/block.js";
import type { Call, Handler } from "../engine/command.js";
import { CommandError, indexOutOfRange, noSuchKey, syntaxError } from "../engine/command-error.js";
import type { Database } from "../engine/database.js";
import { wrongArity } from "../engine/perform.js";
import { nullArray, ok, type Reply } from "../protocol/reply.js";
import { ListValue, type PackingLimits } from "../values/value.js";
import { count, enclosed, numberedKeys, Options, place, timeout } from "./arguments.js";

/** The ends of a list: LEFT is the beginning. */
type End = "LEFT" | "RIGHT";

function push(list: ListValue, end: End, item: ByteText, limits: PackingLimits): void {
  if (end === "LEFT") list.items.unshift(item);
  else list.items.push(item);
  list.grow(item, limits);
}

function pop(list: ListValue, end: End, limits: PackingLimits): ByteText {
  const item = (end === "LEFT" ? list.items.shift() : list.items.pop()) as ByteText;
  list.shrink(item, limits);
  return item;
}

/** Puts a changed list in its place, and takes an empty one away. */
function keep(database: Database, key: ByteText, list: ListValue): void {
  if (list.items.length === 0) database.remove(key);
  else database.put(key, list, { keepsExpiry: true });
}

/** Replaces the items of a list. */
function rebuild({ redis, database }: Call, key: ByteText, items: Iterable<ByteText>): void {
  const list = new ListValue();
  for (const item of items) push(list, "RIGHT", item, redis.limits);
  keep(database, key, list);
}

function pushAll(end: End, onlyExisting: boolean): Handler {
  return ({ redis, database, args: [key = "", ...items] }) => {
    const list = database.find(key, "list");
    if (!list && onlyExisting) return 0;
    const target = list ?? new ListValue();
    for (const item of items) push(target, end, item, redis.limits);
    keep(database, key, target);
    return target.items.length;
  };
}

/** Takes up to `wanted` items from an end. */
function take(
  { redis, database }: Call,
  key: ByteText,
  list: ListValue,
  end: End,
  wanted: number,
): ByteText[] {
  const items: ByteText[] = [];
  while (items.length < wanted && list.items.length > 0) items.push(pop(list, end, redis.limits));
  if (items.length > 0) keep(database, key, list);
  return items;
}

function popSome(end: End): Handler {
  return (call) => {
    const [key = "", number, ...others] = call.args;
    if (others.length > 0) throw new CommandError(wrongArity(call.command));
    const wanted = number === undefined ? 1 : count(number, 0, "ERR value is out of range, must be positive");
    const list = call.database.find(key, "list");
    if (!list) return number === undefined ? null : nullArray;
    const items = take(call, key, list, end, wanted);
    return number === undefined ? (items[0] as ByteText) : items;
  };
}

function readEnd(word: ByteText | undefined): End {
  const end = word?.toUpperCase();
  if (end !== "LEFT" && end !== "RIGHT") throw new CommandError(syntaxError);
  return end;
}

/** Moves an item from an end of one list to an end of another. Returns `undefined` when there is no item. */
function moveItem(
  call: Call,
  [from, to]: readonly [ByteText, ByteText],
  source: End,
  target: End,
): Reply | undefined {
  const { redis, database } = call;
  const list = database.find(from, "list");
  if (!list) return undefined;
  const other = from === to ? list : (database.find(to, "list") ?? new ListValue());
  const item = pop(list, source, redis.limits);
  push(other, target, item, redis.limits);
  if (from !== to) keep(database, from, list);
  keep(database, to, other);
  return item;
}

function blockingPop(end: End): Handler {
  return (call) => {
    const keys = call.args.slice(0, -1);
    const time = timeout(call.args.at(-1));
    for (const key of keys) {
      const list = call.database.find(key, "list");
      if (list) return [key, ...take(call, key, list, end, 1)];
    }
    return new Block(keys, time, nullArray);
  };
}

/** Takes items of the first list that there is, with its name. */
function popOfFirst(
  call: Call,
  args: readonly ByteText[],
): { readonly keys: readonly ByteText[]; readonly reply: Reply | undefined } {
  const { keys, rest } = numberedKeys(args);
  const [word, ...others] = rest;
  const end = readEnd(word);
  const options = new Options(others);
  let wanted: number | undefined;
  while (options.hasMore) {
    if (wanted === undefined && options.takes("COUNT", 1)) {
      wanted = count(options.next(), 1, "ERR count should be greater than 0");
    } else {
      options.refuse();
    }
  }
  for (const key of keys) {
    const list = call.database.find(key, "list");
    if (list) return { keys, reply: [key, take(call, key, list, end, wanted ?? 1)] };
  }
  return { keys, reply: undefined };
}

function positions({ database, args: [key = "", wanted = "", ...rest] }: Call): Reply {
  const options = new Options(rest);
  let rank = 1;
  let number: number | undefined;
  let most = 0;
  while (options.hasMore) {
    if (options.takes("RANK", 1)) {
      rank = place(options.next());
      if (rank === 0) {
        throw new CommandError(
          "ERR RANK can't be zero: use 1 to start from the first match, 2 from the second ... " +
            "or use negative to start from the end of the list",
        );
      }
    } else if (options.takes("COUNT", 1)) {
      number = count(options.next(), 0, "ERR COUNT can't be negative");
    } else if (options.takes("MAXLEN", 1)) {
      most = count(options.next(), 0, "ERR MAXLEN can't be negative");
    } else {
      options.refuse();
    }
  }
  const list = database.read(key, "list");
  const length = list?.items.length ?? 0;
  const found: number[] = [];
  let toSkip = Math.abs(rank) - 1;
  const limit = most === 0 ? length : Math.min(most, length);
  for (let step = 0; step < limit; step++) {
    const at = rank > 0 ? step : length - 1 - step;
    if (list?.items.at(at) !== wanted || toSkip-- > 0) continue;
    found.push(at);
    if (number === undefined || found.length === number) break;
  }
  return number === undefined ? (found[0] ?? null) : found;
}

export const listCommands: Readonly<Record<string, Handler>> = {
  lpush: pushAll("LEFT", false),
  rpush: pushAll("RIGHT", false),
  lpushx: pushAll("LEFT", true),
  rpushx: pushAll("RIGHT", true),
  lpop: popSome("LEFT"),
  rpop: popSome("RIGHT"),
  llen: ({ database, args: [key = ""] }) => database.read(key, "list")?.items.length ?? 0,
  lrange({ database, args: [key = "", start, end] }) {
    const [first, last] = [place(start), place(end)];
    const items = database.read(key, "list")?.items;
    return items ? items.slice(...enclosed(items.length, first, last)) : [];
  },
  lindex({ database, args: [key = "", text] }) {
    const items = database.read(key, "list")?.items;
    if (!items) return null;
    const index = place(text);
    return items.at(index < 0 ? items.length + index : index) ?? null;
  },
  lset({ redis, database, args: [key = "", text, item = ""] }) {
    const list = database.find(key, "list");
    if (!list) throw new CommandError(noSuchKey);
    const index = place(text);
    const at = index < 0 ? list.items.length + index : index;
    const before = list.items.at(at);
    if (before === undefined) throw new CommandError(indexOutOfRange);
    list.items.set(at, item);
    list.shrink(before, redis.limits);
    list.grow(item, redis.limits);
    database.changed(key);
    return ok;
  },
  linsert({ redis, database, args: [key = "", where = "", pivot, item = ""] }) {
    const isAfter = where.toUpperCase() === "AFTER";
    if (!isAfter && where.toUpperCase() !== "BEFORE") throw new CommandError(syntaxError);
    const list = database.find(key, "list");
    if (!list) return 0;
    const at = [...list.items].indexOf(pivot as ByteText);
    if (at < 0) return -1;
    list.items.insert(isAfter ? at + 1 : at, item);
    list.grow(item, redis.limits);
    database.changed(key);
    return list.items.length;
  },
  lrem(call) {
    const [key = "", number, item] = call.args;
    const wanted = place(number);
    const list = call.database.find(key, "list");
    if (!list) return 0;
    const items = [...list.items];
    if (wanted < 0) items.reverse();
    let left = wanted === 0 ? items.length : Math.abs(wanted);
    const kept = items.filter((each) => each !== item || left-- <= 0);
    const removed = items.length - kept.length;
    if (removed > 0) rebuild(call, key, wanted < 0 ? kept.reverse() : kept);
    return removed;
  },
  ltrim(call) {
    const [key = "", start, end] = call.args;
    const [first, last] = [place(start), place(end)];
    const list = call.database.find(key, "list");
    if (!list) return ok;
    const { items } = list;
    rebuild(call, key, items.slice(...enclosed(items.length, first, last)));
    return ok;
  },
  lpos: positions,
  rpoplpush: (call) => moveItem(call, keysOf(call), "RIGHT", "LEFT") ?? null,
  lmove: (call) => moveItem(call, keysOf(call), readEnd(call.args[2]), readEnd(call.args[3])) ?? null,
  lmpop: (call) => popOfFirst(call, call.args).reply ?? nullArray,
  blpop: blockingPop("LEFT"),
  brpop: blockingPop("RIGHT"),
  brpoplpush(call) {
    const time = timeout(call.args[2]);
    const [from, to] = keysOf(call);
    return moveItem(call, [from, to], "RIGHT", "LEFT") ?? new Block([from], time, nullArray, null);
  },
  blmove(call) {
    const [source, target] = [readEnd(call.args[2]), readEnd(call.args[3])];
    const time = timeout(call.args[4]);
    const [from, to] = keysOf(call);
    return moveItem(call, [from, to], source, target) ?? new Block([from], time, nullArray, null);
  },
  blmpop(call) {
    const [seconds, ...rest] = call.args;
    const time = timeout(seconds);
    const { keys, reply } = popOfFirst(call, rest);
    return reply ?? new Block(keys, time, nullArray);
  },
};

function keysOf({ args: [from = "", to = ""] }: Call): readonly [ByteText, ByteText] {
  return [from, to];
}
