// Files of variables: `.env`, `--env-file` and `env_file`.

import { ComposeError } from "./error.js";
import { type Lookup, substitute, type Warn } from "./interpolation.js";

const blank = /[\t\v\f\r \u0085\u00a0]/;

/**
 * Reads a file of variables. A value may use variables of `lookup`, and then those above it in the file.
 * @throws {ComposeError} with the number of the line.
 * @example readEnvFile("A=1\nB=${A}2", () => undefined, warn) // Map { "A" => "1", "B" => "12" }
 */
export function readEnvFile(
  text: string,
  lookup: Lookup,
  warn: Warn,
  into = new Map<string, string>(),
): Map<string, string> {
  const reader = new Reader(text.replace(/^\ufeff/, ""), into, lookup, warn);
  reader.readAll();
  return into;
}

class Reader {
  #at = 0;
  readonly #text: string;

  constructor(
    text: string,
    readonly values: Map<string, string>,
    readonly lookup: Lookup,
    readonly warn: Warn,
  ) {
    this.#text = text;
  }

  get #line(): number {
    return this.#text.slice(0, this.#at).split("\n").length;
  }

  readAll(): void {
    while (this.#toStatement()) {
      const name = this.#name();
      if (name.inherited) {
        const value = this.lookup(name.key);
        if (value !== undefined) this.values.set(name.key, value);
      } else {
        this.values.set(name.key, this.#value());
      }
    }
  }

  /** Skips white space and comments. False at the end. */
  #toStatement(): boolean {
    for (;;) {
      while (/\s/.test(this.#text[this.#at] ?? "")) this.#at++;
      if (this.#text[this.#at] !== "#") return this.#at < this.#text.length;
      const end = this.#text.indexOf("\n", this.#at);
      this.#at = end < 0 ? this.#text.length : end;
    }
  }

  #name(): { key: string; inherited: boolean } {
    const exported = /^export\s+/.exec(this.#text.slice(this.#at));
    if (exported) this.#at += exported[0].length;
    const start = this.#at;
    let end = start;
    for (; end < this.#text.length; end++) {
      const character = this.#text[end] ?? "";
      if (character === "=" || character === ":" || character === "\n") break;
      if (blank.test(character) || /[_.\-[\]\p{L}\p{N}]/u.test(character)) continue;
      const statement = this.#text.slice(start).split("\n")[0] ?? "";
      throw new ComposeError(
        `line ${this.#line}: unexpected character ${JSON.stringify(character)} in variable name ${JSON.stringify(statement)}`,
      );
    }
    const inherited = this.#text[end] === "\n";
    // Without a sign and a line's end, Go's reader finds no key.
    const key = end === this.#text.length ? "" : this.#text.slice(start, end).trimEnd();
    if (key.includes(" ")) throw new ComposeError(`line ${this.#line}: key cannot contain a space`);
    this.#at = end === this.#text.length ? start : end + 1;
    while (blank.test(this.#text[this.#at] ?? "")) this.#at++;
    return { key, inherited };
  }

  #value(): string {
    const quote = this.#text[this.#at];
    if (quote !== '"' && quote !== "'") {
      const end = this.#text.indexOf("\n", this.#at);
      const line = this.#text.slice(this.#at, end < 0 ? undefined : end);
      this.#at = end < 0 ? this.#text.length : end + 1;
      const comment = line.indexOf(" #");
      return this.#expand((comment < 0 ? line : line.slice(0, comment)).trimEnd());
    }
    const start = this.#at;
    let value = "";
    let escaped = false;
    for (let at = start + 1; at < this.#text.length; at++) {
      const character = this.#text[at] ?? "";
      if (character === quote && !escaped) {
        this.#at = at + 1;
        return quote === '"' ? this.#expand(unescape(value)) : value;
      }
      if (character === "\\" && !escaped) {
        escaped = true;
        continue;
      }
      value += escaped && character !== quote ? `\\${character}` : character;
      escaped = false;
    }
    const statement = this.#text.slice(start).split("\n")[0];
    throw new ComposeError(`line ${this.#line}: unterminated quoted value ${statement}`);
  }

  #expand(value: string): string {
    return substitute(value, (name) => this.lookup(name) ?? this.values.get(name), this.warn);
  }
}

const escapes: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  '"': '"',
  "\\": "\\",
};

function unescape(text: string): string {
  return text.replace(/\\(?:([abcfnrtv$"\\])|0(\d{0,3}))/g, (match, letter?: string, octal?: string) => {
    if (letter === "$") return "$$";
    if (letter) return escapes[letter] ?? match;
    return octal?.length === 3 && Number.parseInt(octal, 8) < 256
      ? String.fromCharCode(Number.parseInt(octal, 8))
      : match;
  });
}

/**
 * Reads a file as `docker run --env-file` does (`format: raw`): every line is a variable as it stands.
 * @throws {ComposeError} a name with white space, or none.
 */
export function readRawEnvFile(text: string, lookup: Lookup): Map<string, string> {
  const values = new Map<string, string>();
  for (const line of text.replace(/^\ufeff/, "").split("\n")) {
    const statement = line.replace(/\r$/, "").trimStart();
    if (statement === "" || statement.startsWith("#")) continue;
    const sign = statement.indexOf("=");
    const name = sign < 0 ? statement : statement.slice(0, sign);
    if (name === "") throw new ComposeError(`no variable name on line '${statement}'`);
    if (/\s/.test(name)) throw new ComposeError(`variable '${name}' contains whitespaces`);
    const value = sign < 0 ? lookup(name) : statement.slice(sign + 1);
    if (value !== undefined) values.set(name, value);
  }
  return values;
}
