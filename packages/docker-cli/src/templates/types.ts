// Go's types and values, as far as templates see them. An engine's answer is JSON; a type says which fields the
// client's struct for it has, in which order, and what a field is when the answer does not have it.

/** A Go type. */
export type GoType =
  | {
      readonly kind: "string" | "bool" | "int" | "uint" | "float";
      readonly name: string;
      readonly show?: Shown;
    }
  | { readonly kind: "time"; readonly name: string }
  | TextualType
  | { readonly kind: "any"; readonly name: string; readonly asAnswered?: boolean }
  | { readonly kind: "pointer"; readonly name: string; readonly to: GoType }
  | { readonly kind: "slice"; readonly name: string; readonly of: GoType }
  | {
      readonly kind: "map";
      readonly name: string;
      readonly of: GoType;
      readonly key: GoType;
      readonly methods?: Readonly<Record<string, Method>>;
    }
  | StructType
  | MethodsType;

/** Something that is a text in JSON and in print, but no string to Go: an address, a port. Empty, it is the zero value. */
export interface TextualType {
  readonly kind: "textual";
  readonly name: string;
  /** How the zero value prints. */
  readonly zero: string;
  /** Whether it is a struct, which is always true; else its zero value is nil. */
  readonly isStruct: boolean;
  readonly methods?: Readonly<Record<string, Method>>;
  /** The order of keys of this type in a map. Default: that of their bytes. */
  order?(one: string, other: string): number;
}

/** How a value of a named type prints itself: Go's `String()`. */
type Shown = (value: never) => string;

/** A struct whose fields are those of JSON. */
export interface StructType {
  readonly kind: "struct";
  readonly name: string;
  readonly fields: readonly GoField[];
  readonly show?: Shown;
}

export interface GoField {
  readonly name: string;
  /** Its key in JSON; empty where JSON does not have it. */
  readonly key: string;
  readonly omitEmpty: boolean;
  readonly type: GoType;
  /** An embedded struct: its fields are found as if they were the outer one's. */
  readonly embedded: boolean;
}

/**
 * Something with methods alone: a row of a list. Its value is whatever the methods take; as JSON it is the map of those
 * methods that take no arguments.
 */
export interface MethodsType {
  readonly kind: "methods";
  /** As Go prints the type, e.g. `*network.networkContext`. */
  readonly name: string;
  readonly methods: Readonly<Record<string, Method>>;
}

export interface Method {
  /** The types of its arguments. */
  readonly parameters: readonly GoType[];
  /** Whether JSON leaves it out. */
  readonly internal?: boolean;
  call(receiver: never, ...parameters: readonly Value[]): Value | undefined;
}

/** A value with its type. Invalid values, Go's `reflect.Value{}`, are `undefined`. */
export interface Value {
  readonly type: GoType;
  /** A string, boolean, number, array, object; `null` or `undefined` for nil. */
  readonly value: unknown;
}

export const stringType: GoType = { kind: "string", name: "string" };
export const boolType: GoType = { kind: "bool", name: "bool" };
export const intType: GoType = { kind: "int", name: "int" };
export const int64Type: GoType = { kind: "int", name: "int64" };
export const floatType: GoType = { kind: "float", name: "float64" };
export const anyType: GoType = { kind: "any", name: "interface {}" };
/** An interface whose JSON is that of the answer, in its order. */
export const answerType: GoType = { kind: "any", name: "interface {}", asAnswered: true };
/** An interface whose JSON is that of the answer with its keys sorted, as Go writes maps. */
export const sortedAnswerType: GoType = { kind: "any", name: "interface {}" };
export const timeType: GoType = { kind: "time", name: "time.Time" };
/** A number of JSON that was read without a type. */
const jsonNumberType: GoType = { kind: "string", name: "json.Number" };

export function pointerTo(to: GoType): GoType {
  return { kind: "pointer", name: `*${to.name}`, to };
}

export function sliceOf(of: GoType, name = `[]${of.name}`): GoType {
  return { kind: "slice", name, of };
}

export function mapOf(of: GoType, name?: string, key = stringType): GoType {
  return { kind: "map", name: name ?? `map[${key.name}]${of.name}`, of, key };
}

export const stringSliceType = sliceOf(stringType);
const anyMapType = mapOf(anyType);
const anySliceType = sliceOf(anyType);

export const string = (value: string): Value => ({ type: stringType, value });
export const int = (value: number): Value => ({ type: intType, value });
export const bool = (value: boolean): Value => ({ type: boolType, value });

/** What an interface holds: the value of JSON with the type that Go gives it. Nil is invalid. */
function dynamic(value: unknown, numbers: GoType = floatType): Value | undefined {
  switch (typeof value) {
    case "string":
      return { type: stringType, value };
    case "boolean":
      return { type: boolType, value };
    case "number":
      return { type: numbers, value: numbers.kind === "string" ? String(value) : value };
    case "object":
      if (value === null) return undefined;
      if (numbers.kind === "string") {
        return { type: Array.isArray(value) ? rawSliceType : rawMapType, value };
      }
      return { type: Array.isArray(value) ? anySliceType : anyMapType, value };
    default:
      return undefined;
  }
}

/** `any` in JSON whose numbers keep their text: docker reads raw answers in that way. */
const rawAnyType: GoType & { readonly raw: true } = { kind: "any", name: "interface {}", raw: true };
export const rawMapType = mapOf(rawAnyType);
const rawSliceType = sliceOf(rawAnyType);

/** An interface's value; others as they are. */
export function unwrapped(value: Value | undefined): Value | undefined {
  if (value?.type.kind !== "any") return value;
  return dynamic(value.value, "raw" in value.type ? jsonNumberType : floatType);
}

/** The value that a type has before anybody sets it. */
export function zeroOf(type: GoType): unknown {
  switch (type.kind) {
    case "string":
      return "";
    case "bool":
      return false;
    case "int":
    case "uint":
    case "float":
      return 0;
    case "textual":
      return "";
    case "time":
      return "0001-01-01T00:00:00Z";
    case "struct":
      return {};
    default:
      return null;
  }
}

export function isNil(value: unknown): boolean {
  return value === null || value === undefined;
}

/** The field of a struct by its Go name, also in embedded structs; `undefined` where it has none. */
export function fieldOf(type: StructType, value: unknown, name: string): Value | undefined {
  const field = type.fields.find((field) => field.name === name && !(field.embedded && name === ""));
  if (field) return fieldValue(field, value);
  for (const { embedded, type: inner } of type.fields) {
    if (!embedded) continue;
    const struct = inner.kind === "pointer" ? inner.to : inner;
    if (struct.kind !== "struct") continue;
    const found = fieldOf(struct, value, name);
    if (found) return found;
  }
  return undefined;
}

/** The value of a field; embedded structs have their keys beside those of the outer one. */
export function fieldValue({ key, type, embedded }: GoField, value: unknown): Value {
  if (embedded) return { type, value };
  const there = (value as Record<string, unknown> | null)?.[key];
  // JSON's null leaves a value as it was.
  return { type, value: isNil(there) ? zeroOf(type) : there };
}

/** Whether a value counts as true. */
export function isTrue(given: Value | undefined): boolean {
  const value = unwrapped(given);
  if (!value) return false;
  switch (value.type.kind) {
    case "struct":
    case "methods":
    case "time":
      return true;
    case "textual":
      return value.type.isStruct || value.value !== "";
    case "slice":
      return ((value.value ?? []) as unknown[]).length > 0;
    case "map":
      return Object.keys((value.value ?? {}) as object).length > 0;
    case "pointer":
      return !isNil(value.value);
    default:
      return Boolean(value.value);
  }
}
