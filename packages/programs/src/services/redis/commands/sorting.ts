import type { ByteText } from "../../../busybox/byte-text.js";
import type { Call, Handler } from "../engine/command.js";
import { CommandError, wrongType } from "../engine/command-error.js";
import type { Reply } from "../protocol/reply.js";
import { parseDouble } from "../values/numbers.js";
import { ListValue } from "../values/value.js";
import { Options, place } from "./arguments.js";

interface SortOptions {
  isDescending: boolean;
  isAlphabetic: boolean;
  offset: number;
  limit: number;
  by: ByteText | undefined;
  readonly get: ByteText[];
  target: ByteText | undefined;
}

function readOptions(args: readonly ByteText[], mayStore: boolean): SortOptions {
  const options = new Options(args);
  const found: SortOptions = {
    isDescending: false,
    isAlphabetic: false,
    offset: 0,
    limit: -1,
    by: undefined,
    get: [],
    target: undefined,
  };
  while (options.hasMore) {
    if (options.takes("ASC")) found.isDescending = false;
    else if (options.takes("DESC")) found.isDescending = true;
    else if (options.takes("ALPHA")) found.isAlphabetic = true;
    else if (options.takes("LIMIT", 2))
      [found.offset, found.limit] = [place(options.next()), place(options.next())];
    else if (options.takes("BY", 1)) found.by = options.next();
    else if (options.takes("GET", 1)) found.get.push(options.next());
    else if (mayStore && options.takes("STORE", 1)) found.target = options.next();
    else options.refuse();
  }
  return found;
}

function itemsOf(
  { database }: Call,
  key: ByteText,
): { readonly items: readonly ByteText[]; readonly isSet: boolean } {
  const value = database.look(key);
  switch (value?.type) {
    case undefined:
      return { items: [], isSet: false };
    case "list":
      return { items: [...value.items], isSet: false };
    case "set":
      return { items: [...value.members()], isSet: true };
    case "zset":
      return { items: value.members.ascending.map(({ member }) => member), isSet: false };
    default:
      throw new CommandError(wrongType);
  }
}

/** Looks up the key that a pattern such as `weight_*` or `object_*->field` makes of an item. */
function lookUp({ database }: Call, pattern: ByteText, item: ByteText): ByteText | undefined {
  if (pattern === "#") return item;
  const star = pattern.indexOf("*");
  if (star < 0) return undefined;
  const arrow = pattern.indexOf("->", star);
  const hasField = arrow >= 0 && arrow + 2 < pattern.length;
  const name = hasField ? pattern.slice(0, arrow) : pattern;
  const value = database.get(name.slice(0, star) + item + name.slice(star + 1));
  if (hasField) return value?.type === "hash" ? value.fields.get(pattern.slice(arrow + 2)) : undefined;
  return value?.type === "string" ? value.text : undefined;
}

function compare(one: number | ByteText, other: number | ByteText): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function sorted(
  call: Call,
  items: readonly ByteText[],
  { by, isAlphabetic, isDescending }: SortOptions,
): ByteText[] {
  const weighed = items.map((item) => {
    const text = by === undefined ? item : lookUp(call, by, item);
    if (isAlphabetic) return { item, weight: text ?? "" };
    const weight = text === undefined ? 0 : parseDouble(text);
    if (weight === undefined) throw new CommandError("ERR One or more scores can't be converted into double");
    return { item, weight };
  });
  // Items of one weight are in the order of their bytes, unless a pattern gave the weights as texts.
  weighed.sort(
    (a, b) => compare(a.weight, b.weight) || (isAlphabetic && by !== undefined ? 0 : compare(a.item, b.item)),
  );
  if (isDescending) weighed.reverse();
  return weighed.map(({ item }) => item);
}

function sort(mayStore: boolean): Handler {
  return (call): Reply => {
    const [key = "", ...rest] = call.args;
    const options = readOptions(rest, mayStore);
    const { items, isSet } = itemsOf(call, key);
    const isLeft = options.by !== undefined && !options.by.includes("*");
    let ordered: readonly ByteText[];
    if (isLeft && isSet && options.target !== undefined) {
      ordered = sorted(call, items, { ...options, by: undefined, isAlphabetic: true });
    } else if (isLeft) {
      ordered = options.isDescending && !isSet ? [...items].reverse() : items;
    } else {
      ordered = sorted(call, items, options);
    }
    const from = Math.max(0, options.offset);
    const part = ordered.slice(from, options.limit < 0 ? undefined : from + options.limit);
    const { get, target } = options;
    const shown =
      get.length === 0
        ? part
        : part.flatMap((item) => get.map((pattern) => lookUp(call, pattern, item) ?? null));
    if (target === undefined) return shown;
    const list = new ListValue();
    for (const item of shown) {
      list.items.push(item ?? "");
      list.grow(item ?? "", call.redis.limits);
    }
    if (shown.length === 0) call.database.remove(target);
    else call.database.put(target, list);
    return shown.length;
  };
}

export const sortingCommands: Readonly<Record<string, Handler>> = { sort: sort(true), sort_ro: sort(false) };
