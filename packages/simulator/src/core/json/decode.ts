import { parseTime, rfc3339, TimestampError } from "@dryharbor/sdk/timestamp";
import type { TypeWords } from "../releases/requests.js";
import { type Field, foldedKey, type Shape, type Struct } from "./shape.js";
import { JsonNumber, JsonObject, type JsonTree, kindOf } from "./tree.js";

/** The error of a value of the wrong type. Its message is Go's. */
export class JsonTypeError extends Error {
  override readonly name = "JsonTypeError";
}

/**
 * Decodes JSON into a shape, as Go does. After a value of the wrong type decoding goes on, and the first
 * error is thrown at the end. Unknown keys are dropped. If a key comes twice, the second value counts; maps
 * and structs are merged.
 *
 * @param root - the name that Go's errors have for the outermost struct
 * @throws {JsonTypeError} a value has the wrong type
 */
export function decode(tree: JsonTree, shape: Shape, root: string, words: TypeWords): unknown {
  const decoder = new Decoder(root, words);
  const value = decoder.value(tree, shape, undefined);
  if (decoder.problem) throw decoder.problem;
  return value;
}

class Decoder {
  problem: JsonTypeError | undefined;
  /** The keys, indexes and names of embedded structs that lead here, as far as the release reports them. */
  readonly #path: string[] = [];
  /** The struct that is being decoded. */
  #struct: string | undefined;

  constructor(
    readonly root: string,
    readonly words: TypeWords,
  ) {}

  /** Decodes one value. @param before - the value that an earlier key of the same name left */
  value(tree: JsonTree, shape: Shape, before: unknown): unknown {
    switch (shape.kind) {
      case "pointer":
        return tree === null ? null : this.value(tree, shape.to, before);
      case "string":
        if (typeof tree === "string") return tree;
        return this.#scalar(tree, shape, before, "");
      case "bool":
        if (typeof tree === "boolean") return tree;
        return this.#scalar(tree, shape, before, false);
      case "int":
      case "uint":
      case "float":
        if (tree instanceof JsonNumber) return this.#number(tree.text, shape);
        return this.#scalar(tree, shape, before, 0);
      case "time":
        return this.#time(tree, shape, before);
      case "words":
        return this.#words(tree);
      case "parsed":
        if (typeof tree === "string") return shape.read(tree);
        if (shape.lenient) return before ?? "";
        return this.#scalar(tree, shape, shape.nullEmpties ? undefined : before, "");
      case "bytes":
        return this.#bytes(tree, shape, before);
      case "list":
        return this.#list(tree, shape, before);
      case "map":
        return this.#map(tree, shape, before);
      case "struct":
        return this.#structure(tree, shape, before);
    }
  }

  /**
   * Decodes what is not a scalar of the expected kind: `null` keeps the value before, anything else is
   * refused.
   */
  #scalar(tree: JsonTree, shape: Shape, before: unknown, zero: unknown): unknown {
    if (tree !== null) this.#refuse(kindOf(tree), shape.type);
    return before ?? zero;
  }

  #number(text: string, { kind, type, bits }: Extract<Shape, { bits: number }>): number {
    if (kind === "float") {
      const rounded = Math.fround(Number(text));
      if (Number.isFinite(rounded)) return rounded;
    } else if (/^-?\d+$/.test(text)) {
      const whole = BigInt(text);
      const fits = kind === "int" ? BigInt.asIntN(bits, whole) : BigInt.asUintN(bits, whole);
      if (fits === whole && !(kind === "uint" && text.startsWith("-"))) return Number(whole);
    }
    this.#refuse(`number ${text}`, type);
    return 0;
  }

  #time(tree: JsonTree, shape: Shape, before: unknown): unknown {
    if (tree === null) return before;
    const { timeIsParsedQuoted: quoted, ownDecodingEndsIt } = this.words;
    try {
      if (quoted) parseTime(`"${rfc3339}"`, written(tree));
      else if (typeof tree === "string") parseTime(rfc3339, tree);
      else if (ownDecodingEndsIt) throw new TimestampError("Time.UnmarshalJSON: input is not a JSON string");
      else this.#refuse(kindOf(tree), shape.type);
    } catch (error) {
      if (!(error instanceof TimestampError)) throw error;
      const problem = new JsonTypeError(error.message);
      if (ownDecodingEndsIt) throw problem;
      this.problem ??= problem;
    }
    return tree;
  }

  #words(tree: JsonTree): string[] | null {
    if (tree === null) return null;
    if (typeof tree === "string") return [tree];
    const list = Array.isArray(tree) ? tree : undefined;
    if (list?.every((item) => item === null || typeof item === "string")) {
      return list.map((item) => (item === null ? "" : String(item)));
    }
    const problem = this.#problem(kindOf(tree), "string", !this.words.ownDecodingEndsIt);
    if (this.words.ownDecodingEndsIt) throw problem;
    this.problem ??= problem;
    return null;
  }

  #bytes(tree: JsonTree, shape: Shape, before: unknown): unknown {
    if (typeof tree === "string") {
      const clean = tree.replaceAll(/[\r\n]/g, "");
      const wrong = illegalBase64(clean);
      if (wrong === undefined) return clean;
      const why = `illegal base64 data at input byte ${wrong}`;
      const placed =
        this.words.place === "everything" ? this.#problem("string", shape.type, false) : undefined;
      this.problem ??= new JsonTypeError(placed ? `${placed.message}: ${why}` : why);
      return null;
    }
    if (tree !== null && !Array.isArray(tree)) this.#refuse(kindOf(tree), shape.type);
    return before ?? null;
  }

  #list(tree: JsonTree, { of, type, length }: Extract<Shape, { kind: "list" }>, before: unknown): unknown {
    const earlier = Array.isArray(before) ? (before as unknown[]) : [];
    if (tree === null) return length === undefined ? null : earlier;
    if (!Array.isArray(tree)) {
      this.#refuse(kindOf(tree), type);
      return null;
    }
    const items = length === undefined ? tree : tree.slice(0, length);
    const decoded = items.map((item, index) =>
      this.#at(index, () => this.#element(item, of, earlier[index])),
    );
    while (decoded.length < (length ?? 0)) decoded.push(0);
    return decoded;
  }

  /** Decodes an item of a list or map. `null` for a struct gives a struct without values. */
  #element(tree: JsonTree, of: Shape, before: unknown): unknown {
    const value = this.value(tree, of, before);
    return value === undefined && of.kind === "struct" ? {} : value;
  }

  #map(tree: JsonTree, { of, type, readKey }: Extract<Shape, { kind: "map" }>, before: unknown): unknown {
    if (tree === null) return null;
    if (!(tree instanceof JsonObject)) {
      this.#refuse(kindOf(tree), type);
      return null;
    }
    const result: Record<string, unknown> = { ...(before as Record<string, unknown> | null | undefined) };
    for (const [index, key] of tree.keys.entries()) {
      const value = this.#at(key, () => this.#element(tree.values[index]!, of, undefined));
      set(result, readKey ? readKey(key) : key, value);
    }
    return result;
  }

  #structure(tree: JsonTree, shape: Struct, before: unknown): unknown {
    if (tree === null) return before;
    if (!(tree instanceof JsonObject)) {
      this.#refuse(kindOf(tree), shape.type);
      return before;
    }
    const result = { ...(before as Record<string, unknown> | null | undefined) };
    const around = this.#struct;
    for (const [index, key] of tree.keys.entries()) {
      const field = shape.fields.get(key) ?? shape.folded.get(foldedKey(key));
      if (!field) continue;
      this.#struct = shape.name;
      const place = target(result, field);
      place[field.key] = this.#field(field, key, tree.values[index]!, place[field.key]);
    }
    this.#struct = around;
    return shape.whole ? completed(result, shape) : result;
  }

  #field(field: Field, key: string, tree: JsonTree, before: unknown): unknown {
    const { place } = this.words;
    const steps =
      place === "everything"
        ? [key]
        : place === "keysAndEmbedded"
          ? [...field.through, field.key]
          : [field.key];
    this.#path.push(...steps);
    const value = this.value(tree, field.shape, before);
    this.#path.length -= steps.length;
    return value;
  }

  /** Decodes inside a map or list, at a key or index. */
  #at<T>(step: string | number, inside: () => T): T {
    if (this.words.place !== "everything") return inside();
    this.#path.push(String(step));
    const value = inside();
    this.#path.pop();
    return value;
  }

  #refuse(value: string, type: string): void {
    this.problem ??= this.#problem(value, type, false);
  }

  /** Makes the error of a wrong type. @param placeless - the release does not report the place */
  #problem(value: string, type: string, placeless: boolean): JsonTypeError {
    return new JsonTypeError(
      `json: cannot unmarshal ${value} into ${placeless ? "Go value" : this.#place()} of type ${type}`,
    );
  }

  #place(): string {
    if (this.#path.length === 0) return "Go value";
    if (this.words.place !== "everything")
      return `Go struct field ${this.#struct ?? ""}.${this.#path.join(".")}`;
    // Go takes a path that ends in a number for an index of a list.
    const path = this.#path.map((step) => step.replaceAll("~", "~0").replaceAll("/", "~1")).join(".");
    const last = path.slice(path.lastIndexOf(".") + 1);
    return `${/^\d+$/.test(last) ? "" : "Go struct field "}${this.root}.${path}`;
  }
}

/** Returns a scalar as JSON. Of a list or an object only its beginning matters. */
function written(tree: JsonTree): string {
  if (tree instanceof JsonNumber) return tree.text;
  return Array.isArray(tree) ? "[" : tree instanceof JsonObject ? "{" : JSON.stringify(tree);
}

/** Adds Go's zero values for the fields that were not given. */
function completed(given: Readonly<Record<string, unknown>>, { fields }: Struct): Record<string, unknown> {
  return Object.fromEntries([...fields.values()].map(({ key, shape }) => [key, given[key] ?? zero(shape)]));
}

function zero({ kind }: Shape): unknown {
  if (kind === "int" || kind === "uint" || kind === "float") return 0;
  return kind === "string" ? "" : kind === "bool" ? false : null;
}

function target(result: Record<string, unknown>, { into }: Field): Record<string, unknown> {
  if (into === "") return result;
  result[into] ??= {};
  return result[into] as Record<string, unknown>;
}

/** Sets a property of any name, including `__proto__`. */
function set(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== "__proto__") object[key] = value;
  else Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}

/** Returns the offset at which base64 is malformed, as Go's decoder counts, or `undefined` if it is valid. */
function illegalBase64(text: string): number | undefined {
  const strange = /[^A-Za-z0-9+/]/.exec(text)?.index ?? text.length;
  const padding = text.slice(strange);
  // The last group of four lacks as many digits.
  const wanted = ["", undefined, "==", "="][strange % 4];
  if (padding === wanted) return undefined;
  if (padding === "") return strange - (strange % 4);
  if (!wanted || !padding.startsWith("=")) return strange;
  if (padding.startsWith(wanted)) return strange + wanted.length;
  return padding === "=" ? text.length : strange;
}
