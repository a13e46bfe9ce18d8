import type { ByteText } from "../../../busybox/byte-text.js";
import { Block } from "../engine/block.js";
import type { Call, Handler } from "../engine/command.js";
import { CommandError, syntaxError } from "../engine/command-error.js";
import type { Database } from "../engine/database.js";
import { wrongArity } from "../engine/perform.js";
import { double, nullArray, pairs, type Reply } from "../protocol/reply.js";
import type { Scored } from "../values/sorted-members.js";
import { SortedSetValue } from "../values/value.js";
import { count, float, numberedKeys, Options, place, timeout } from "./arguments.js";
import { randomItems } from "./random-items.js";
import { type RangeKind, readRange } from "./sorted-ranges.js";

/** Puts a changed sorted set in its place, and takes an empty one away. */
function keepSorted(database: Database, key: ByteText, set: SortedSetValue): void {
  if (set.members.size === 0) database.remove(key);
  else database.put(key, set, { keepsExpiry: true });
}

/** Shows members, with their scores if they are wanted. */
export function shownMembers(members: readonly Scored[], withScores: boolean): Reply {
  if (!withScores) return members.map(({ member }) => member);
  return pairs(members.map(({ member, score }) => [member, double(score)]));
}

type AddOption = "NX" | "XX" | "GT" | "LT" | "CH" | "INCR";
const addOptions: readonly string[] = ["NX", "XX", "GT", "LT", "CH", "INCR"] satisfies AddOption[];

function checkAddOptions(options: ReadonlySet<string>, members: number): void {
  const has = (option: AddOption): boolean => options.has(option);
  if (has("NX") && has("XX")) {
    throw new CommandError("ERR XX and NX options at the same time are not compatible");
  }
  if ((has("GT") && has("LT")) || (has("NX") && (has("GT") || has("LT")))) {
    throw new CommandError("ERR GT, LT, and/or NX options at the same time are not compatible");
  }
  if (has("INCR") && members > 1) {
    throw new CommandError("ERR INCR option supports a single increment-element pair");
  }
}

function add(call: Call): Reply {
  const [key = "", ...rest] = call.args;
  const first = rest.findIndex((arg) => !addOptions.includes(arg.toUpperCase()));
  const words = first < 0 ? rest : rest.slice(0, first);
  const options = new Set(words.map((word) => word.toUpperCase()));
  const members = rest.slice(words.length);
  if (members.length === 0 || members.length % 2 === 1) throw new CommandError(syntaxError);
  checkAddOptions(options, members.length / 2);
  return addMembers(call, key, options, members);
}

function addMembers(
  { redis, database }: Call,
  key: ByteText,
  options: ReadonlySet<string>,
  members: readonly ByteText[],
): Reply {
  const scores = members.filter((_, at) => at % 2 === 0).map((text) => float(text));
  const set = database.find(key, "zset") ?? new SortedSetValue();
  const isSum = options.has("INCR");
  let added = 0;
  let updated = 0;
  let result: number | undefined;
  for (const [at, given] of scores.entries()) {
    const member = members[at * 2 + 1] as ByteText;
    const before = set.members.score(member);
    const score = isSum && before !== undefined ? before + given : given;
    if (before === undefined ? options.has("XX") : options.has("NX")) continue;
    if (Number.isNaN(score)) throw new CommandError("ERR resulting score is not a number (NaN)");
    if (
      before !== undefined &&
      ((options.has("GT") && score <= before) || (options.has("LT") && score >= before))
    )
      continue;
    if (set.set(member, score, redis.limits)) added++;
    else if (before !== score) updated++;
    result = score;
  }
  if (added + updated > 0) keepSorted(database, key, set);
  if (isSum) return result === undefined ? null : double(result);
  return options.has("CH") ? added + updated : added;
}

function range(kind: RangeKind | undefined, order: "ascending" | "descending" | undefined): Handler {
  return (call) => {
    const [key = "", ...rest] = call.args;
    const { members, withScores } = rangeOf(call, key, rest, kind, order, false);
    return shownMembers(members, withScores);
  };
}

/** Finds the members that `ZRANGE` and its like return. */
function rangeOf(
  { database }: Call,
  key: ByteText,
  [low = "", high = "", ...rest]: readonly ByteText[],
  fixedKind: RangeKind | undefined,
  order: "ascending" | "descending" | undefined,
  isStored: boolean,
): { readonly members: readonly Scored[]; readonly withScores: boolean } {
  const options = new Options(rest);
  let kind = fixedKind;
  let isReverse = order === "descending";
  let withScores = false;
  let [offset, limit] = [0, -1];
  while (options.hasMore) {
    if (!isStored && options.takes("WITHSCORES")) withScores = true;
    else if (options.takes("LIMIT", 2)) [offset, limit] = [place(options.next()), place(options.next())];
    else if (order === undefined && options.takes("REV")) isReverse = true;
    else if (kind === undefined && options.takes("BYLEX")) kind = "LEX";
    else if (kind === undefined && options.takes("BYSCORE")) kind = "SCORE";
    else options.refuse();
  }
  kind ??= "RANK";
  if (limit !== -1 && kind === "RANK") {
    throw new CommandError(
      "ERR syntax error, LIMIT is only supported in combination with either BYSCORE or BYLEX",
    );
  }
  if (withScores && kind === "LEX") {
    throw new CommandError("ERR syntax error, WITHSCORES not supported in combination with BYLEX");
  }
  const isSwapped = isReverse && kind !== "RANK";
  const find = readRange(kind, isSwapped ? high : low, isSwapped ? low : high, isReverse);
  const set = database.read(key, "zset");
  if (!set) return { members: [], withScores };
  const found = set.members.ascending.slice(...find(set.members));
  if (isReverse) found.reverse();
  if (offset < 0) return { members: [], withScores };
  return { members: found.slice(offset, limit < 0 ? undefined : offset + limit), withScores };
}

function rank(isReverse: boolean): Handler {
  return ({ database, args, command }) => {
    const [key = "", member = "", option] = args;
    if (args.length > 3) throw new CommandError(wrongArity(command));
    if (option !== undefined && option.toUpperCase() !== "WITHSCORE") throw new CommandError(syntaxError);
    const members = database.read(key, "zset")?.members;
    const found = members?.rank(member);
    if (!members || found === undefined) return option === undefined ? null : nullArray;
    const place = isReverse ? members.size - 1 - found : found;
    return option === undefined ? place : [place, double(members.score(member) as number)];
  };
}

function countOf(kind: "SCORE" | "LEX"): Handler {
  return ({ database, args: [key = "", low = "", high = ""] }) => {
    const find = readRange(kind, low, high);
    const members = database.read(key, "zset")?.members;
    const [from, to] = members ? find(members) : [0, 0];
    return to - from;
  };
}

function removeRange(kind: RangeKind): Handler {
  return ({ database, args: [key = "", low = "", high = ""] }) => {
    const find = readRange(kind, low, high);
    const set = database.find(key, "zset");
    if (!set) return 0;
    const removed = set.members.ascending.slice(...find(set.members));
    for (const { member } of removed) set.members.delete(member);
    if (removed.length > 0) keepSorted(database, key, set);
    return removed.length;
  };
}

/** Takes members with the lowest or the highest scores. */
function take(
  { database }: Call,
  key: ByteText,
  set: SortedSetValue,
  end: "MIN" | "MAX",
  wanted: number,
): Scored[] {
  const { ascending, size } = set.members;
  const taken =
    end === "MIN" ? ascending.slice(0, wanted) : ascending.slice(Math.max(0, size - wanted)).reverse();
  for (const { member } of taken) set.members.delete(member);
  if (taken.length > 0) keepSorted(database, key, set);
  return taken;
}

function pop(end: "MIN" | "MAX"): Handler {
  return (call) => {
    const [key = "", number, ...others] = call.args;
    if (others.length > 0) throw new CommandError(syntaxError);
    const wanted = number === undefined ? 1 : count(number, 0, "ERR value is out of range, must be positive");
    const set = call.database.find(key, "zset");
    if (!set) return [];
    const taken = take(call, key, set, end, wanted);
    if (number !== undefined) return shownMembers(taken, true);
    return taken.flatMap(({ member, score }) => [member, double(score)]);
  };
}

function blockingPop(end: "MIN" | "MAX"): Handler {
  return (call) => {
    const keys = call.args.slice(0, -1);
    const time = timeout(call.args.at(-1));
    for (const key of keys) {
      const set = call.database.find(key, "zset");
      if (!set) continue;
      const [{ member, score }] = take(call, key, set, end, 1) as [Scored];
      return [key, member, double(score)];
    }
    return new Block(keys, time, nullArray);
  };
}

/** Takes members of the first sorted set that there is, with its name. */
function popOfFirst(
  call: Call,
  args: readonly ByteText[],
): { readonly keys: readonly ByteText[]; readonly reply: Reply | undefined } {
  const { keys, rest } = numberedKeys(args);
  const [word = "", ...others] = rest;
  const end = word.toUpperCase();
  if (end !== "MIN" && end !== "MAX") throw new CommandError(syntaxError);
  const options = new Options(others);
  let wanted: number | undefined;
  while (options.hasMore) {
    if (wanted !== undefined || !options.takes("COUNT", 1)) options.refuse();
    wanted = count(options.next(), 1, "ERR count should be greater than 0");
  }
  for (const key of keys) {
    const set = call.database.find(key, "zset");
    if (!set) continue;
    const taken = take(call, key, set, end, wanted ?? 1);
    return { keys, reply: [key, taken.map(({ member, score }) => [member, double(score)])] };
  }
  return { keys, reply: undefined };
}

function randomMembers({ redis, database, args }: Call): Reply {
  const [key = "", number, option, ...others] = args;
  const members = database.read(key, "zset")?.members;
  const ascending = members?.ascending ?? [];
  const random = (at: number) => (ascending[Math.floor(at * ascending.length)] as Scored).member;
  if (number === undefined) return members ? random(redis.random()) : null;
  const wanted = place(number);
  if (others.length > 0 || (option !== undefined && option.toUpperCase() !== "WITHSCORES")) {
    throw new CommandError(syntaxError);
  }
  if (!members) return [];
  const all = () => ascending.map(({ member }) => member);
  const chosen = randomItems(redis, wanted, { size: members.size, all, random });
  return shownMembers(
    chosen.map((member) => ({ member, score: members.score(member) as number })),
    option !== undefined,
  );
}

export const sortedSetCommands: Readonly<Record<string, Handler>> = {
  zadd: add,
  zincrby: (call) => {
    const [key = "", amount = "", member = ""] = call.args;
    return addMembers(call, key, new Set(["INCR"]), [amount, member]);
  },
  zrem({ database, args: [key = "", ...members] }) {
    const set = database.find(key, "zset");
    if (!set) return 0;
    const removed = members.filter((member) => set.members.delete(member)).length;
    if (removed > 0) keepSorted(database, key, set);
    return removed;
  },
  zcard: ({ database, args: [key = ""] }) => database.read(key, "zset")?.members.size ?? 0,
  zscore({ database, args: [key = "", member = ""] }) {
    const score = database.read(key, "zset")?.members.score(member);
    return score === undefined ? null : double(score);
  },
  zmscore({ database, args: [key = "", ...members] }) {
    const set = database.read(key, "zset");
    return members.map((member) => {
      const score = set?.members.score(member);
      return score === undefined ? null : double(score);
    });
  },
  zrank: rank(false),
  zrevrank: rank(true),
  zrange: range(undefined, undefined),
  zrevrange: range("RANK", "descending"),
  zrangebyscore: range("SCORE", "ascending"),
  zrevrangebyscore: range("SCORE", "descending"),
  zrangebylex: range("LEX", "ascending"),
  zrevrangebylex: range("LEX", "descending"),
  zrangestore(call) {
    const [target = "", key = "", ...rest] = call.args;
    const { members } = rangeOf(call, key, rest, undefined, undefined, true);
    if (members.length === 0) {
      call.database.remove(target);
      return 0;
    }
    const set = new SortedSetValue();
    for (const { member, score } of members) set.set(member, score, call.redis.limits);
    call.database.put(target, set);
    return members.length;
  },
  zcount: countOf("SCORE"),
  zlexcount: countOf("LEX"),
  zremrangebyrank: removeRange("RANK"),
  zremrangebyscore: removeRange("SCORE"),
  zremrangebylex: removeRange("LEX"),
  zpopmin: pop("MIN"),
  zpopmax: pop("MAX"),
  bzpopmin: blockingPop("MIN"),
  bzpopmax: blockingPop("MAX"),
  zmpop: (call) => popOfFirst(call, call.args).reply ?? nullArray,
  bzmpop(call) {
    const [seconds, ...rest] = call.args;
    const time = timeout(seconds);
    const { keys, reply } = popOfFirst(call, rest);
    return reply ?? new Block(keys, time, nullArray);
  },
  zrandmember: randomMembers,
};
