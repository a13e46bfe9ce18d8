import type { ByteText } from "../../../busybox/byte-text.js";
import type { Call, Handler } from "../engine/command.js";
import { CommandError } from "../engine/command-error.js";
import { wrongArity } from "../engine/perform.js";
import { ok, type Reply } from "../protocol/reply.js";
import { parseLongDouble, sumOfLongDoubles } from "../values/long-double.js";
import { isInRange } from "../values/numbers.js";
import { StringValue } from "../values/value.js";
import { enclosed, float, integer, Options, place } from "./arguments.js";
import { type ExpiryUnit, expiryTime } from "./expiry-time.js";

const units: readonly ExpiryUnit[] = ["EX", "PX", "EXAT", "PXAT"];

interface SetOptions {
  condition?: "NX" | "XX";
  returnsOld: boolean;
  keepsExpiry: boolean;
  persists: boolean;
  expiry?: { readonly unit: ExpiryUnit; readonly text: ByteText };
}

/** Reads the options of `SET` and `GETEX`. An option that does not go with those before it is a syntax error. */
function readOptions(args: readonly ByteText[], isSet: boolean): SetOptions {
  const options = new Options(args);
  const found: SetOptions = { returnsOld: false, keepsExpiry: false, persists: false };
  while (options.hasMore) {
    // The same unit may be given again, and the last time holds.
    const unit = units.find(
      (each) =>
        (found.expiry?.unit ?? each) === each &&
        !found.keepsExpiry &&
        !found.persists &&
        options.takes(each, 1),
    );
    if (unit) found.expiry = { unit, text: options.next() };
    else if (isSet && found.condition !== "XX" && options.takes("NX")) found.condition = "NX";
    else if (isSet && found.condition !== "NX" && options.takes("XX")) found.condition = "XX";
    else if (isSet && options.takes("GET")) found.returnsOld = true;
    else if (isSet && !found.expiry && options.takes("KEEPTTL")) found.keepsExpiry = true;
    else if (!isSet && !found.expiry && options.takes("PERSIST")) found.persists = true;
    else options.refuse();
  }
  return found;
}

function textOf({ database }: Call, key: ByteText): ByteText | undefined {
  return database.read(key, "string")?.text;
}

function checkLength({ redis }: Call, length: number): void {
  if (length > redis.settings.number("proto-max-bulk-len")) {
    throw new CommandError("ERR string exceeds maximum allowed size (proto-max-bulk-len)");
  }
}

function set(call: Call): Reply {
  const { database, args } = call;
  const [key = "", text = ""] = args;
  const options = readOptions(args.slice(2), true);
  const expiresAt = options.expiry && expiryTime(call, options.expiry.unit, options.expiry.text);
  const old = options.returnsOld ? (textOf(call, key) ?? null) : undefined;
  const isAllowed = options.condition === undefined || database.has(key) === (options.condition === "XX");
  if (!isAllowed) return old ?? null;
  database.put(key, new StringValue(text), { keepsExpiry: options.keepsExpiry });
  if (expiresAt !== undefined) database.expire(key, expiresAt);
  return old === undefined ? ok : old;
}

function setWithExpiry(unit: ExpiryUnit): Handler {
  return (call) => {
    const [key = "", time = "", text = ""] = call.args;
    const expiresAt = expiryTime(call, unit, time);
    call.database.put(key, new StringValue(text));
    call.database.expire(key, expiresAt);
    return ok;
  };
}

function setAll(onlyNew: boolean): Handler {
  return ({ database, args, command }) => {
    if (args.length % 2 === 1) throw new CommandError(wrongArity(command));
    const keys = args.filter((_, at) => at % 2 === 0);
    if (onlyNew && keys.some((key) => database.has(key))) return 0;
    for (const [at, key] of keys.entries()) database.put(key, new StringValue(args[at * 2 + 1] as ByteText));
    return onlyNew ? 1 : ok;
  };
}

function addTo({ database, args: [key = ""] }: Call, amount: bigint): Reply {
  const before = database.find(key, "string");
  const sum = integer(before?.text ?? "0") + amount;
  if (!isInRange(sum)) throw new CommandError("ERR increment or decrement would overflow");
  database.put(key, new StringValue(sum.toString()), { keepsExpiry: true });
  return sum;
}

/** Adds a number with a fraction. @throws {CommandError} */
export function sumOf(text: ByteText, amount: ByteText, problem?: string): string {
  const [one, other] = [parseLongDouble(text), parseLongDouble(amount)];
  if (one && other) return sumOfLongDoubles(one, other);
  // What is no finite number is infinite, or no number at all.
  if (!one) float(text, problem);
  if (!other) float(amount);
  throw new CommandError("ERR increment would produce NaN or Infinity");
}

export const stringCommands: Readonly<Record<string, Handler>> = {
  get: (call) => textOf(call, call.args[0] as ByteText) ?? null,
  set,
  setnx({ database, args: [key = "", text = ""] }) {
    if (database.has(key)) return 0;
    database.put(key, new StringValue(text));
    return 1;
  },
  setex: setWithExpiry("EX"),
  psetex: setWithExpiry("PX"),
  getset(call) {
    const [key = "", text = ""] = call.args;
    const old = textOf(call, key) ?? null;
    call.database.put(key, new StringValue(text));
    return old;
  },
  getdel(call) {
    const [key = ""] = call.args;
    const text = textOf(call, key);
    call.database.remove(key);
    return text ?? null;
  },
  getex(call) {
    const [key = "", ...rest] = call.args;
    const { expiry, persists } = readOptions(rest, false);
    const text = textOf(call, key);
    if (text === undefined) return null;
    const expiresAt = expiry && expiryTime(call, expiry.unit, expiry.text);
    if (expiresAt !== undefined && expiresAt <= call.redis.now()) call.database.remove(key);
    else if (expiresAt !== undefined || persists) call.database.expire(key, expiresAt);
    return text;
  },
  mget: ({ database, args }) =>
    args.map((key) => {
      const value = database.look(key);
      return value?.type === "string" ? value.text : null;
    }),
  mset: setAll(false),
  msetnx: setAll(true),
  incr: (call) => addTo(call, 1n),
  decr: (call) => addTo(call, -1n),
  incrby: (call) => addTo(call, integer(call.args[1])),
  decrby(call) {
    const amount = integer(call.args[1]);
    if (!isInRange(-amount)) throw new CommandError("ERR decrement would overflow");
    return addTo(call, -amount);
  },
  incrbyfloat({ database, args: [key = "", amount = ""] }) {
    const sum = sumOf(database.find(key, "string")?.text ?? "0", amount);
    database.put(key, new StringValue(sum), { keepsExpiry: true });
    return sum;
  },
  append(call) {
    const { database, args } = call;
    const [key = "", more = ""] = args;
    const before = database.find(key, "string");
    const text = (before?.text ?? "") + more;
    checkLength(call, text.length);
    database.put(key, new StringValue(text, before !== undefined), { keepsExpiry: true });
    return text.length;
  },
  strlen: (call) => textOf(call, call.args[0] as ByteText)?.length ?? 0,
  getrange,
  substr: getrange,
  setrange(call) {
    const { database, args } = call;
    const [key = "", at = "", part = ""] = args;
    const offset = place(at);
    if (offset < 0) throw new CommandError("ERR offset is out of range");
    const before = database.find(key, "string")?.text ?? "";
    if (part === "") return before.length;
    checkLength(call, offset + part.length);
    const text = before.slice(0, offset).padEnd(offset, "\0") + part + before.slice(offset + part.length);
    database.put(key, new StringValue(text, true), { keepsExpiry: true });
    return text.length;
  },
};

function getrange(call: Call): Reply {
  const [key = "", start, end] = call.args;
  const [first, last] = [place(start), place(end)];
  const text = textOf(call, key) ?? "";
  if (first < 0 && last < 0 && first > last) return "";
  // An end before the first byte counts as the first byte.
  return text.slice(...enclosed(text.length, first, last < 0 ? Math.max(-text.length, last) : last));
}
