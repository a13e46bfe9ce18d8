import type { ByteText } from "../../../busybox/byte-text.js";
import type { Call, Handler } from "../engine/command.js";
import { CommandError } from "../engine/command-error.js";
import { isInRange } from "../values/numbers.js";
import { integer } from "./arguments.js";

/** Reads the conditions of `EXPIRE`. */
function readConditions(args: readonly ByteText[]): ReadonlySet<string> {
  const conditions = new Set<string>();
  for (const arg of args) {
    if (!/^(?:nx|xx|gt|lt)$/i.test(arg)) throw new CommandError(`ERR Unsupported option ${arg}`);
    conditions.add(arg.toUpperCase());
  }
  if (conditions.has("NX") && conditions.size > 1) {
    throw new CommandError("ERR NX and XX, GT or LT options at the same time are not compatible");
  }
  if (conditions.has("GT") && conditions.has("LT")) {
    throw new CommandError("ERR GT and LT options at the same time are not compatible");
  }
  return conditions;
}

/** Returns whether conditions allow an expiry in place of the present one. A key without one lives for ever. */
function allows(conditions: ReadonlySet<string>, time: number, before: number | undefined): boolean {
  if (conditions.has("NX") && before !== undefined) return false;
  if (conditions.has("XX") && before === undefined) return false;
  const present = before ?? Number.POSITIVE_INFINITY;
  if (conditions.has("GT") && time <= present) return false;
  return !(conditions.has("LT") && time >= present);
}

function expire(unit: 1n | 1000n, isAbsolute: boolean): Handler {
  return ({ redis, database, args, command }: Call) => {
    const [key = "", text, ...rest] = args;
    const conditions = readConditions(rest);
    const number = integer(text) * unit;
    const at = number + (isAbsolute ? 0n : BigInt(redis.now()));
    if (!isInRange(number) || (at > 0n && !isInRange(at))) {
      throw new CommandError(`ERR invalid expire time in '${command.name}' command`);
    }
    const time = Number(at);
    if (!database.has(key) || !allows(conditions, time, database.expiry(key))) return 0;
    if (time <= redis.now()) database.remove(key);
    else database.expire(key, time);
    return 1;
  };
}

function timeToLive(unit: 1 | 1000, isAbsolute: boolean): Handler {
  return ({ redis, database, args: [key = ""] }) => {
    if (!database.look(key)) return -2;
    const at = database.expiry(key);
    if (at === undefined) return -1;
    const time = isAbsolute ? at : Math.max(0, at - redis.now());
    return Math.floor((time + unit / 2) / unit);
  };
}

export const expiryCommands: Readonly<Record<string, Handler>> = {
  expire: expire(1000n, false),
  pexpire: expire(1n, false),
  expireat: expire(1000n, true),
  pexpireat: expire(1n, true),
  ttl: timeToLive(1000, false),
  pttl: timeToLive(1, false),
  expiretime: timeToLive(1000, true),
  pexpiretime: timeToLive(1, true),
  persist: ({ database, args: [key = ""] }) => (database.expire(key, undefined) ? 1 : 0),
};
