// Several URLs in one: `{a,b}` and `[1-3]`.
import { parseAddress } from "@dryharbor/kernel";
import { CurlError } from "./curl-error.js";

/** One URL of a pattern, and what stands in it for each set or range. */
export interface Globbed {
  readonly url: string;
  readonly parts: readonly string[];
}

type Piece = { readonly literal: string } | { readonly choices: readonly string[] };

/** Expands a pattern. The last set or range varies first. @throws {CurlError} */
export function expandGlob(pattern: string): Globbed[] {
  let found: Globbed[] = [{ url: "", parts: [] }];
  for (const piece of new GlobReader(pattern).read()) {
    if ("literal" in piece) found = found.map(({ url, parts }) => ({ url: url + piece.literal, parts }));
    else {
      found = found.flatMap(({ url, parts }) =>
        piece.choices.map((choice) => ({ url: url + choice, parts: [...parts, choice] })),
      );
    }
  }
  return found;
}

/** Puts the parts of a URL into the name of a file: `#1` is the first one. */
export function nameWith(name: string, { parts }: Globbed): string {
  return name.replace(/#(\d+)/g, (whole, number: string) => parts[Number(number) - 1] ?? whole);
}

class GlobReader {
  readonly #pattern: string;
  #at = 0;

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  read(): Piece[] {
    const pieces: Piece[] = [];
    while (this.#at < this.#pattern.length) {
      const literal = this.#literal();
      if (literal !== "") pieces.push({ literal });
      else {
        const opening = this.#pattern[this.#at++];
        pieces.push({ choices: opening === "{" ? this.#set() : this.#range() });
      }
    }
    return pieces;
  }

  #literal(): string {
    let text = "";
    for (;;) {
      const letter = this.#pattern[this.#at];
      if (letter === undefined || letter === "{") return text;
      if (letter === "[") {
        const skipped = this.#bracketed();
        if (skipped === "") return text;
        text += skipped;
        this.#at += skipped.length;
        continue;
      }
      if (letter === "}" || letter === "]") throw this.#bad("unmatched close brace/bracket", this.#at + 1);
      if (letter === "\\" && /[{}[\]]/.test(this.#pattern[this.#at + 1] ?? "")) this.#at++;
      text += this.#pattern[this.#at++];
    }
  }

  /** Returns an IPv6 address in brackets, or `[]`, which are no ranges. */
  #bracketed(): string {
    const rest = this.#pattern.slice(this.#at);
    const [whole = "", inner = ""] = /^\[([^\]]*)\]/.exec(rest) ?? [];
    return inner === "" || parseAddress(inner.split("%")[0] as string)?.family === 6 ? whole : "";
  }

  #set(): string[] {
    const opening = this.#at;
    const choices: string[] = [];
    for (let text = ""; ; ) {
      const letter = this.#pattern[this.#at];
      if (letter === undefined) throw this.#bad("unmatched brace", opening);
      if (letter === "{" || letter === "[") throw this.#bad("nested brace", this.#at + 1);
      if (letter === "]") throw this.#bad("unexpected close bracket", this.#at + 1);
      if (letter === "}" && this.#at === opening) throw this.#bad("empty string within braces", this.#at + 1);
      this.#at++;
      if (letter === "}" || letter === ",") {
        choices.push(text);
        if (letter === "}") return choices;
        text = "";
      } else text += letter === "\\" && this.#at < this.#pattern.length ? this.#pattern[this.#at++] : letter;
    }
  }

  #range(): string[] {
    const rest = this.#pattern.slice(this.#at);
    if (/^[a-z]/i.test(rest)) return this.#letters(rest);
    if (!/^\d/.test(rest)) throw this.#bad("bad range specification", this.#at + 1);
    const [whole = "", first = "", last = "", by = "1"] = /^(\d+)-[ \t]*(\d+)(?::(\d+))?\]/.exec(rest) ?? [];
    const [from, to, step] = [Number(first), Number(last), Number(by)];
    if (whole === "")
      throw this.#bad(
        "bad range",
        this.#at + 1 + (/^\d+(-[ \t]*(\d+(:\d*)?)?)?/.exec(rest)?.[0] ?? "").length,
      );
    this.#at += whole.length;
    if (!isRange(from, to, step)) throw this.#bad("bad range", this.#at + 1);
    const width = first.startsWith("0") ? first.length : 0;
    return steps(from, to, step).map((number) => String(number).padStart(width, "0"));
  }

  #letters(rest: string): string[] {
    const [whole = "", first = "", last = "", by = "1"] = /^([a-z])-(.)(?::(\d{1,3}))?\]/is.exec(rest) ?? [];
    const [from, to, step] = [first.charCodeAt(0), last.charCodeAt(0), Number(by)];
    this.#at += whole.length;
    if (whole === "" || !isRange(from, to, step) || to - from > 25)
      throw this.#bad("bad range", this.#at + 1);
    return steps(from, to, step).map((code) => String.fromCharCode(code));
  }

  #bad(why: string, position: number): CurlError {
    // A long URL is not shown.
    const shown = `${why} in URL position ${position}:`;
    return new CurlError(3, `${shown}\n${this.#pattern}\n${" ".repeat(Math.max(0, position - 1))}^`);
  }
}

function isRange(from: number, to: number, step: number): boolean {
  if (from === to) return step === 1;
  return from < to && step > 0 && step <= to - from;
}

function steps(from: number, to: number, step: number): number[] {
  return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, at) => from + at * step);
}
