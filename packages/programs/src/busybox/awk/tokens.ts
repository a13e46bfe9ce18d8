// Divides the text of an awk program into tokens.
import type { ByteText } from "../byte-text.js";
import { readEscape } from "../escapes.js";
import { AwkError, type Place } from "./awk-error.js";
import { isBuiltin } from "./builtin-names.js";
import { leadingNumber, untilZero } from "./value.js";

export type Token = {
  readonly place: Place;
  /** The index of its first character, and of the one behind it. */
  readonly from: number;
  readonly to: number;
} & (
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "string"; readonly text: ByteText }
  /** A variable; an array, which has a `[` behind it; a function, which has a `(` directly behind it. */
  | { readonly kind: "name" | "array" | "function"; readonly text: string }
  | { readonly kind: "builtin" | "keyword" | "operator"; readonly text: string }
  | { readonly kind: "newline" | "end" }
);

const keywords: ReadonlySet<string> = new Set(
  "BEGIN END func function if else while for do break continue delete print printf next nextfile return exit getline in".split(
    " ",
  ),
);

const operator = /(?:\*\*=|&&|\|\||\+\+|--|>>|!~|\*\*|[-+*/%^!<>=]=|[-+*/%^!<>=~?:,;(){}[\]$|])/y;
const number = /0[xX][\da-fA-F]+|\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?/y;
const name = /[A-Za-z_]\w*/y;

/** The longest match of a sticky expression at an index. */
function matchAt(expression: RegExp, text: string, at: number): string | undefined {
  expression.lastIndex = at;
  return expression.exec(text)?.[0];
}

export class Tokens {
  readonly #text: ByteText;
  readonly #source: string;
  #at = 0;
  #line = 1;
  #ahead: Token | undefined;
  /** The last token that was taken. */
  last: Token | undefined;

  constructor(text: ByteText, source: string) {
    this.#text = text;
    this.#source = source;
  }

  /** Returns the next token without taking it. @throws {AwkError} */
  peek(): Token {
    this.#ahead ??= this.#read();
    return this.#ahead;
  }

  /** Takes the next token. @throws {AwkError} */
  take(): Token {
    const token = this.peek();
    this.#ahead = undefined;
    this.last = token;
    return token;
  }

  /** Takes the pattern that begins with the next token, which is `/` or `/=`. @throws {AwkError} */
  takePattern(): ByteText {
    const { place, from } = this.take();
    const text = this.#text;
    let pattern = "";
    for (this.#at = from + 1; text[this.#at] !== "/"; this.#at++) {
      const letter = text[this.#at];
      if (letter === undefined || letter === "\n") throw new AwkError("Unexpected end of string", place);
      if (letter !== "\\") pattern += letter;
      else if (text[this.#at + 1] === "/") {
        pattern += "/";
        this.#at++;
      } else if (text[this.#at + 1] === "\\") {
        pattern += "\\\\";
        this.#at++;
      } else {
        const [replacement, length] = escapeAt(text, this.#at);
        pattern += replacement ?? text.slice(this.#at, this.#at + 2);
        this.#at += replacement === undefined ? 1 : length - 1;
      }
    }
    this.#at++;
    return pattern;
  }

  /** The place that the tokens have been read up to. */
  get place(): Place {
    return { source: this.#source, line: this.#line };
  }

  #read(): Token {
    this.#skipSpace();
    const text = this.#text;
    const from = this.#at;
    const { place } = this;
    const letter = text[from];
    const end = (length: number) => {
      this.#at = from + length;
      return { place, from, to: this.#at };
    };
    if (letter === undefined) return { kind: "end", ...end(0) };
    if (letter === "\n") {
      this.#line++;
      return { kind: "newline", ...end(1) };
    }
    if (letter === '"') return this.#readString(place);
    const digits = matchAt(number, text, from);
    if (digits !== undefined) {
      const octal = /^0[0-7]+/.exec(digits)?.[0];
      const isOctal = octal !== undefined && !/[\d.]/.test(text[from + octal.length] ?? "");
      const written = isOctal ? octal : digits;
      if (text[from + written.length] === ".") throw new AwkError("Unexpected token", place);
      const value = isOctal ? Number.parseInt(octal, 8) : leadingNumber(digits)[0];
      return { kind: "number", value, ...end(written.length) };
    }
    const word = matchAt(name, text, from);
    if (word !== undefined) return { ...this.#readName(word, from), ...end(word.length) };
    const found = matchAt(operator, text, from);
    if (found === undefined) throw new AwkError("Unexpected token", place);
    return {
      kind: "operator",
      text: found === "**" ? "^" : found === "**=" ? "^=" : found,
      ...end(found.length),
    };
  }

  #readName(
    text: string,
    from: number,
  ): { kind: "keyword" | "builtin" | "function" | "array" | "name"; text: string } {
    if (keywords.has(text)) return { kind: "keyword", text };
    if (isBuiltin(text)) return { kind: "builtin", text };
    const rest = this.#text.slice(from + text.length, from + text.length + 1);
    if (rest === "(") return { kind: "function", text };
    const next = matchAt(/[ \t\r]*\[/y, this.#text, from + text.length);
    return { kind: next === undefined ? "name" : "array", text };
  }

  #readString(place: Place): Token {
    const text = this.#text;
    const from = this.#at;
    let value = "";
    for (this.#at++; text[this.#at] !== '"'; this.#at++) {
      const letter = text[this.#at];
      if (letter === undefined || letter === "\n") throw new AwkError("Unexpected end of string", place);
      if (letter !== "\\") value += letter;
      else if (text[this.#at + 1] === "\n") {
        this.#at++;
        this.#line++;
      } else {
        const [replacement, length] = escapeAt(text, this.#at);
        value += replacement ?? text[this.#at + 1] ?? "";
        this.#at += length - 1;
      }
    }
    this.#at++;
    return { kind: "string", text: untilZero(value), place, from, to: this.#at };
  }

  #skipSpace(): void {
    for (;;) {
      const letter = this.#text[this.#at];
      if (letter === " " || letter === "\t" || letter === "\r") this.#at++;
      else if (letter === "\\" && this.#text[this.#at + 1] === "\n") {
        this.#at += 2;
        this.#line++;
      } else if (letter === "#") {
        const end = this.#text.indexOf("\n", this.#at);
        this.#at = end < 0 ? this.#text.length : end;
      } else return;
    }
  }
}

/**
 * Reads the escape sequence at a backslash: the character that it stands for, or `undefined` when it is none
 * of C's, and its length.
 */
function escapeAt(text: ByteText, at: number): [character: string | undefined, length: number] {
  const { byte, length } = readEscape(text.slice(at, at + 4), false);
  return length === 1 ? [undefined, 2] : [String.fromCharCode(byte), length];
}

/** Replaces the escape sequences in the value of an option or an argument, as in a string of a program. */
export function unescaped(text: ByteText): ByteText {
  let value = "";
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== "\\" || at + 1 === text.length) {
      value += text[at];
      continue;
    }
    const [replacement, length] = escapeAt(text, at);
    value += replacement ?? text[at + 1];
    at += length - 1;
  }
  return untilZero(value);
}
