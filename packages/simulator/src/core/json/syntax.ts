import { isPrintable, quotedCharacter, quotedText } from "../quote.js";
import type { SyntaxWords } from "../releases/requests.js";
import { runeAt, unquoted } from "./strings.js";
import { JsonNumber, JsonObject, type JsonTree } from "./tree.js";

/** The error of a text that is not JSON. Its message is Go's. */
export class JsonSyntaxError extends Error {
  override readonly name = "JsonSyntaxError";
}

/** The error of a text that is only white space: Go's `io.EOF`. */
export class NoJsonError extends Error {
  override readonly name = "NoJsonError";
  constructor() {
    super("EOF");
  }
}

const deepest = 10_000;

/** The message about a text that ends too early. */
export const unexpectedEnd = "unexpected EOF";

interface OpenArray {
  readonly array: JsonTree[];
}
interface OpenObject {
  readonly object: JsonObject;
}

/**
 * Reads one JSON value from the beginning of `bytes`, as Go's `Decoder` does.
 *
 * @returns the value, and the offset where it ends
 * @throws {NoJsonError} there is only white space
 * @throws {JsonSyntaxError} the text is not JSON
 */
export function parseJson(bytes: Uint8Array, words: SyntaxWords): { tree: JsonTree; end: number } {
  return new Parser(bytes, words).value();
}

/**
 * Reads a text that is one JSON value and nothing else, as Go's `Unmarshal` does.
 *
 * @throws {JsonSyntaxError} the text is not one JSON value
 */
export function parseWholeJson(bytes: Uint8Array, words: SyntaxWords): JsonTree {
  let end = 0;
  let tree: JsonTree;
  try {
    ({ tree, end } = new Parser(bytes, words).value());
  } catch (error) {
    if (error instanceof NoJsonError || (error as Error).message === unexpectedEnd) {
      throw new JsonSyntaxError("unexpected end of JSON input");
    }
    throw error;
  }
  end = afterSpace(bytes, end);
  if (end < bytes.length) throw new Parser(bytes, words).invalid(end, "after top-level value");
  return tree;
}

/**
 * Returns whether something follows the value that ended at `end`, as Go's `Decoder.More`: a closing bracket
 * does not count.
 */
export function hasMore(bytes: Uint8Array, end: number): boolean {
  const next = bytes[afterSpace(bytes, end)];
  return next !== undefined && next !== 93 && next !== 125;
}

function afterSpace(bytes: Uint8Array, from: number): number {
  let at = from;
  for (;;) {
    const byte = bytes[at];
    if (byte !== 32 && byte !== 10 && byte !== 13 && byte !== 9) return at;
    at++;
  }
}

class Parser {
  #at = 0;
  readonly #bytes: Uint8Array;
  readonly #newWords: boolean;
  /** The bytes as one character each, from which plain text is cut. */
  readonly #text: string;
  /**
   * The arrays and objects around the current place. A stack instead of recursion, because 10,000 levels are
   * allowed.
   */
  readonly #open: (OpenArray | OpenObject)[] = [];

  constructor(bytes: Uint8Array, words: SyntaxWords) {
    this.#bytes = bytes;
    this.#newWords = words === "jsontext";
    this.#text = new TextDecoder("latin1").decode(bytes);
  }

  value(): { tree: JsonTree; end: number } {
    this.#space();
    if (this.#at >= this.#bytes.length) throw new NoJsonError();
    let done = this.#begin();
    // `done` is a whole value, or undefined after an array or object was opened, whose first item comes next.
    for (;;) {
      const around = this.#open.at(-1);
      if (done === undefined) {
        done = this.#begin();
        continue;
      }
      if (around === undefined) return { tree: done, end: this.#at };
      done = this.#put(around, done);
    }
  }

  /**
   * Adds a whole value to the array or object around it.
   * @returns that array or object if it ends here, otherwise `undefined`
   */
  #put(around: OpenArray | OpenObject, value: JsonTree): JsonTree | undefined {
    this.#space();
    const next = this.#byte();
    this.#at++;
    if ("array" in around) {
      around.array.push(value);
      if (next === 44) return void this.#space();
      if (next === 93) return this.#close(around.array);
      throw this.invalid(this.#at - 1, "after array element");
    }
    around.object.values.push(value);
    if (next === 44) return void this.#key(around.object);
    if (next === 125) return this.#close(around.object);
    throw this.invalid(this.#at - 1, "after object key:value pair");
  }

  #close<T extends JsonTree>(whole: T): T {
    this.#open.pop();
    return whole;
  }

  /** Reads a scalar or an empty array or object, or opens an array or object. */
  #begin(): JsonTree | undefined {
    const byte = this.#byte();
    switch (byte) {
      case 34:
        return this.#string();
      case 91: {
        const array: JsonTree[] = [];
        this.#enter({ array });
        this.#space();
        if (this.#byte() !== 93) return undefined;
        this.#at++;
        return this.#close(array);
      }
      case 123: {
        const object = new JsonObject();
        this.#enter({ object });
        this.#space();
        if (this.#byte() !== 125) return void this.#key(object);
        this.#at++;
        return this.#close(object);
      }
      case 116:
        this.#literal("true");
        return true;
      case 102:
        this.#literal("false");
        return false;
      case 110:
        this.#literal("null");
        return null;
      default:
        if (byte === 45 || isDigit(byte)) return this.#number();
        throw this.invalid(this.#at, "looking for beginning of value");
    }
  }

  #enter(opened: OpenArray | OpenObject): void {
    if (this.#open.length >= deepest) {
      throw this.#newWords
        ? new JsonSyntaxError("exceeded max depth")
        : this.invalid(this.#at, "exceeded max depth");
    }
    this.#open.push(opened);
    this.#at++;
  }

  /** Reads a key and its colon, up to the value. */
  #key(object: JsonObject): void {
    this.#space();
    if (this.#byte() !== 34) throw this.invalid(this.#at, "looking for beginning of object key string");
    object.keys.push(this.#string());
    this.#space();
    if (this.#byte() !== 58) throw this.invalid(this.#at, "after object key");
    this.#at++;
    this.#space();
  }

  #string(): string {
    const start = this.#at + 1;
    let at = start;
    let plain = true;
    for (;;) {
      const byte = this.#bytes[at];
      if (byte === undefined) throw cutShort();
      if (byte === 34) break;
      if (byte < 32) throw this.invalid(at, this.#newWords ? "in string" : "in string literal");
      if (byte === 92) {
        plain = false;
        at = this.#escape(at);
      } else {
        if (byte >= 128) plain = false;
        at++;
      }
    }
    this.#at = at + 1;
    return plain ? this.#text.slice(start, at) : unquoted(this.#bytes, start, at);
  }

  /** @returns the offset where an escape sequence ends */
  #escape(at: number): number {
    const letter = this.#bytes[at + 1];
    if (letter === undefined) throw cutShort();
    if (letter !== 117) {
      if ('"\\/bfnrt'.includes(String.fromCharCode(letter))) return at + 2;
      throw this.#newWords ? this.#invalidEscape(at, at + 2) : this.invalid(at + 1, "in string escape code");
    }
    for (let digit = at + 2; digit < at + 6; digit++) {
      const byte = this.#bytes[digit];
      if (byte === undefined) throw cutShort();
      if (isHex(byte)) continue;
      throw this.#newWords
        ? this.#invalidEscape(at, at + 6)
        : this.invalid(digit, "in \\u hexadecimal character escape");
    }
    return at + 6;
  }

  #number(): JsonNumber {
    const start = this.#at;
    if (this.#bytes[this.#at] === 45) this.#at++;
    if (this.#bytes[this.#at] === 48) this.#at++;
    else this.#digits("in numeric literal");
    if (this.#bytes[this.#at] === 46) {
      this.#at++;
      this.#digits(this.#newWords ? "in numeric literal" : "after decimal point in numeric literal");
    }
    const letter = this.#bytes[this.#at];
    if (letter === 101 || letter === 69) {
      this.#at++;
      const sign = this.#bytes[this.#at];
      if (sign === 43 || sign === 45) this.#at++;
      this.#digits(this.#newWords ? "in numeric literal" : "in exponent of numeric literal");
    }
    return new JsonNumber(this.#text.slice(start, this.#at));
  }

  /** Reads one digit or more. */
  #digits(where: string): void {
    if (!isDigit(this.#byte())) throw this.invalid(this.#at, where);
    while (isDigit(this.#bytes[this.#at])) this.#at++;
  }

  #literal(literal: string): void {
    for (let index = 0; index < literal.length; index++) {
      if (this.#byte() !== literal.charCodeAt(index)) {
        throw this.invalid(this.#at, `in literal ${literal} (expecting '${literal[index]}')`);
      }
      this.#at++;
    }
  }

  #space(): void {
    this.#at = afterSpace(this.#bytes, this.#at);
  }

  /**
   * Returns the current byte.
   * @throws {JsonSyntaxError} the text ends here
   */
  #byte(): number {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) throw cutShort();
    return byte;
  }

  /** Makes the error of an invalid character. The old parser quotes a byte, the new one a character. */
  invalid(at: number, where: string): JsonSyntaxError {
    return new JsonSyntaxError(`invalid character ${this.#quoted(at)} ${where}`);
  }

  #quoted(at: number): string {
    const byte = this.#bytes[at]!;
    if (!this.#newWords) return quotedCharacter(String.fromCharCode(byte));
    const { text, length } = runeAt(this.#bytes, at, this.#bytes.length);
    return length === 1 && byte >= 128 ? `'\\x${byte.toString(16)}'` : quotedCharacter(text);
  }

  #invalidEscape(from: number, to: number): JsonSyntaxError {
    let what = "";
    let strange = false;
    for (let at = from; at < Math.min(to, this.#bytes.length); ) {
      const { text, length } = runeAt(this.#bytes, at, Math.min(to, this.#bytes.length));
      what += text;
      strange ||= text === "`" || text === "\uFFFD" || /\s/u.test(text) || !isPrintable(text);
      at += length;
    }
    return new JsonSyntaxError(
      `invalid escape sequence ${strange ? quotedText(what) : `\`${what}\``} in string`,
    );
  }
}

function cutShort(): JsonSyntaxError {
  return new JsonSyntaxError(unexpectedEnd);
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 48 && byte <= 57;
}

function isHex(byte: number): boolean {
  return isDigit(byte) || (byte >= 65 && byte <= 70) || (byte >= 97 && byte <= 102);
}
