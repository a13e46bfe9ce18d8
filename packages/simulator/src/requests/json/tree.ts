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

/** What Go calls the kind of a JSON value. */
export function kindOf(tree: JsonTree): "null" | "bool" | "string" | "number" | "array" | "object" {
  if (tree === null) return "null";
  if (typeof tree === "boolean") return "bool";
  if (typeof tree === "string") return "string";
  if (tree instanceof JsonNumber) return "number";
  return Array.isArray(tree) ? "array" : "object";
}
