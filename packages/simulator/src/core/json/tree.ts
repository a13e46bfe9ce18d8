// JSON as it was written: numbers keep their digits, and objects keep every key, even if it comes twice.

/** A number as it was written, e.g. `1.50`. */
export class JsonNumber {
  constructor(readonly text: string) {}
}

/** The members of an object, in order. */
export class JsonObject {
  readonly keys: string[] = [];
  readonly values: JsonTree[] = [];
}

export type JsonTree = null | boolean | string | JsonNumber | JsonTree[] | JsonObject;

/**
 * Converts a value into the tree that its JSON would be read into. Returns `undefined` if that takes JSON
 * itself: for values with a `toJSON`, half surrogate pairs, and values that JSON cannot express.
 */
export function treeOf(value: unknown, depth = 0): JsonTree | undefined {
  if (value === null || typeof value === "boolean") return value;
  if (typeof value === "string") return /[\ud800-\udfff]/.test(value) ? undefined : value;
  if (typeof value === "number") return Number.isFinite(value) ? new JsonNumber(String(value)) : undefined;
  if (typeof value !== "object" || depth > deepestPlain) return undefined;
  if (Array.isArray(value)) {
    const trees: JsonTree[] = [];
    for (const item of value) {
      const tree = treeOf(item, depth + 1);
      if (tree === undefined) return undefined;
      trees.push(tree);
    }
    return trees;
  }
  const prototype = Object.getPrototypeOf(value);
  if ((prototype !== Object.prototype && prototype !== null) || "toJSON" in value) return undefined;
  const object = new JsonObject();
  for (const [key, item] of Object.entries(value)) {
    if (item === undefined) continue;
    const tree = treeOf(item, depth + 1);
    if (tree === undefined || /[\ud800-\udfff]/.test(key)) return undefined;
    object.keys.push(key);
    object.values.push(tree);
  }
  return object;
}

/** The deepest nesting that is converted. Deeper values may be circular. */
const deepestPlain = 100;

/** Returns the name that Go has for the kind of a JSON value. */
export function kindOf(tree: JsonTree): "null" | "bool" | "string" | "number" | "array" | "object" {
  if (tree === null) return "null";
  if (typeof tree === "boolean") return "bool";
  if (typeof tree === "string") return "string";
  if (tree instanceof JsonNumber) return "number";
  return Array.isArray(tree) ? "array" : "object";
}
