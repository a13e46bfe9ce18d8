// What a YAML file holds before it means anything: scalars, lists and mappings, as Go's decoder makes them.

/** A number that was written as a float. Go keeps 1.0 apart from 1, and writes 1000000.0 as `1e+06`. */
export class Float {
  constructor(readonly value: number) {}
}

/** A time, as `2020-01-01` without quotes is one. Compose accepts none, but in extensions. */
export class Timestamp {
  constructor(readonly text: string) {}
}

type Scalar = string | number | bigint | boolean | null | Float | Timestamp;
export type TreeMap = Map<string, Tree>;
export type Tree = Scalar | Tree[] | TreeMap;

export const isMap = (tree: Tree | undefined): tree is TreeMap => tree instanceof Map;

/** A copy that shares nothing with the original. */
export function copyTree(tree: Tree): Tree {
  if (Array.isArray(tree)) return tree.map(copyTree);
  if (isMap(tree)) return new Map([...tree].map(([key, value]) => [key, copyTree(value)]));
  return tree;
}

/** The value as Go's `%v` prints it: what a number becomes where a text is wanted. */
export function goText(tree: Tree): string {
  if (tree === null) return "<nil>";
  if (tree instanceof Float) return goFloat(tree.value);
  if (tree instanceof Timestamp) return `${tree.text} 00:00:00 +0000 UTC`;
  if (Array.isArray(tree)) return `[${tree.map(goText).join(" ")}]`;
  if (isMap(tree)) {
    return `map[${inGoOrder(tree)
      .map(([key, value]) => `${key}:${goText(value)}`)
      .join(" ")}]`;
  }
  return String(tree);
}

/** The type's name as Go's `%T` prints it. */
export function goType(tree: Tree): string {
  if (tree === null) return "<nil>";
  if (tree instanceof Float) return "float64";
  if (tree instanceof Timestamp) return "time.Time";
  if (Array.isArray(tree)) return "[]interface {}";
  if (isMap(tree)) return "map[string]interface {}";
  if (typeof tree === "boolean") return "bool";
  return typeof tree === "string" ? "string" : "int";
}

/** A float as Go's `%v` prints it: the shortest digits, with an exponent where it is below -4 or above 5. */
export function goFloat(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "+Inf" : "-Inf";
  const [digits = "", exponent = "0"] = value.toExponential().split("e");
  const power = Number(exponent);
  if (power >= -4 && power < 6) return decimal(value);
  return `${digits}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
}

/** The number without an exponent. */
function decimal(value: number): string {
  const text = String(value);
  if (!text.includes("e")) return text;
  const digits = value.toExponential().split("e")[0]?.replace(/[-.]/g, "").length ?? 1;
  const places = Math.max(0, digits - 1 - Number(text.split("e")[1]));
  return value.toFixed(Math.min(places, 100));
}

/** The entries of a map in the order in which Go prints them. */
export function inGoOrder<T>(map: ReadonlyMap<string, T>): [string, T][] {
  return [...map].sort(([a], [b]) => compareBytes(a, b));
}

/** The order of Go's strings: by bytes of UTF-8, which is the order of code points. */
export function compareBytes(a: string, b: string): number {
  if (a === b) return 0;
  const left = [...a];
  const right = [...b];
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const difference = (left[at]?.codePointAt(0) ?? 0) - (right[at]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
