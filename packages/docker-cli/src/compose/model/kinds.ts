// The types of compose's fields: what each accepts, what it becomes, and how it is written as JSON and as YAML.
// Their order within a struct, and what is left out where it is empty, decide the hash of a configuration.

import { ComposeError } from "./error.js";
import { extensionsKey } from "./extensions.js";
import { castTo, type Warn } from "./interpolation.js";
import type { Json } from "./json.js";
import {
  listOfTexts,
  listOrMapping,
  type Schema,
  listOf as schemaList,
  mapping as schemaMapping,
  textOrList,
  types,
} from "./schema.js";
import { Float, goText, goType, isMap, type Tree, type TreeMap } from "./tree.js";
import { formatDuration, parseDuration, parseSize, shellWords } from "./units.js";

/** A type of a field. */
export interface Kind<Value> {
  readonly schema: Schema;
  /** @throws {ComposeError} what cannot be. `place` is where, as `services[web].mem_limit`. */
  decode(tree: Tree, place: string, warn: Warn): Value;
  /** `undefined`: it is left out, as Go does with empty values. */
  json(value: Value): Json | undefined;
  /** As YAML, where that is not the same as JSON. */
  yaml?(value: Value): Json | undefined;
  /** What JSON has where there is no value, for the few fields that are never left out. */
  readonly absent?: Json;
}

type ValueOf<K> = K extends Kind<infer Value> ? Value : never;

export const yamlOf = <Value>(kind: Kind<Value>, value: Value): Json | undefined =>
  kind.yaml ? kind.yaml(value) : kind.json(value);

/** Says where something could not be decoded. */
function atPlace<Value>(place: string, make: () => Value): Value {
  try {
    return make();
  } catch (error) {
    if (error instanceof Undecodable) throw error;
    throw new Undecodable(
      `decoding failed due to the following error(s):\n\n'${place}' ${(error as Error).message}`,
    );
  }
}
class Undecodable extends ComposeError {}

/** The same kind with another schema. */
export const withSchema = <Value>(kind: Kind<Value>, schema: Schema): Kind<Value> => ({ ...kind, schema });

const nonEmpty = <Value extends { length: number }>(value: Value) => (value.length > 0 ? value : undefined);

export const text: Kind<string> = {
  schema: types("string"),
  decode: (tree) => (tree === null ? "" : goText(tree)),
  json: nonEmpty,
};

const booleanOf = (tree: Tree, warn: Warn) =>
  typeof tree === "string" ? castTo.boolean(tree, warn) : tree === true;

/** A boolean of which false is the same as nothing. */
export const flag: Kind<boolean> = {
  schema: types("boolean", "string"),
  decode: (tree, place, warn) => atPlace(place, () => booleanOf(tree, warn)),
  json: (value) => value || undefined,
};

/** A boolean of which false is something to say. */
export const choice: Kind<boolean> = { ...flag, json: (value) => value };

const numberOf = (tree: Tree): number => {
  if (typeof tree === "string") return castTo.int64(tree);
  return tree instanceof Float ? Math.trunc(tree.value) : Number(tree);
};

/** A whole number of which 0 is the same as nothing. */
export const whole = (schema: Schema): Kind<number> => ({
  schema,
  decode: (tree, place) => atPlace(place, () => numberOf(tree)),
  json: (value) => value || undefined,
});

/** A whole number of which 0 is something to say. */
export const count = (schema: Schema): Kind<number> => ({ ...whole(schema), json: (value) => value });

/** The shortest decimal number that is this one in single precision. */
function single(value: number): number {
  const wanted = Math.fround(value);
  for (let digits = 1; digits < 10; digits++) {
    const shorter = Number(wanted.toPrecision(digits));
    if (Math.fround(shorter) === wanted) return shorter;
  }
  return wanted;
}

/** A number in single precision. */
export const float = (schema: Schema): Kind<number> => ({
  schema,
  decode: (tree, place) =>
    atPlace(place, () => single(numberOrFloat(typeof tree === "string" ? castTo.float(tree) : tree))),
  json: (value) => value || undefined,
});
const numberOrFloat = (tree: Tree) => (tree instanceof Float ? tree.value : Number(tree));

/** A size in bytes, which is written as text. */
export const bytes = (schema: Schema): Kind<number> => ({
  schema,
  decode: (tree, place) =>
    atPlace(place, () => (typeof tree === "string" ? parseSize(tree) : numberOf(tree))),
  json: (value) => (value === 0 ? undefined : String(value)),
});

/** A duration in nanoseconds. */
export const duration: Kind<number> = {
  schema: types("string"),
  decode: (tree, place) => atPlace(place, () => parseDuration(goText(tree))),
  json: formatDuration,
};

/** A duration of which 0 is the same as nothing. */
export const durationOrNone: Kind<number> = {
  ...duration,
  json: (value) => (value === 0 ? undefined : formatDuration(value)),
};

const stringsOf = (tree: Tree, place: string): string[] => {
  if (Array.isArray(tree)) return tree.map(goText);
  if (typeof tree === "string") return [tree];
  throw new ComposeError(`invalid type ${goType(tree)} for string list (${place})`);
};

/** Texts in a list. */
export const texts: Kind<string[]> = {
  schema: listOfTexts,
  decode: (tree, place) => (tree === null ? [] : stringsOf(tree, place)),
  json: nonEmpty,
};
/** Texts in a list, or one alone. */
export const textOrTexts: Kind<string[]> = withSchema(texts, textOrList);
export const plainTexts: Kind<string[]> = withSchema(texts, schemaList(types("string")));
/** Texts or numbers in a list. */
export const textsOrNumbers: Kind<string[]> = withSchema(texts, schemaList(types("string", "number"), true));

/** A command: a line, words, or nothing, which is not the same as no words. */
export const command: Kind<string[] | null> = {
  schema: { oneOf: [types("null"), types("string"), schemaList(types("string"))] },
  decode: (tree, place) =>
    atPlace(place, () => {
      if (typeof tree === "string") return shellWords(tree);
      return tree === null ? null : stringsOf(tree, place);
    }),
  json: (value) => value ?? null,
  yaml: (value) => value ?? undefined,
  absent: null,
};

/** `key=value` texts or a mapping, as entries whose value is null where there is none. */
function entriesOf(tree: Tree): [string, Tree][] {
  if (isMap(tree)) return [...tree];
  if (!Array.isArray(tree)) throw new ComposeError(`unexpected value type ${goType(tree)} for mapping`);
  return tree.map((item) => {
    const [key = "", ...value] = goText(item).split("=");
    return [key, value.length > 0 ? value.join("=") : null];
  });
}

const texted = (tree: Tree) => (tree === null ? "" : goText(tree));

/** Names with texts, of which none is the same as an empty one. */
export const labels: Kind<Map<string, string>> = {
  schema: listOrMapping,
  decode: (tree) => new Map(entriesOf(tree).map(([key, value]) => [key, texted(value)])),
  json: (value) => (value.size > 0 ? value : undefined),
};

/** Names with texts, as a mapping alone. */
export const options = (schema: Schema): Kind<Map<string, string>> => withSchema(labels, schema);
export const driverOptions = options(schemaMapping(/^.+$/, types("string", "number")));

/** Environment variables. One without a value (null) gets it from where compose runs. */
export const environment: Kind<Map<string, string | null>> = {
  schema: listOrMapping,
  decode: (tree, place) =>
    atPlace(place, () => {
      const entries = entriesOf(tree);
      for (const [key] of Array.isArray(tree) ? entries : []) {
        if (/\s$/.test(key)) {
          throw new ComposeError(`environment variable ${key} is declared with a trailing space`);
        }
      }
      return new Map(entries.map(([key, value]) => [key, value === null ? null : goText(value)]));
    }),
  json: (value) => (value.size > 0 ? value : undefined),
};

type Fields = Readonly<Record<string, Kind<unknown>>>;
/** What fields hold. A field that the file does not have is absent. */
export type StructOf<F> = { -readonly [Key in keyof F]?: ValueOf<F[Key]> | undefined } & {
  /** What the user's own `x-` keys have. */
  extensions?: TreeMap | undefined;
};

/** How a struct differs from the ordinary one. */
interface StructOptions {
  required?: readonly string[];
  /** Go writes it even where it is empty. */
  always?: boolean;
  /** The file may have `null` in its place. */
  orNull?: boolean;
  /** No `x-` keys. */
  strict?: boolean;
  /** It may have `x-` keys, and compose drops them. */
  dropsOwnKeys?: boolean;
  /** Names that JSON has instead of the file's. */
  jsonNames?: Readonly<Record<string, string>>;
}

const xKeys: Schema["patterns"] = [[/^x-/, {}]];

/** A mapping with fields of its own, in Go's order. */
export function struct<F extends Fields>(
  fields: F,
  { required, always, orNull, strict, dropsOwnKeys, jsonNames = {} }: StructOptions = {},
): Kind<StructOf<F>> & { fields: F } {
  const kinds = Object.entries(fields) as [string, Kind<unknown>][];
  const write = (value: StructOf<F>, asYaml: boolean) => {
    const result: Record<string, Json> = {};
    for (const [key, kind] of kinds) {
      const field = (value as Record<string, unknown>)[key];
      if (field === undefined) {
        if (kind.absent !== undefined && !asYaml) result[jsonNames[key] ?? key] = kind.absent;
        continue;
      }
      const written = asYaml ? yamlOf(kind, field) : kind.json(field);
      if (written !== undefined) result[asYaml ? key : (jsonNames[key] ?? key)] = written;
    }
    if (asYaml && value.extensions) {
      for (const [key, extension] of [...value.extensions].sort(([a], [b]) => (a < b ? -1 : 1))) {
        result[key] = treeJson(extension);
      }
    }
    return result;
  };
  const keys = Object.fromEntries(kinds.map(([key, kind]) => [key, kind.schema]));
  return {
    fields,
    schema: {
      types: orNull ? ["object", "null"] : ["object"],
      keys,
      ...(strict ? {} : { patterns: xKeys }),
      ...(required ? { required } : {}),
      closed: true,
    },
    decode(tree, place, warn) {
      const value: Record<string, unknown> = {};
      for (const [key, entry] of isMap(tree) ? tree : []) {
        const kind = Object.hasOwn(fields, key) ? (fields[key] as Kind<unknown> | undefined) : undefined;
        if (kind) {
          if (entry !== null || kind.absent === null)
            value[key] = kind.decode(entry, `${place}.${key}`, warn);
        } else if (key === extensionsKey && isMap(entry) && !dropsOwnKeys) value.extensions = entry;
      }
      return value as StructOf<F>;
    },
    json: (value) => write(value, false),
    yaml: (value) => {
      const written = write(value, true);
      return always && Object.keys(written).length === 0 ? undefined : written;
    },
    ...(always ? { absent: {} } : {}),
  };
}

/** What the user wrote, as it is. */
export function treeJson(tree: Tree): Json {
  if (tree === null || typeof tree === "string" || typeof tree === "boolean" || typeof tree === "number")
    return tree;
  if (Array.isArray(tree)) return tree.map(treeJson);
  if (isMap(tree)) return new Map([...tree].map(([key, value]) => [key, treeJson(value)]));
  if (tree instanceof Float) return tree.value;
  return typeof tree === "bigint" ? Number(tree) : `${tree.text}T00:00:00Z`;
}

/** A list of one kind. */
export const list = <Value>(kind: Kind<Value>, unique = false): Kind<Value[]> => ({
  schema: schemaList(kind.schema, unique),
  decode: (tree, place, warn) =>
    (Array.isArray(tree) ? tree : []).map((item, at) => kind.decode(item, `${place}[${at}]`, warn)),
  json: (values) => nonEmpty(values.map((value) => kind.json(value) ?? null)),
  yaml: (values) => nonEmpty(values.map((value) => yamlOf(kind, value) ?? null)),
});

/** A mapping from names of the user's choice to one kind. */
export const named = <Value>(kind: Kind<Value>, name: RegExp, closed = false): Kind<Map<string, Value>> => ({
  schema: schemaMapping(name, kind.schema, closed),
  decode: (tree, place, warn) =>
    new Map(
      [...(isMap(tree) ? tree : [])].map(([key, value]) => [
        key,
        kind.decode(value, `${place}[${key}]`, warn),
      ]),
    ),
  json: (values) => written(values, (value) => kind.json(value)),
  yaml: (values) => written(values, (value) => yamlOf(kind, value)),
});

const written = <Value>(values: ReadonlyMap<string, Value>, write: (value: Value) => Json | undefined) =>
  values.size > 0 ? new Map([...values].map(([key, value]) => [key, write(value) ?? null])) : undefined;

/** A kind with null for nothing. */
export const nullable = <Value>(kind: Kind<Value>): Kind<Value | null> => ({
  schema: { oneOf: [kind.schema, types("null")] },
  decode: (tree, place, warn) => (tree === null ? null : kind.decode(tree, place, warn)),
  json: (value) => (value === null ? null : kind.json(value)),
  yaml: (value) => (value === null ? null : yamlOf(kind, value)),
});
