// The Go types that bodies of requests are decoded into, as far as a client can tell them apart.

/** What a value must be. `type` is what Go calls it in an error. */
export type Shape = Scalar | Words | Bytes | List | MapOf | Struct | Pointer;

interface Scalar {
  readonly kind: "string" | "bool" | "int" | "uint" | "float";
  readonly type: string;
  /** Of a number. */
  readonly bits: number;
}

/** Moby's `strslice.StrSlice`: a list of text, or one text that stands for a list of one. */
interface Words {
  readonly kind: "words";
  readonly type: string;
}

/** Bytes: base64, or a list of numbers. */
interface Bytes {
  readonly kind: "bytes";
  readonly type: string;
}

interface List {
  readonly kind: "list";
  readonly type: string;
  readonly of: Shape;
  /** Of a Go array: what is too much is left away. */
  readonly length?: number;
}

interface MapOf {
  readonly kind: "map";
  readonly type: string;
  readonly of: Shape;
}

/** A value that may be absent: `null` is kept. */
interface Pointer {
  readonly kind: "pointer";
  readonly type: string;
  readonly to: Shape;
}

export interface Struct {
  readonly kind: "struct";
  readonly type: string;
  /** The type's name without its package. */
  readonly name: string;
  /** By the key in JSON, those of embedded structs among them. */
  readonly fields: ReadonlyMap<string, Field>;
  /** The same by key in small letters. */
  readonly folded: ReadonlyMap<string, Field>;
  /** Its values are shown as they come in: so all of them are there, in Go's order. */
  readonly whole: boolean;
}

export interface Field {
  readonly key: string;
  readonly shape: Shape;
  /** The embedded structs that lead to the field, by Go's names. */
  readonly through: readonly string[];
  /** Where the values of the embedded struct are kept; empty for beside the others. */
  readonly into: string;
}

/** A struct in a struct, whose fields are the outer one's in JSON. */
export interface Embedded {
  readonly name: string;
  readonly struct: Struct;
  readonly into: string;
}

export function text(type = "string"): Shape {
  return { kind: "string", type, bits: 0 };
}

export const bool: Shape = { kind: "bool", type: "bool", bits: 0 };

/** @param type Go's name for it, e.g. `time.Duration` */
export function int(type = "int64"): Shape {
  return { kind: "int", type, bits: 64 };
}

export function uint(bits: 16 | 32 | 64, type = `uint${bits}`): Shape {
  return { kind: "uint", type, bits };
}

export const float: Shape = { kind: "float", type: "float32", bits: 32 };

export const bytes: Shape = { kind: "bytes", type: "[]uint8" };

export const words: Shape = { kind: "words", type: "strslice.StrSlice" };

export function list(of: Shape, length?: number): Shape {
  return length === undefined
    ? { kind: "list", type: `[]${of.type}`, of }
    : { kind: "list", type: `[${length}]${of.type}`, of, length };
}

/** @param type Go's name for it where it has one */
export function map(of: Shape, type = `map[string]${of.type}`): Shape {
  return { kind: "map", type, of };
}

export function pointer(to: Shape): Shape {
  return { kind: "pointer", type: `*${to.type}`, to };
}

export function embed(name: string, struct: Struct, into = ""): Embedded {
  return { name, struct, into };
}

/**
 * A struct.
 *
 * @param own its fields by their keys in JSON; what is `undefined` it does not have
 */
export function struct(
  type: string,
  own: Readonly<Record<string, Shape | undefined>>,
  ...embedded: readonly Embedded[]
): Struct {
  const fields = new Map<string, Field>();
  for (const [key, shape] of Object.entries(own)) {
    if (shape !== undefined) fields.set(key, { key, shape, through: [], into: "" });
  }
  // Where two embedded structs had one key, Go would have neither; none do.
  for (const { name, struct, into } of embedded) {
    for (const [key, field] of struct.fields) {
      if (fields.has(key)) continue;
      fields.set(key, { key, shape: field.shape, through: [name, ...field.through], into });
    }
  }
  const folded = new Map([...fields.values()].map((field) => [foldedKey(field.key), field]));
  return { kind: "struct", type, name: type.slice(type.lastIndexOf(".") + 1), fields, folded, whole: false };
}

/** A struct that inspect shows as it was given, with all its fields. */
export function wholeStruct(type: string, own: Readonly<Record<string, Shape>>): Struct {
  return { ...struct(type, own), whole: true };
}

/** A key as Go compares it: without regard to case, of which two letters beyond ASCII take part. */
export function foldedKey(key: string): string {
  return key.toLowerCase().replaceAll("\u017f", "s").replaceAll("\u212a", "k");
}
