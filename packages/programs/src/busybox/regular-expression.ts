import type { ByteText } from "./byte-text.js";
import { characterClasses } from "./character-classes.js";

export interface RegularExpressionOptions {
  /** `(a|b)+` and not `\(a\|b\)\+`. */
  readonly extended?: boolean;
  readonly ignoreCase?: boolean;
}

/** A pattern that is none. */
export class BadExpression extends Error {}

/** POSIX's regular expressions, with GNU's additions, in JavaScript's. @throws {BadExpression} */
export function regularExpression(pattern: ByteText, options: RegularExpressionOptions = {}): RegExp {
  try {
    return new RegExp(
      new Translation(pattern, options.extended === true).source(),
      options.ignoreCase ? "gi" : "g",
    );
  } catch (error) {
    if (error instanceof SyntaxError) throw new BadExpression(pattern);
    throw error;
  }
}

class Translation {
  #at = 0;
  #depth = 0;

  constructor(
    readonly pattern: string,
    readonly extended: boolean,
  ) {}

  source(): string {
    let source = "";
    /** Whether something stands before here that can be repeated. */
    let repeatable = false;
    while (this.#at < this.pattern.length) {
      const piece = this.#piece(source, repeatable);
      source += piece.text;
      repeatable = piece.repeatable;
    }
    if (this.#depth > 0) throw new BadExpression(this.pattern);
    return source;
  }

  #piece(before: string, repeatable: boolean): { text: string; repeatable: boolean } {
    const { pattern, extended } = this;
    const letter = pattern[this.#at] as string;
    const next = pattern[this.#at + 1];
    if (letter === "[") return { text: this.#bracket(), repeatable: true };
    if (letter === "\\") {
      this.#at += 2;
      if (next === undefined) throw new BadExpression(pattern);
      if (!extended && "(){}|+?".includes(next)) return this.#operator(next, repeatable);
      if (/[1-9]/.test(next)) return { text: `\\${next}(?:)`, repeatable: true };
      if ("wWsSbB".includes(next)) return { text: `\\${next}`, repeatable: true };
      if (next === "<") return { text: "\\b(?=\\w)", repeatable: false };
      if (next === ">") return { text: "\\b(?<=\\w)", repeatable: false };
      if (next === "n" || next === "t") return { text: `\\${next}`, repeatable: true };
      return { text: literal(next), repeatable: true };
    }
    this.#at++;
    if (extended && "(){}|+?".includes(letter)) return this.#operator(letter, repeatable);
    if (letter === "*")
      return repeatable ? { text: "*", repeatable: true } : { text: "\\*", repeatable: true };
    if (letter === ".") return { text: "[^]", repeatable: true };
    if (letter === "^") {
      const anchors = extended || before === "" || /(?:^|[^\\])(?:\(|\|)$/.test(before);
      return anchors ? { text: "^", repeatable: false } : { text: "\\^", repeatable: true };
    }
    if (letter === "$") {
      const rest = pattern.slice(this.#at);
      const anchors = extended || rest === "" || rest.startsWith("\\)") || rest.startsWith("\\|");
      return anchors ? { text: "$", repeatable: false } : { text: "\\$", repeatable: true };
    }
    return { text: literal(letter), repeatable: true };
  }

  #operator(letter: string, repeatable: boolean): { text: string; repeatable: boolean } {
    if (letter === "(") {
      this.#depth++;
      return { text: "(", repeatable: false };
    }
    if (letter === ")") {
      if (this.#depth === 0) {
        if (this.extended) return { text: "\\)", repeatable: true };
        throw new BadExpression(this.pattern);
      }
      this.#depth--;
      return { text: ")", repeatable: true };
    }
    if (letter === "|") return { text: "|", repeatable: false };
    if (letter === "{") {
      const close = this.extended ? "}" : "\\}";
      const end = this.pattern.indexOf(close, this.#at);
      const counts = end < 0 ? "" : this.pattern.slice(this.#at, end);
      if (!/^\d*(,\d*)?$/.test(counts) || counts === "") {
        if (this.extended) return { text: "\\{", repeatable: true };
        throw new BadExpression(this.pattern);
      }
      this.#at = end + close.length;
      return { text: `{${counts.startsWith(",") ? `0${counts}` : counts}}`, repeatable: true };
    }
    if (letter === "}") return { text: "\\}", repeatable: true };
    return repeatable ? { text: letter, repeatable: true } : { text: literal(letter), repeatable: true };
  }

  #bracket(): string {
    const { pattern } = this;
    let at = this.#at + 1;
    const negated = pattern[at] === "^";
    if (negated) at++;
    let source = "";
    for (let first = true; ; first = false) {
      const letter = pattern[at];
      if (letter === undefined) throw new BadExpression(pattern);
      if (letter === "]" && !first) break;
      const named = /^\[:(\w+):\]/.exec(pattern.slice(at));
      if (named) {
        const members = characterClasses[named[1] as string];
        if (members === undefined) throw new BadExpression(pattern);
        source += members;
        at += named[0].length;
        continue;
      }
      at++;
      // Nothing is special between brackets, a backslash neither; `-` is between two others.
      if (letter === "-" && !first && pattern[at] !== "]" && source !== "") source += "-";
      else source += /[\\\]^[-]/.test(letter) ? `\\${letter}` : letter;
    }
    this.#at = at + 1;
    return negated ? `[^${source}]` : `[${source}]`;
  }
}

function literal(letter: string): string {
  return /[\^$\\.*+?()[\]{}|/]/.test(letter) ? `\\${letter}` : letter;
}
