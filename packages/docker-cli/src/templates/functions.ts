// The functions of templates: those of Go's text/template, and docker's own.
import { byBytes, encodeJson } from "./json.js";
import { printed, sprint, sprintf, sprintln } from "./print.js";
import {
  anyType,
  bool,
  type GoType,
  int,
  intType,
  isNil,
  isTrue,
  string,
  stringSliceType,
  stringType,
  unwrapped,
  type Value,
  zeroOf,
} from "./types.js";

/** A function of templates. */
export interface GoFunction {
  /** The types of its arguments. */
  readonly parameters: readonly GoType[];
  /** The type of any number of further arguments. */
  readonly variadic?: GoType;
  /** Of `and` and `or`: the truth of an argument at which they stop. */
  readonly stopsAt?: { readonly truth: boolean };
  /** @throws {CallError} */
  call(values: readonly (Value | undefined)[]): Value | undefined;
}

/** The error of a function. Its message is Go's. */
export class CallError extends Error {
  override readonly name = "CallError";
  constructor(
    message: string,
    /** What newer releases of Go add. */
    readonly detail = "",
  ) {
    super(message);
  }
}

type Values = readonly (Value | undefined)[];
const textOf = (value: Value | undefined): string => String(value?.value ?? "");

/** What pointers and interfaces lead to. */
function dereferenced(given: Value | undefined): Value | undefined {
  let value = unwrapped(given);
  while (value?.type.kind === "pointer") {
    if (isNil(value.value)) return value;
    value = unwrapped({ type: value.type.to, value: value.value });
  }
  return value;
}

/** One text of several values, as html, js and urlquery take them. */
function joinedText(values: Values): string {
  const only = values.length === 1 ? unwrapped(values[0]) : undefined;
  if (only?.type.kind === "string") return only.value as string;
  return sprint(values.map((value) => dereferenced(value)));
}

type Basic = "bool" | "string" | "int" | "uint" | "float";

function basicKind(value: Value | undefined): Basic | undefined {
  const kind = value?.type.kind;
  return kind === "bool" || kind === "string" || kind === "int" || kind === "uint" || kind === "float"
    ? kind
    : undefined;
}

function isEqual(one: Value | undefined, other: Value | undefined): boolean {
  const [a, b] = [unwrapped(one), unwrapped(other)];
  const [kindA, kindB] = [basicKind(a), basicKind(b)];
  if (a && !kindA && !isComparable(a)) {
    throw new CallError(`non-comparable type ${printed(a)}: ${a.type.name}`);
  }
  if (kindA !== kindB) {
    const whole = (kind: Basic | undefined) => kind === "int" || kind === "uint";
    if (whole(kindA) && whole(kindB)) return a!.value === b!.value;
    if (a && b) throw incompatible(a, b);
    return false;
  }
  if (!a || !b) return a === b;
  if (b && !kindB && !isComparable(b)) {
    throw new CallError(`non-comparable type ${printed(b)}: ${b.type.name}`);
  }
  return a.value === b.value;
}

function isComparable({ type }: Value): boolean {
  return type.kind === "textual" ? type.isStruct : ["pointer", "struct", "time"].includes(type.kind);
}

function isLess(one: Value | undefined, other: Value | undefined): boolean {
  const [a, b] = [unwrapped(one), unwrapped(other)];
  const [kindA, kindB] = [basicKind(a), basicKind(b)];
  if (!kindA || !kindB) throw new CallError("invalid type for comparison");
  const whole = (kind: Basic) => kind === "int" || kind === "uint";
  if (kindA !== kindB && !(whole(kindA) && whole(kindB))) {
    throw incompatible(a!, b!);
  }
  if (kindA === "bool") throw new CallError("invalid type for comparison");
  return (a!.value as number) < (b!.value as number);
}

function incompatible(a: Value, b: Value): CallError {
  return new CallError("incompatible types for comparison", `: ${a.type.name} and ${b.type.name}`);
}

function comparison(compare: (a: Value | undefined, b: Value | undefined) => boolean): GoFunction {
  return { parameters: [anyType, anyType], call: ([a, b]) => bool(compare(a, b)) };
}

function indexOf(index: Value | undefined, length: number, limit: number): number {
  const value = unwrapped(index);
  if (!value) throw new CallError("cannot index slice/array with nil");
  if (value.type.kind !== "int" && value.type.kind !== "uint") {
    throw new CallError(`cannot index slice/array with type ${value.type.name}`);
  }
  const at = value.value as number;
  if (at < 0 || at >= limit) throw new CallError(`index out of range: ${at}`);
  return Math.min(at, length);
}

function indexed([item, ...indexes]: Values): Value | undefined {
  let value = unwrapped(item);
  if (!value) throw new CallError("index of untyped nil");
  for (const index of indexes) {
    value = dereferenced(value);
    if (!value || (value.type.kind === "pointer" && isNil(value.value)))
      throw new CallError("index of nil pointer");
    const { type } = value;
    if (type.kind === "slice") {
      const items = (value.value ?? []) as unknown[];
      value = { type: type.of, value: items[indexOf(index, items.length, items.length)] };
    } else if (type.kind === "string") {
      const bytes = new TextEncoder().encode(value.value as string);
      value = {
        type: { kind: "uint", name: "uint8" },
        value: bytes[indexOf(index, bytes.length, bytes.length)],
      };
    } else if (type.kind === "map") {
      const key = unwrapped(index);
      if (!key) throw new CallError(`value is nil; should be of type ${type.key.name}`);
      if (key.type.kind !== type.key.kind || key.type.name !== type.key.name)
        throw new CallError(`value has type ${key.type.name}; should be ${type.key.name}`);
      const map = (value.value ?? {}) as Record<string, unknown>;
      const name = String(key.value);
      value = { type: type.of, value: Object.hasOwn(map, name) ? map[name] : zeroOf(type.of) };
    } else {
      throw new CallError(`can't index item of type ${type.name}`);
    }
  }
  return value;
}

function sliced([item, ...indexes]: Values): Value | undefined {
  const value = unwrapped(item);
  if (!value) throw new CallError("slice of untyped nil");
  if (indexes.length > 3) throw new CallError(`too many slice indexes: ${indexes.length}`);
  const isText = value.type.kind === "string";
  if (isText && indexes.length === 3) throw new CallError("cannot 3-index slice a string");
  if (!isText && value.type.kind !== "slice")
    throw new CallError(`can't slice item of type ${value.type.name}`);
  const whole = isText ? new TextEncoder().encode(value.value as string) : ((value.value ?? []) as unknown[]);
  const [from = 0, to = whole.length] = indexes.map((index) =>
    indexOf(index, whole.length, whole.length + 1),
  );
  if (from > to) throw new CallError(`invalid slice index: ${from} > ${to}`);
  const part = whole.slice(from, to);
  return { type: value.type, value: isText ? new TextDecoder().decode(part as Uint8Array) : part };
}

function lengthOf([item]: Values): Value {
  const given = unwrapped(item);
  if (!given) throw new CallError("len of nil pointer");
  const value = dereferenced(given)!;
  if (value.type.kind === "pointer") throw new CallError("len of nil pointer");
  if (value.type.kind === "string") return int(new TextEncoder().encode(value.value as string).length);
  if (value.type.kind === "slice") return int(((value.value ?? []) as unknown[]).length);
  if (value.type.kind === "map") return int(Object.keys((value.value ?? {}) as object).length);
  throw new CallError(`len of type ${value.type.name}`);
}

const htmlEscapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&#34;",
  "'": "&#39;",
};

function escapedJs(text: string): string {
  const plain: Readonly<Record<string, string>> = { "\\": "\\\\", "'": "\\'", '"': '\\"' };
  return text.replace(/[\\'"<>&=]|[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu, (character) => {
    if (plain[character]) return plain[character];
    return `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
  });
}

function escapedQuery(text: string): string {
  return encodeURIComponent(text)
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%20", "+");
}

function called([value]: Values): Value | undefined {
  const plain = unwrapped(value);
  if (!plain) throw new CallError("call of nil");
  throw new CallError(`non-function of type ${plain.type.name}`);
}

const many = (call: (values: Values) => Value | undefined): GoFunction => ({
  parameters: [],
  variadic: anyType,
  call,
});
const onText = (change: (text: string) => string): GoFunction => ({
  parameters: [stringType],
  call: ([value]) => string(change(textOf(value))),
});

/** Go's own functions. */
const builtIn: Readonly<Record<string, GoFunction>> = {
  and: { parameters: [anyType], variadic: anyType, stopsAt: { truth: false }, call: ([value]) => value },
  or: { parameters: [anyType], variadic: anyType, stopsAt: { truth: true }, call: ([value]) => value },
  not: { parameters: [anyType], call: ([value]) => bool(!isTrue(value)) },
  call: { parameters: [anyType], variadic: anyType, call: called },
  html: many((values) => string(joinedText(values).replace(/[&<>"']/g, (each) => htmlEscapes[each]!))),
  js: many((values) => string(escapedJs(joinedText(values)))),
  urlquery: many((values) => string(escapedQuery(joinedText(values)))),
  index: { parameters: [anyType], variadic: anyType, call: indexed },
  slice: { parameters: [anyType], variadic: anyType, call: sliced },
  len: { parameters: [anyType], call: lengthOf },
  print: many((values) => string(sprint(values))),
  println: many((values) => string(sprintln(values))),
  printf: {
    parameters: [stringType],
    variadic: anyType,
    call: ([format, ...values]) => string(sprintf(textOf(format), values)),
  },
  eq: {
    parameters: [anyType],
    variadic: anyType,
    call([first, ...others]) {
      if (others.length === 0) throw new CallError("missing argument for comparison");
      return bool(others.some((other) => isEqual(first, other)));
    },
  },
  ne: comparison((a, b) => !isEqual(a, b)),
  lt: comparison(isLess),
  le: comparison((a, b) => isLess(a, b) || isEqual(a, b)),
  gt: comparison((a, b) => !(isLess(a, b) || isEqual(a, b))),
  ge: comparison((a, b) => !isLess(a, b)),
};

/** Docker's functions. */
const dockers: Readonly<Record<string, GoFunction>> = {
  json: { parameters: [anyType], call: ([value]) => string(encodeJson(value, { html: false })) },
  split: {
    parameters: [stringType, stringType],
    call: ([text, separator]) => ({ type: stringSliceType, value: split(textOf(text), textOf(separator)) }),
  },
  join: {
    parameters: [stringSliceType, stringType],
    call: ([items, separator]) => string(((items?.value ?? []) as string[]).join(textOf(separator))),
  },
  title: onText((text) =>
    text.replace(/(^|[^\p{L}\p{N}_'])(\p{L})/gu, (_, before, first) => before + first.toUpperCase()),
  ),
  lower: onText((text) => text.toLowerCase()),
  upper: onText((text) => text.toUpperCase()),
  pad: {
    parameters: [stringType, intType, intType],
    call([text, before, after]) {
      const plain = textOf(text);
      if (plain === "") return string("");
      return string(" ".repeat(before?.value as number) + plain + " ".repeat(after?.value as number));
    },
  },
  truncate: {
    parameters: [stringType, intType],
    call([text, length]) {
      const bytes = new TextEncoder().encode(textOf(text));
      const limit = length?.value as number;
      return string(bytes.length < limit ? textOf(text) : new TextDecoder().decode(bytes.slice(0, limit)));
    },
  },
};

function split(text: string, separator: string): string[] {
  return separator === "" ? [...text] : text.split(separator);
}

/** In the head of a table docker's functions leave texts as they are, so that a head stays one. */
const heads: Readonly<Record<string, GoFunction>> = {
  json: onText((text) => text),
  title: onText((text) => text),
  lower: onText((text) => text),
  upper: onText((text) => text),
  truncate: { parameters: [stringType, intType], call: ([text]) => text },
};

/** What 29 joins: whatever is a list, and the values of maps. */
const joinOfAny: GoFunction = {
  parameters: [anyType, stringType],
  call([given, separator]) {
    const value = unwrapped(given);
    if (!value) return string("");
    const { type } = value;
    if (type.kind !== "slice" && type.kind !== "map") {
      throw new CallError(`expected slice, got ${type.name}`);
    }
    const shown = Object.values((value.value ?? {}) as object).map((each) =>
      printed({ type: type.of, value: each }),
    );
    return string((type.kind === "map" ? shown.sort(byBytes) : shown).join(textOf(separator)));
  },
};

/** The functions of a template, and those with which the head of a table is made. */
interface Functions {
  readonly rows: ReadonlyMap<string, GoFunction>;
  readonly heads: ReadonlyMap<string, GoFunction>;
}

function functionsWith(more: Readonly<Record<string, GoFunction>>): Functions {
  const all = { ...builtIn, ...dockers, ...more };
  return { rows: new Map(Object.entries(all)), heads: new Map(Object.entries({ ...all, ...heads })) };
}

const usual = functionsWith({});
const newest = functionsWith({ join: joinOfAny });

/** The functions of templates in a release. @param joinsAny whether `join` takes more than lists of texts */
export function functionsOf({ joinsAny }: { readonly joinsAny: boolean }): Functions {
  return joinsAny ? newest : usual;
}

/** All functions of a template, which are the same in all releases but for what they take. */
export const templateFunctions: ReadonlyMap<string, GoFunction> = usual.rows;
