// The Go types into which JSON is decoded, as far as clients can tell them apart. `requests/bodies/` declares one
// for each route, and `decode.ts` decodes by them.

/** The type of a value. `type` is its name in Go's errors. */
export type Shape = Scalar | Time | Words | Parsed | Bytes | List | MapOf | Struct | Pointer;

interface Scalar {
  readonly kind: "string" | "bool" | "int" | "uint" | "float";
  readonly type: string;
  /** The size of a number in bits. */
  readonly bits: number;
}

/** A time in RFC 3339. It stays text. */
interface Time {
  readonly kind: "time";
  readonly type: string;
}

/** Moby's `strslice.StrSlice`: a list of texts, or one text that stands for a list of one. */
interface Words {
  readonly kind: "words";
  readonly type: string;
}

/** A value that reads itself from text (Go's `encoding.TextUnmarshaler`). It stays text, as Go writes it. */
interface Parsed {
  readonly kind: "parsed";
  readonly type: string;
  /** @throws {JsonTypeError} the text is no such value; the message is Go's, and ends all decoding */
  readonly read: (text: string) => string;
  /** `null` makes it empty. Otherwise the value before stays. */
  readonly nullEmpties: boolean;
  /** A value of another type is passed over. */
  readonly lenient?: boolean;
}

/** A byte slice: base64, or a list of numbers. */
interface Bytes {
  readonly kind: "bytes";
  readonly type: string;
}

interface List {
  readonly kind: "list";
  readonly type: string;
  readonly of: Shape;
  /** The length of a Go array. Further items are dropped. */
  readonly length?: number;
}

interface MapOf {
  readonly kind: "map";
  readonly type: string;
  readonly of: Shape;
  /** Reads a key, where keys are no mere texts. It is called after the value has been decoded. */
  readonly readKey?: Parsed["read"];
}

/** A value that may be absent. `null` is kept. */
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
  /** The fields by their keys in JSON, including those of embedded structs. */
  readonly fields: ReadonlyMap<string, Field>;
  /** The fields by their keys in lower case. */
  readonly folded: ReadonlyMap<string, Field>;
  /** True for a struct that is shown as it came in: decoding fills in all fields, in Go's order. */
  readonly whole: boolean;
}

export interface Field {
  readonly key: string;
  readonly shape: Shape;
  /** The embedded structs that lead to the field, by their names in Go. */
  readonly through: readonly string[];
  /** The key under which the values of the embedded struct are kept, or "" to keep them beside the others. */
  readonly into: string;
}

/** An embedded struct. In JSON its fields are the outer struct's. */
export interface Embedded {
  readonly name: string;
  readonly struct: Struct;
  readonly into: string;
}

export function text(type = "string"): Shape {
  return { kind: "string", type, bits: 0 };
}

export const bool: Shape = { kind: "bool", type: "bool", bits: 0 };

/** An integer. @param type - its name in Go, e.g. `time.Duration` */
export function int(type = "int64"): Shape {
  return { kind: "int", type, bits: 64 };
}

export function uint(bits: 16 | 32 | 64, type = `uint${bits}`): Shape {
  return { kind: "uint", type, bits };
}

export const float: Shape = { kind: "float", type: "float32", bits: 32 };

export const time: Shape = { kind: "time", type: "time.Time" };

export const bytes: Shape = { kind: "bytes", type: "[]uint8" };

export const words: Shape = { kind: "words", type: "strslice.StrSlice" };

export function list(of: Shape, length?: number): Shape {
  return length === undefined
    ? { kind: "list", type: `[]${of.type}`, of }
    : { kind: "list", type: `[${length}]${of.type}`, of, length };
}

/** A map with text keys. @param type - its name in Go, if it has one */
export function map(of: Shape, type = `map[string]${of.type}`): Shape {
  return { kind: "map", type, of };
}

/** A map with keys that read themselves from text. */
export function mapBy(keys: Shape & { readonly kind: "parsed" }, of: Shape): Shape {
  return { kind: "map", type: `map[${keys.type}]${of.type}`, of, readKey: keys.read };
}

export function pointer(to: Shape): Shape {
  return { kind: "pointer", type: `*${to.type}`, to };
}

export function embed(name: string, struct: Struct, into = ""): Embedded {
  return { name, struct, into };
}

/**
 * A Go struct: its fields by name.
 *
 * @param own - its fields by their keys in JSON; a field that is `undefined` does not exist
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
  // If two embedded structs had the same key, Go would ignore both. None do.
  for (const { name, struct, into } of embedded) {
    for (const [key, field] of struct.fields) {
      if (fields.has(key)) continue;
      fields.set(key, { key, shape: field.shape, through: [name, ...field.through], into });
    }
  }
  let folded: Struct["folded"] | undefined;
  return {
    kind: "struct",
    type,
    name: type.slice(type.lastIndexOf(".") + 1),
    fields,
    // Most clients spell keys as they are.
    get folded() {
      folded ??= new Map([...fields.values()].map((field) => [foldedKey(field.key), field]));
      return folded;
    },
    whole: false,
  };
}

/** A struct that inspect shows as it was given, with all its fields. */
export function wholeStruct(type: string, own: Readonly<Record<string, Shape>>): Struct {
  return { ...struct(type, own), whole: true };
}

/** Folds a key as Go does to compare it: without case. Two letters beyond ASCII fold to ASCII ones. */
export function foldedKey(key: string): string {
  return key.toLowerCase().replaceAll("\u017f", "s").replaceAll("\u212a", "k");
}
