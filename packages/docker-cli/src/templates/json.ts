// JSON as Go encodes it: of values with a type, and of answers as they are.
import {
  fieldValue,
  type GoField,
  type GoType,
  isNil,
  type StructType,
  unwrapped,
  type Value,
} from "./types.js";

/** Options of the encoders. */
export interface EncodeOptions {
  /** Whether `<`, `>` and `&` are escaped, as Go does unless it is told not to. */
  readonly html: boolean;
}

/** A text in JSON as Go writes it. */
function jsonText(text: string, { html }: EncodeOptions = { html: true }): string {
  let result = JSON.stringify(text).replace(/[\u2028\u2029]/g, escaped);
  if (html) result = result.replace(/[<>&]/g, escaped);
  return result;
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** A value of an answer in JSON. Keys stay in the order of the answer. */
export function rawJson(value: unknown, options: EncodeOptions = { html: true }): string {
  if (typeof value === "string") return jsonText(value, options);
  if (value === null || value === undefined) return "null";
  if (Array.isArray(value)) return `[${value.map((item) => rawJson(item, options)).join(",")}]`;
  if (typeof value === "object") {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    return `{${members.map(([key, member]) => `${jsonText(key, options)}:${rawJson(member, options)}`).join(",")}}`;
  }
  return String(value);
}

/** Indents JSON as Go's json.Indent does. */
export function indentedJson(
  value: unknown,
  indent: string,
  options: EncodeOptions = { html: true },
  prefix = "",
): string {
  if (value === null || typeof value !== "object") return rawJson(value, options);
  const inner = prefix + indent;
  if (Array.isArray(value)) {
    if (value.length === 0) return "[]";
    return `[\n${value.map((item) => inner + indentedJson(item, indent, options, inner)).join(",\n")}\n${prefix}]`;
  }
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  if (members.length === 0) return "{}";
  return `{\n${members
    .map(
      ([key, member]) => `${inner}${jsonText(key, options)}: ${indentedJson(member, indent, options, inner)}`,
    )
    .join(",\n")}\n${prefix}}`;
}

/** A value with a type in JSON: a struct's fields in their order, a map's keys sorted. */
export function encodeJson(value: Value | undefined, options: EncodeOptions = { html: true }): string {
  const plain = unwrapped(value);
  if (!plain) return "null";
  if (value?.type.kind === "any" && value.type.asAnswered) return rawJson(value.value, options);
  const { type } = plain;
  switch (type.kind) {
    case "string":
      return type.name === "json.Number"
        ? String(plain.value) || "0"
        : jsonText(plain.value as string, options);
    case "time":
    case "textual":
      return jsonText(plain.value as string, options);
    case "pointer":
      return isNil(plain.value) ? "null" : encodeJson({ type: type.to, value: plain.value }, options);
    case "slice":
      if (isNil(plain.value)) return "null";
      return `[${(plain.value as unknown[]).map((item) => encodeJson({ type: type.of, value: item }, options)).join(",")}]`;
    case "map": {
      if (isNil(plain.value)) return "null";
      const members = Object.entries(plain.value as object).sort(([a], [b]) => byBytes(a, b));
      return `{${members
        .map(
          ([key, member]) =>
            `${jsonText(key, options)}:${encodeJson({ type: type.of, value: member }, options)}`,
        )
        .join(",")}}`;
    }
    case "struct":
      return `{${structMembers(type, plain.value, options).join(",")}}`;
    case "methods": {
      const members = Object.entries(type.methods)
        .filter(([, { parameters, internal }]) => parameters.length === 0 && !internal)
        .sort(([a], [b]) => byBytes(a, b));
      // A row encodes itself, and so its texts are escaped whatever its surroundings want.
      return `{${members
        .map(([name, method]) => `${jsonText(name)}:${encodeJson(method.call(plain.value as never))}`)
        .join(",")}}`;
    }
    default:
      return String(plain.value);
  }
}

function structMembers(type: StructType, value: unknown, options: EncodeOptions): string[] {
  return type.fields.flatMap((field) => {
    if (field.embedded) {
      const inner = field.type.kind === "pointer" ? field.type.to : field.type;
      return inner.kind === "struct" ? structMembers(inner, value, options) : [];
    }
    if (field.key === "") return [];
    const member = fieldValue(field, value);
    if (field.omitEmpty && isEmpty(field, member)) return [];
    return [`${jsonText(field.key, options)}:${encodeJson(member, options)}`];
  });
}

/** Whether `omitempty` leaves a field out. */
function isEmpty({ type }: GoField, { value }: Value): boolean {
  return isZero(type, value);
}

function isZero(type: GoType, value: unknown): boolean {
  switch (type.kind) {
    case "slice":
      return isNil(value) || (value as unknown[]).length === 0;
    case "map":
      return isNil(value) || Object.keys(value as object).length === 0;
    case "pointer":
    case "any":
      return isNil(value);
    case "struct":
    case "methods":
    case "time":
      return false;
    default:
      return value === "" || value === 0 || value === false;
  }
}

/** Compares texts by their bytes, as Go sorts them. */
export function byBytes(one: string, other: string): number {
  for (let at = 0; at < one.length && at < other.length; at++) {
    if (one[at] !== other[at]) return one.codePointAt(at)! < other.codePointAt(at)! ? -1 : 1;
  }
  return one.length - other.length;
}
