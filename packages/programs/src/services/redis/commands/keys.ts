import type { ByteText } from "../../../busybox/byte-text.js";
import { Block } from "../engine/block.js";
import type { Call, Handler } from "../engine/command.js";
import { CommandError, noSuchDatabase, noSuchKey, sameObject } from "../engine/command-error.js";
import type { Database } from "../engine/database.js";
import { globTest } from "../engine/glob.js";
import { ok, type Reply, status } from "../protocol/reply.js";
import { integer, Options, place } from "./arguments.js";

function remove({ database, args }: Call): Reply {
  return args.filter((key) => database.remove(key)).length;
}

function rename({ database, args: [from = "", to = ""] }: Call, onlyNew: boolean): boolean {
  const value = database.get(from);
  if (!value) throw new CommandError(noSuchKey);
  if (from === to) return !onlyNew;
  if (onlyNew && database.has(to)) return false;
  const expiresAt = database.expiry(from);
  database.remove(from);
  database.put(to, value);
  if (expiresAt !== undefined) database.expire(to, expiresAt);
  return true;
}

/** Finds a database by its number. */
export function databaseAt({ redis }: Call, text: ByteText | undefined, problem?: string): Database {
  const index = place(text, problem);
  const database = redis.databases[index];
  if (!database || Math.abs(index) > 2 ** 31) throw new CommandError(noSuchDatabase);
  return database;
}

function copy(call: Call): Reply {
  const { database, args } = call;
  const [from = "", to = "", ...rest] = args;
  const options = new Options(rest);
  let target = database;
  let replaces = false;
  while (options.hasMore) {
    if (options.takes("REPLACE")) replaces = true;
    else if (options.takes("DB", 1)) target = databaseAt(call, options.next());
    else options.refuse();
  }
  if (target === database && from === to) throw new CommandError(sameObject);
  const value = database.look(from);
  if (!value || (target.has(to) && !replaces)) return 0;
  target.put(to, value.copy());
  const expiresAt = database.expiry(from);
  if (expiresAt !== undefined) target.expire(to, expiresAt);
  return 1;
}

function move(call: Call): Reply {
  const { database, args } = call;
  const [key = "", index] = args;
  const target = databaseAt(call, index);
  if (target === database) throw new CommandError(sameObject);
  const value = database.get(key);
  if (!value || target.has(key)) return 0;
  const expiresAt = database.expiry(key);
  database.remove(key);
  target.put(key, value);
  if (expiresAt !== undefined) target.expire(key, expiresAt);
  return 1;
}

export const keyCommands: Readonly<Record<string, Handler>> = {
  del: remove,
  unlink: remove,
  exists: ({ database, args }) => args.filter((key) => database.look(key)).length,
  touch: ({ database, args }) => args.filter((key) => database.look(key)).length,
  type: ({ database, args: [key = ""] }) => status(database.get(key)?.type ?? "none"),
  keys({ database, args: [pattern = ""] }) {
    const matches = globTest(pattern);
    return [...database.live()].filter((key) => matches(key) && database.has(key));
  },
  randomkey: ({ redis, database }) => database.randomKey(() => redis.random()) ?? null,
  rename(call) {
    rename(call, false);
    return ok;
  },
  renamenx: (call) => (rename(call, true) ? 1 : 0),
  copy,
  move,
  "object|encoding": ({ database, args: [key = ""] }) => database.get(key)?.encoding ?? null,
  "object|refcount": ({ database, args: [key = ""] }) => {
    const value = database.get(key);
    if (!value) return null;
    // Small integers are shared, and are shown with the greatest number that there is.
    const isShared = value.type === "string" && value.encoding === "int" && isSmall(value.text);
    return isShared ? 2_147_483_647 : 1;
  },
  "object|idletime": ({ database, args: [key = ""] }) =>
    database.get(key) ? database.idleSeconds(key) : null,
  "object|freq": ({ database, args: [key = ""] }) => {
    if (!database.get(key)) return null;
    throw new CommandError(
      "ERR An LFU maxmemory policy is not selected, access frequency not tracked. Please note that when switching " +
        "between policies at runtime LRU and LFU data will take some time to adjust.",
    );
  },
  wait({ args: [replicas, milliseconds] }) {
    const number = integer(replicas);
    const time = integer(milliseconds, "ERR timeout is not an integer or out of range");
    if (time < 0n) throw new CommandError("ERR timeout is negative");
    // There are no replicas, so that nothing but the time ends it.
    return number <= 0n ? 0 : new Block([], Number(time), 0);
  },
};

function isSmall(text: ByteText): boolean {
  const number = Number(text);
  return number >= 0 && number < 10_000;
}
