// Which types a place of a compose file takes, and the words for what does not fit.

import { ComposeError } from "./error.js";
import { Float, inGoOrder, isMap, Timestamp, type Tree } from "./tree.js";

type TypeName = "array" | "boolean" | "integer" | "null" | "number" | "object" | "string";

/** What compose's JSON schema says of one place. */
export interface Schema {
  types?: readonly TypeName[] | undefined;
  oneOf?: readonly Schema[];
  values?: readonly string[];
  minimum?: number;
  maximum?: number;
  pattern?: string;
  items?: Schema;
  unique?: boolean;
  keys?: Readonly<Record<string, Schema>>;
  /** What keys of another name have; by a pattern of the name. */
  patterns?: readonly (readonly [RegExp, Schema])[] | undefined;
  /** No other keys. */
  closed?: boolean;
  required?: readonly string[];
}

export const types = (...names: TypeName[]): Schema => ({ types: names });
export const oneOf = (...schemas: Schema[]): Schema => ({ oneOf: schemas });
export const listOf = (items: Schema, unique = false): Schema => ({ types: ["array"], items, unique });
/** A mapping with names of the user's choice. */
export const mapping = (name: RegExp, schema: Schema, closed = false): Schema => ({
  types: ["object"],
  patterns: [[name, schema]],
  closed,
});
export const listOfTexts = listOf(types("string"), true);
export const textOrList = oneOf(types("string"), listOfTexts);
export const listOrMapping = oneOf(
  mapping(/.+/, types("string", "number", "boolean", "null"), true),
  listOfTexts,
);

/**
 * Checks a file.
 * @throws {ComposeError} the deepest thing that is wrong, as `services.web.image must be a string`.
 */
export function validate(tree: Tree, schema: Schema): void {
  const faults: Fault[] = [];
  check(tree, schema, [], faults);
  const [first] = faults;
  if (!first) return;
  const deepest = faults.reduce((best, fault) => (fault.depth > best.depth ? fault : best), first);
  throw new ComposeError(deepest.text);
}

interface Fault {
  depth: number;
  text: string;
}

function typeOf(tree: Tree): TypeName {
  if (tree === null) return "null";
  if (Array.isArray(tree)) return "array";
  if (isMap(tree)) return "object";
  if (typeof tree === "string" || typeof tree === "boolean") return typeof tree as "string" | "boolean";
  return tree instanceof Float && !Number.isInteger(tree.value) ? "number" : "integer";
}

const number = (tree: Tree) =>
  tree instanceof Float
    ? tree.value
    : typeof tree === "number" || typeof tree === "bigint"
      ? Number(tree)
      : undefined;
const readable = (name: string) => (name === "object" ? "mapping" : name);
const quoted = (texts: readonly string[]) => texts.map((text) => `'${text}'`).join(", ");

function check(tree: Tree, schema: Schema, path: readonly string[], faults: Fault[]): void {
  const fault = (text: string, deeper = 0) =>
    faults.push({ depth: path.length + deeper, text: `${path.join(".")} ${text}` });
  if (tree instanceof Timestamp) {
    fault("invalid jsonType time.Time");
    return;
  }
  const type = typeOf(tree);
  if (
    schema.types &&
    !schema.types.some((name) => name === type || (name === "number" && type === "integer"))
  ) {
    const wanted = schema.types.map(readable).sort();
    const last = wanted.pop();
    fault(`must be a ${wanted.length > 0 ? `${wanted.join(", ")} or ${last}` : last}`);
  }
  if (schema.values && !schema.values.some((value) => value === tree)) {
    fault(`value must be ${schema.values.length === 1 ? "" : "one of "}${quoted(schema.values)}`);
  }
  const value = number(tree);
  if (value !== undefined && schema.minimum !== undefined && value < schema.minimum) {
    fault(`must be greater than or equal to ${schema.minimum}`);
  }
  if (value !== undefined && schema.maximum !== undefined && value > schema.maximum) {
    fault(`must be less than or equal to ${schema.maximum}`);
  }
  if (typeof tree === "string" && schema.pattern !== undefined && !new RegExp(schema.pattern).test(tree)) {
    fault(`'${tree}' does not match pattern '${schema.pattern}'`);
  }
  if (Array.isArray(tree)) checkItems(tree, schema, path, faults, fault);
  if (isMap(tree)) checkKeys(tree, schema, path, faults, fault);
  if (schema.oneOf) {
    const tries = schema.oneOf.map((choice) => {
      const found: Fault[] = [];
      check(tree, choice, path, found);
      return found;
    });
    const fitting = tries.flatMap((found, at) => (found.length === 0 ? [at] : []));
    if (fitting.length === 0) faults.push(...tries.flat());
    else if (fitting.length > 1) fault(`oneOf failed, subschemas ${fitting.slice(0, 2).join(", ")} matched`);
  }
}

function checkItems(
  items: readonly Tree[],
  schema: Schema,
  path: readonly string[],
  faults: Fault[],
  fault: (text: string) => void,
): void {
  if (schema.unique) {
    const seen = new Map<string, number>();
    for (const [at, item] of items.entries()) {
      const key = keyOf(item);
      const other = seen.get(key);
      if (other !== undefined) fault(`items at ${other} and ${at} are equal`);
      else seen.set(key, at);
    }
  }
  if (!schema.items) return;
  for (const [at, item] of items.entries()) check(item, schema.items, [...path, String(at)], faults);
}

/** The same text for equal values. */
function keyOf(tree: Tree): string {
  if (Array.isArray(tree)) return `[${tree.map(keyOf).join()}]`;
  if (isMap(tree)) {
    return `{${inGoOrder(tree)
      .map(([key, value]) => `${JSON.stringify(key)}:${keyOf(value)}`)
      .join()}}`;
  }
  if (tree instanceof Float) return String(tree.value);
  return typeof tree === "string" ? JSON.stringify(tree) : String(tree);
}

function checkKeys(
  entries: ReadonlyMap<string, Tree>,
  schema: Schema,
  path: readonly string[],
  faults: Fault[],
  fault: (text: string, deeper?: number) => void,
): void {
  const missing = (schema.required ?? []).filter((key) => !entries.has(key));
  if (missing.length > 0) {
    fault(`missing ${missing.length === 1 ? "property" : "properties"} ${quoted(missing)}`);
  }
  const unknown: string[] = [];
  for (const [key, value] of entries) {
    const own = schema.keys && Object.hasOwn(schema.keys, key) ? schema.keys[key] : undefined;
    const fitting = (schema.patterns ?? []).filter(([name]) => name.test(key)).map(([, of]) => of);
    if (own) fitting.push(own);
    for (const of of fitting) check(value, of, [...path, key], faults);
    if (fitting.length === 0) unknown.push(key);
  }
  if (schema.closed && unknown.length > 0) fault(`additional properties ${quoted(unknown)} not allowed`, 1);
}
