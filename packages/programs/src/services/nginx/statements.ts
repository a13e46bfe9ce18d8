// The statements of a configuration file, as nginx reads them: one after the other, so that what is wrong with an earlier
// one is said first.

/** A configuration is refused. The message has the place in it. */
export class ConfigurationError extends Error {}

/** A directive with its arguments, before anybody knows whether there is such a one. */
export interface Statement {
  readonly name: string;
  readonly args: readonly string[];
  readonly hasBlock: boolean;
  /** Where it ends: ` in /etc/nginx/nginx.conf:3`. */
  readonly place: string;
}

/** Reads the statements of a text in turn. */
export class StatementReader {
  readonly #text: string;
  readonly #source: string | undefined;
  #at = 0;
  #line = 1;

  /** @param source the path of the file. `undefined` for the command line */
  constructor(text: string, source: string | undefined) {
    this.#text = text;
    this.#source = source;
  }

  get place(): string {
    return this.#source === undefined ? " in command line" : ` in ${this.#source}:${this.#line}`;
  }

  /** Returns the next statement, or what stands in its place. @throws {ConfigurationError} */
  next(): Statement | "end of block" | "end of file" {
    const words: string[] = [];
    for (;;) {
      const token = this.#token();
      if (token === undefined) {
        if (words.length === 0) return "end of file";
        const end = this.#source === undefined ? "parameter" : "file";
        throw this.#error(
          `unexpected end of ${end}, expecting ";"${this.#source === undefined ? "" : ' or "}"'}`,
        );
      }
      if (token.isQuoted || !/^[;{}]$/.test(token.text)) {
        words.push(token.text);
        continue;
      }
      const [name, ...args] = words;
      if (token.text === "}") {
        if (name === undefined) return "end of block";
        throw this.#error('unexpected "}"');
      }
      if (name === undefined) throw this.#error(`unexpected "${token.text}"`);
      return { name, args, hasBlock: token.text === "{", place: this.place };
    }
  }

  /** Reads the text of a block to its end, without asking what its statements are. */
  error(message: string): ConfigurationError {
    return this.#error(message);
  }

  #error(message: string): ConfigurationError {
    return new ConfigurationError(`${message}${this.place}`);
  }

  #token(): { readonly text: string; readonly isQuoted: boolean } | undefined {
    this.#skip();
    const first = this.#text[this.#at];
    if (first === undefined) return undefined;
    if (first === '"' || first === "'") return { text: this.#quoted(first), isQuoted: true };
    if (/[;{}]/.test(first)) {
      this.#at++;
      return { text: first, isQuoted: false };
    }
    let text = "";
    for (let sign = first; this.#at < this.#text.length; sign = this.#text[this.#at] as string) {
      if (/\s/.test(sign) || sign === ";" || (sign === "{" && !text.endsWith("$"))) break;
      if (sign === "$" && this.#text[this.#at + 1] === "{") {
        const end = this.#text.indexOf("}", this.#at);
        if (end > 0) {
          text += this.#text.slice(this.#at, end + 1);
          this.#at = end + 1;
          continue;
        }
      }
      text += this.#escaped(sign);
    }
    return { text, isQuoted: false };
  }

  #skip(): void {
    for (;;) {
      const sign = this.#text[this.#at];
      if (sign === "\n") this.#line++;
      if (sign === "#") {
        while (this.#at < this.#text.length && this.#text[this.#at] !== "\n") this.#at++;
        continue;
      }
      if (sign === undefined || !/\s/.test(sign)) return;
      this.#at++;
    }
  }

  #quoted(quote: string): string {
    let text = "";
    this.#at++;
    for (;;) {
      const sign = this.#text[this.#at];
      if (sign === undefined) throw this.#error('unexpected end of file, expecting ";" or "}"');
      if (sign === quote) {
        this.#at++;
        const next = this.#text[this.#at];
        if (next !== undefined && !/[\s;{)]/.test(next)) throw this.#error(`unexpected "${next}"`);
        return text;
      }
      if (sign === "\n") this.#line++;
      text += this.#escaped(sign);
    }
  }

  /** Takes a character, or what its escape means. */
  #escaped(sign: string): string {
    this.#at++;
    if (sign !== "\\") return sign;
    const next = this.#text[this.#at];
    if (next === undefined) return sign;
    this.#at++;
    const meaning = escapes[next];
    if (meaning !== undefined) return meaning;
    return `\\${next}`;
  }
}

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  "\\": "\\",
  t: "\t",
  r: "\r",
  n: "\n",
};
