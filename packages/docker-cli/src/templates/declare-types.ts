// Reads declarations of Go types from a short notation, since a client has hundreds of fields.
//
//   state = container.State { Status string; Running bool; Health? *health; ID:Id string }
//
// A field is its Go name, `:key` where JSON calls it otherwise (`:-` where JSON leaves it out), `?` where an empty one
// is left out, and its type. `+type` embeds a struct. `28.5+` before a field says that it is there from that release on,
// `28.5-` that it is there before, and `26.1+28.5-` both.
import { isIn, type Lifetime, type Release } from "../releases.js";
import { goDuration } from "./duration.js";
import {
  answerType,
  anyType,
  boolType,
  floatType,
  type GoField,
  type GoType,
  mapOf,
  pointerTo,
  type StructType,
  sliceOf,
  sortedAnswerType,
  stringType,
  timeType,
} from "./types.js";

const basic: Readonly<Record<string, GoType>> = {
  string: stringType,
  bool: boolType,
  any: anyType,
  answer: answerType,
  sorted: sortedAnswerType,
  time: timeType,
  float64: floatType,
  duration: { kind: "int", name: "time.Duration", show: goDuration },
  ...Object.fromEntries(
    ["int", "int8", "int32", "int64"].map((name): [string, GoType] => [name, { kind: "int", name }]),
  ),
  ...Object.fromEntries(
    ["uint", "uint8", "uint16", "uint32", "uint64"].map((name): [string, GoType] => [
      name,
      { kind: "uint", name },
    ]),
  ),
};

/**
 * Declares types. Each is a struct `name = go.Name { fields }`, or another type `name = go.Name type`. Where Go calls it
 * otherwise from a release on, that name follows: `name = go.Name 29:go.Other { fields }`.
 *
 * @param known types that are declared elsewhere
 *
 * @example declareTypes("ref = network.ConfigReference { Network string }", releases["28.5"]).ref
 */
export function declareTypes(
  text: string,
  release: Release,
  known: Readonly<Record<string, GoType>> = {},
): Readonly<Record<string, GoType>> {
  const types: Record<string, GoType> = { ...basic, ...known };
  const declarations = [
    ...text.matchAll(/^\s*(\w+) = (\S+) (?:([\d.]+):(\S+) )?(?:\{([^}]*)\}|(.+))$/gm),
  ].map(([, name = "", before = "", since, later = "", fields, alias]) => ({
    name,
    go: since !== undefined && isIn(release, { since } as Lifetime) ? later : before,
    fields,
    alias,
  }));
  // A struct may be named before its fields are known.
  for (const { name, go, fields } of declarations) {
    if (fields !== undefined) types[name] = { kind: "struct", name: go, fields: [] };
  }
  for (const { name, fields, alias, go } of declarations) {
    if (fields !== undefined) {
      (types[name] as { fields: readonly GoField[] }).fields = fields
        .split(/[;\n]/)
        .map((field) => field.trim())
        .filter((field) => field !== "")
        .flatMap((field) => {
          const [, since, until, declared = field] =
            field.match(/^(?=\d)(?:([\d.]+)\+)?(?:([\d.]+)-)? (.*)$/) ?? [];
          const lifetime = { since, until } as Lifetime;
          return isIn(release, lifetime) ? [readField(declared, types)] : [];
        });
    } else if (alias !== undefined) {
      types[name] = { ...readType(alias.trim(), types), name: go };
    }
  }
  return types;
}

function readField(text: string, types: Readonly<Record<string, GoType>>): GoField {
  if (text.startsWith("+")) {
    const type = readType(text.slice(1), types);
    const struct = (type.kind === "pointer" ? type.to : type) as StructType;
    return { name: struct.name.replace(/^.*\./, ""), key: "", omitEmpty: false, type, embedded: true };
  }
  const [, name = "", key, optional, type = ""] = text.match(/^(\w+)(?::([\w.-]+))?(\?)? (.+)$/) ?? [];
  if (name === "") throw new TypeError(`cannot read the field "${text}"`);
  return {
    name,
    key: key === "-" ? "" : (key ?? name),
    omitEmpty: optional !== undefined,
    type: readType(type, types),
    embedded: false,
  };
}

function readType(text: string, types: Readonly<Record<string, GoType>>): GoType {
  if (text.startsWith("*")) return pointerTo(readType(text.slice(1), types));
  if (text.startsWith("[]")) return sliceOf(readType(text.slice(2), types));
  const map = text.match(/^map\[(\w+)\](.+)$/);
  if (map) return mapOf(readType(map[2]!, types), undefined, readType(map[1]!, types));
  const type = types[text];
  if (!type) throw new TypeError(`there is no type "${text}"`);
  return type;
}
