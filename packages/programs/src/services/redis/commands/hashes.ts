import type { ByteText } from "../../../busybox/byte-text.js";
import type { Call, Handler } from "../engine/command.js";
import { CommandError, syntaxError } from "../engine/command-error.js";
import { wrongArity } from "../engine/perform.js";
import { map, ok, pairs, type Reply } from "../protocol/reply.js";
import { isInRange } from "../values/numbers.js";
import { HashValue } from "../values/value.js";
import { float, integer, place } from "./arguments.js";
import { randomItems } from "./random-items.js";
import { sumOf } from "./strings.js";

/** Returns the hash of a key for a change. A new one is not in the database yet. */
function hashOf({ database }: Call, key: ByteText): HashValue {
  return database.find(key, "hash") ?? new HashValue();
}

/** Puts a changed hash in its place, and takes an empty one away. */
function keep({ database }: Call, key: ByteText, hash: HashValue): void {
  if (hash.fields.size === 0) database.remove(key);
  else database.put(key, hash, { keepsExpiry: true });
}

function setFields(call: Call): number {
  const [key = "", ...pairs] = call.args;
  if (pairs.length % 2 === 1) throw new CommandError(wrongArity(call.command));
  const hash = hashOf(call, key);
  let added = 0;
  for (let at = 0; at < pairs.length; at += 2) {
    if (hash.set(pairs[at] as ByteText, pairs[at + 1] as ByteText, call.redis.limits)) added++;
  }
  keep(call, key, hash);
  return added;
}

/** Replaces the text of a field by what is made of it. */
function change(call: Call, made: (before: ByteText | undefined) => string): string {
  const [key = "", field = ""] = call.args;
  const hash = hashOf(call, key);
  const text = made(hash.fields.get(field));
  hash.set(field, text, call.redis.limits);
  keep(call, key, hash);
  return text;
}

function randomFields({ redis, database, args }: Call): Reply {
  const [key = "", number, option] = args;
  const hash = database.read(key, "hash");
  if (number === undefined) return hash?.fields.randomKey(redis.random()) ?? null;
  const wanted = place(number);
  const withValues = option !== undefined;
  if (args.length > 3 || (withValues && option.toUpperCase() !== "WITHVALUES"))
    throw new CommandError(syntaxError);
  const fields = hash?.fields;
  if (!fields) return [];
  const chosen = randomItems(redis, wanted, {
    all: () => fields.keys(),
    size: fields.size,
    random: (at) => fields.randomKey(at) as ByteText,
  });
  return withValues ? pairs(chosen.map((field) => [field, fields.get(field) as ByteText])) : chosen;
}

export const hashCommands: Readonly<Record<string, Handler>> = {
  hset: setFields,
  hmset(call) {
    setFields(call);
    return ok;
  },
  hsetnx(call) {
    const [key = "", field = "", text = ""] = call.args;
    const hash = hashOf(call, key);
    if (hash.fields.has(field)) return 0;
    hash.set(field, text, call.redis.limits);
    keep(call, key, hash);
    return 1;
  },
  hget: ({ database, args: [key = "", field = ""] }) => database.read(key, "hash")?.fields.get(field) ?? null,
  hmget({ database, args: [key = "", ...fields] }) {
    const hash = database.read(key, "hash");
    return fields.map((field) => hash?.fields.get(field) ?? null);
  },
  hgetall: ({ database, args: [key = ""] }) => map([...(database.read(key, "hash")?.fields.entries() ?? [])]),
  hkeys: ({ database, args: [key = ""] }) => [...(database.read(key, "hash")?.fields.keys() ?? [])],
  hvals: ({ database, args: [key = ""] }) =>
    [...(database.read(key, "hash")?.fields.entries() ?? [])].map(([, text]) => text),
  hlen: ({ database, args: [key = ""] }) => database.read(key, "hash")?.fields.size ?? 0,
  hexists: ({ database, args: [key = "", field = ""] }) =>
    database.read(key, "hash")?.fields.has(field) ? 1 : 0,
  hstrlen: ({ database, args: [key = "", field = ""] }) =>
    database.read(key, "hash")?.fields.get(field)?.length ?? 0,
  hdel(call) {
    const [key = "", ...fields] = call.args;
    const hash = hashOf(call, key);
    const removed = fields.filter((field) => hash.fields.delete(field)).length;
    if (removed > 0) keep(call, key, hash);
    return removed;
  },
  hincrby(call) {
    const amount = integer(call.args[2]);
    const sum = change(call, (before) => {
      const next = integer(before ?? "0", "ERR hash value is not an integer") + amount;
      if (!isInRange(next)) throw new CommandError("ERR increment or decrement would overflow");
      return next.toString();
    });
    return BigInt(sum);
  },
  hincrbyfloat(call) {
    const amount = call.args[2] as ByteText;
    if (!Number.isFinite(float(amount))) throw new CommandError("ERR value is NaN or Infinity");
    return change(call, (before) => sumOf(before ?? "0", amount, "ERR hash value is not a float"));
  },
  hrandfield: randomFields,
};
