import type { ByteText } from "../../../busybox/byte-text.js";
import type { Call, Handler } from "../engine/command.js";
import { CommandError, syntaxError } from "../engine/command-error.js";
import { globTest } from "../engine/glob.js";
import type { Reply } from "../protocol/reply.js";
import { formatDouble } from "../values/numbers.js";
import { Options, place } from "./arguments.js";

interface ScanOptions {
  readonly cursor: bigint;
  readonly count: number;
  readonly matches: (text: ByteText) => boolean;
  readonly type: string | undefined;
  readonly withoutValues: boolean;
}

const greatestCursor = 2n ** 64n - 1n;

function readCursor(text: ByteText): bigint {
  const cursor = /^\d{1,20}$/.test(text) ? BigInt(text) : undefined;
  if (cursor === undefined || cursor > greatestCursor) throw new CommandError("ERR invalid cursor");
  return cursor;
}

function readOptions(cursor: bigint, args: readonly ByteText[], of: "keys" | "hash" | "other"): ScanOptions {
  const options = new Options(args);
  let count = 10;
  let matches = (_: ByteText): boolean => true;
  let type: string | undefined;
  let withoutValues = false;
  while (options.hasMore) {
    if (options.takes("COUNT", 1)) {
      count = place(options.next());
      if (count < 1) throw new CommandError(syntaxError);
    } else if (options.takes("MATCH", 1)) {
      matches = globTest(options.next());
    } else if (of === "keys" && options.takes("TYPE", 1)) {
      type = options.next().toLowerCase();
    } else if (options.takes("NOVALUES")) {
      if (of !== "hash") throw new CommandError("ERR NOVALUES option can only be used in HSCAN");
      withoutValues = true;
    } else {
      options.refuse();
    }
  }
  return { cursor, count, matches, type, withoutValues };
}

function scan({ redis, database, args: [cursor = "", ...rest] }: Call): Reply {
  const options = readOptions(readCursor(cursor), rest, "keys");
  const next = redis.scans.take(options.cursor, database, () => database.live(), options.count);
  const found = next.items.filter(
    (key) =>
      options.matches(key) &&
      database.has(key) &&
      (options.type === undefined || database.get(key)?.type === options.type),
  );
  return [next.cursor.toString(), found];
}

/** A collection as a scan sees it. */
interface Collection {
  /** What is iterated over, to tell iterations apart. */
  readonly value: object;
  /** Whether it is small, so that one call returns all of it. */
  readonly isPacked: boolean;
  /** The items of a small collection in their order. */
  readonly all: () => Iterable<ByteText>;
  /** The items for an iteration that goes on while they change. */
  readonly live: () => Iterator<ByteText>;
  /** What an item is shown as. Returns `undefined` for an item that has gone. */
  readonly show: (item: ByteText) => readonly Reply[] | undefined;
}

function scanOf(
  of: "hash" | "other",
  collection: (call: Call, key: ByteText) => Collection | undefined,
): Handler {
  return (call) => {
    const [key = "", cursor = "", ...rest] = call.args;
    const from = readCursor(cursor);
    const found = collection(call, key);
    if (!found) return ["0", []];
    const options = readOptions(from, rest, of);
    const next = found.isPacked
      ? { cursor: 0n, items: [...found.all()] }
      : call.redis.scans.take(options.cursor, found.value, found.live, options.count);
    const shown = next.items
      .filter(options.matches)
      .flatMap((item) => (options.withoutValues ? [item] : (found.show(item) ?? [])));
    return [next.cursor.toString(), shown];
  };
}

export const scanCommands: Readonly<Record<string, Handler>> = {
  scan,
  hscan: scanOf("hash", ({ database }, key) => {
    const value = database.read(key, "hash");
    if (!value) return undefined;
    const { fields } = value;
    return {
      value,
      isPacked: value.encoding === "listpack",
      all: () => fields.keys(),
      live: () => fields.keys(),
      show: (field) => {
        const text = fields.get(field);
        return text === undefined ? undefined : [field, text];
      },
    };
  }),
  sscan: scanOf("other", ({ database }, key) => {
    const value = database.read(key, "set");
    if (!value) return undefined;
    return {
      value,
      isPacked: value.encoding !== "hashtable",
      all: () => value.members(),
      live: () => value.live(),
      show: (member) => (value.has(member) ? [member] : undefined),
    };
  }),
  zscan: scanOf("other", ({ database }, key) => {
    const value = database.read(key, "zset");
    if (!value) return undefined;
    const { members } = value;
    return {
      value,
      isPacked: value.encoding === "listpack",
      all: () => members.ascending.map(({ member }) => member),
      live: () => members.keys(),
      show: (member) => {
        const score = members.score(member);
        return score === undefined ? undefined : [member, formatDouble(score)];
      },
    };
  }),
};
