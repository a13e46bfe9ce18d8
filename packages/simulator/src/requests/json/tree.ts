// JSON as it was written: numbers as their digits, objects with every key, twice too.

/** A number in the text that stood there, e.g. `1.50`. */
export class JsonNumber {
  constructor(readonly text: string) {}
}

/** An object's members, in order. */
export class JsonObject {
  readonly keys: string[] = [];
  readonly values: JsonTree[] = [];
}

export type JsonTree = null | boolean | string | JsonNumber | JsonTree[] | JsonObject;

/**
 * A value as the tree that its JSON is read into. `undefined` where that is not plain to see: for what has a `toJSON`,
 * surrogates without their other half, and whatever JSON has no name for.
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

/** Deeper ones may go round in circles. */
const deepestPlain = 100;

/** What Go calls the kind of a JSON value. */
export function kindOf(tree: JsonTree): "null" | "bool" | "string" | "number" | "array" | "object" {
  if (tree === null) return "null";
  if (typeof tree === "boolean") return "bool";
  if (typeof tree === "string") return "string";
  if (tree instanceof JsonNumber) return "number";
  return Array.isArray(tree) ? "array" : "object";
}
