import type { ByteText } from "../../../busybox/byte-text.js";
import type { Call, Handler } from "../engine/command.js";
import { CommandError, syntaxError } from "../engine/command-error.js";
import type { Database } from "../engine/database.js";
import { type Reply, setReply } from "../protocol/reply.js";
import { SetValue } from "../values/value.js";
import { count, numberedKeys, Options, place } from "./arguments.js";
import { randomItems } from "./random-items.js";

/** Puts a changed set in its place, and takes an empty one away. */
function keep(database: Database, key: ByteText, set: SetValue): void {
  if (set.size === 0) database.remove(key);
  else database.put(key, set, { keepsExpiry: true });
}

type Combination = (sets: readonly (SetValue | undefined)[]) => ByteText[];

function union(sets: readonly (SetValue | undefined)[]): ByteText[] {
  return [...new Set(sets.flatMap((set) => [...(set?.members() ?? [])]))];
}

function intersection(sets: readonly (SetValue | undefined)[]): ByteText[] {
  if (sets.includes(undefined)) return [];
  // The smallest set says in which order.
  const [smallest, ...others] = [...(sets as readonly SetValue[])].sort((a, b) => a.size - b.size);
  return [...(smallest as SetValue).members()].filter((member) => others.every((set) => set.has(member)));
}

function difference([first, ...others]: readonly (SetValue | undefined)[]): ByteText[] {
  return [...(first?.members() ?? [])].filter((member) => !others.some((set) => set?.has(member)));
}

function combined({ redis, database }: Call, keys: readonly ByteText[], combine: Combination): SetValue {
  const result = new SetValue();
  for (const member of combine(keys.map((key) => database.read(key, "set"))))
    result.add(member, redis.limits);
  return result;
}

function shown(combine: Combination): Handler {
  return (call) => setReply([...combined(call, call.args, combine).members()]);
}

function stored(combine: Combination): Handler {
  return (call) => {
    const [target = "", ...keys] = call.args;
    const result = combined(call, keys, combine);
    if (result.size === 0) call.database.remove(target);
    else call.database.put(target, result);
    return result.size;
  };
}

function pop({ redis, database, args }: Call): Reply {
  const [key = "", number] = args;
  if (args.length > 2) throw new CommandError(syntaxError);
  const wanted = number === undefined ? 1 : count(number, 0, "ERR value is out of range, must be positive");
  const set = database.find(key, "set");
  if (!set) return number === undefined ? null : setReply([]);
  const taken: ByteText[] = wanted >= set.size ? [...set.members()] : [];
  if (taken.length === 0) {
    while (taken.length < wanted) {
      const member = set.randomMember(redis.random()) as ByteText;
      set.delete(member);
      taken.push(member);
    }
    if (wanted > 0) keep(database, key, set);
  } else {
    database.remove(key);
  }
  return number === undefined ? (taken[0] as ByteText) : setReply(taken);
}

export const setCommands: Readonly<Record<string, Handler>> = {
  sadd({ redis, database, args: [key = "", ...members] }) {
    const set = database.find(key, "set") ?? new SetValue();
    const added = members.filter((member) => set.add(member, redis.limits)).length;
    if (added > 0) keep(database, key, set);
    return added;
  },
  srem({ database, args: [key = "", ...members] }) {
    const set = database.find(key, "set");
    if (!set) return 0;
    const removed = members.filter((member) => set.delete(member)).length;
    if (removed > 0) keep(database, key, set);
    return removed;
  },
  scard: ({ database, args: [key = ""] }) => database.read(key, "set")?.size ?? 0,
  smembers: ({ database, args: [key = ""] }) => setReply([...(database.read(key, "set")?.members() ?? [])]),
  sismember: ({ database, args: [key = "", member = ""] }) =>
    database.read(key, "set")?.has(member) ? 1 : 0,
  smismember({ database, args: [key = "", ...members] }) {
    const set = database.read(key, "set");
    return members.map((member) => (set?.has(member) ? 1 : 0));
  },
  smove({ redis, database, args: [from = "", to = "", member = ""] }) {
    const source = database.find(from, "set");
    const target = database.find(to, "set") ?? new SetValue();
    if (!source?.has(member)) return 0;
    if (from === to) return 1;
    source.delete(member);
    keep(database, from, source);
    target.add(member, redis.limits);
    keep(database, to, target);
    return 1;
  },
  spop: pop,
  srandmember({ redis, database, args }) {
    const [key = "", number] = args;
    if (args.length > 2) throw new CommandError(syntaxError);
    const set = database.read(key, "set");
    if (number === undefined) return set?.randomMember(redis.random()) ?? null;
    const wanted = place(number);
    if (!set) return [];
    return randomItems(redis, wanted, {
      size: set.size,
      all: () => set.members(),
      random: (at) => set.randomMember(at) as ByteText,
    });
  },
  sunion: shown(union),
  sinter: shown(intersection),
  sdiff: shown(difference),
  sunionstore: stored(union),
  sinterstore: stored(intersection),
  sdiffstore: stored(difference),
  sintercard(call) {
    const { keys, rest } = numberedKeys(call.args, "ERR Number of keys can't be greater than number of args");
    const options = new Options(rest);
    let limit = 0;
    while (options.hasMore) {
      if (options.takes("LIMIT", 1)) limit = count(options.next(), 0, "ERR LIMIT can't be negative");
      else options.refuse();
    }
    const { size } = combined(call, keys, intersection);
    return limit === 0 ? size : Math.min(limit, size);
  },
};
