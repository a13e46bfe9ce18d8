// The parser for sed scripts. sed.ts runs the commands.
import type { Match, Matcher } from "@dryharbor/kernel/patterns";
import type { ByteText } from "./byte-text.js";
import { regularExpression } from "./regular-expression.js";

/** An address of a command: the lines to which it applies. */
export type SedAddress =
  | { readonly kind: "line"; readonly number: number }
  /** `,+N`: this number of lines behind the first address. */
  | { readonly kind: "offset"; readonly number: number }
  | { readonly kind: "last" }
  | { readonly kind: "pattern"; readonly expression: Matcher };

interface Common {
  readonly from: SedAddress | undefined;
  readonly to: SedAddress | undefined;
  readonly negated: boolean;
  /** The index of the command at which a block ends, or to which a branch jumps. */
  end: number;
}

/** A parsed command. */
export type SedCommand = Common &
  (
    | { readonly name: "a" | "i" | "c" | "r" | "w" | ":" | "b" | "t" | "T"; readonly text: ByteText }
    | { readonly name: "q" | "Q"; readonly number: number }
    | {
        readonly name: "s";
        readonly expression: Matcher;
        readonly replacement: (match: Match) => ByteText;
        readonly flags: { readonly all: boolean; readonly number: number; readonly print: boolean };
        /** The file to which the result is written. Empty when there is none. */
        readonly text: ByteText;
      }
    | { readonly name: "y"; readonly letters: ReadonlyMap<string, string> }
    | {
        readonly name:
          | "{"
          | "}"
          | "#"
          | "="
          | "d"
          | "D"
          | "g"
          | "G"
          | "h"
          | "H"
          | "l"
          | "n"
          | "N"
          | "p"
          | "P"
          | "x";
      }
  );

/** The error of an invalid script. The message is BusyBox's. */
export class SedProblem extends Error {}

const plain = "}=dDgGhHlnNpPx";

/** Parses a script. @throws {SedProblem} @throws {BadExpression} */
export function parseSed(script: ByteText, extended: boolean): SedCommand[] {
  const commands = new Script(script, extended).commands();
  const open: SedCommand[] = [];
  for (const [index, command] of commands.entries()) {
    if (command.name === "{") open.push(command);
    if (command.name === "}") {
      const block = open.pop();
      if (!block) throw new SedProblem("unexpected '}'");
      block.end = index;
    }
    if (command.name === "b" || command.name === "t" || command.name === "T") {
      command.end = commands.length;
      if (command.text === "") continue;
      const label = commands.findIndex((each) => each.name === ":" && each.text === command.text);
      if (label < 0) throw new SedProblem(`can't find label for jump to '${command.text}'`);
      command.end = label;
    }
  }
  if (open.length > 0) throw new SedProblem("unterminated {");
  return commands;
}

class Script {
  #at = 0;
  #last: Matcher | undefined;

  constructor(
    readonly text: ByteText,
    readonly extended: boolean,
  ) {}

  commands(): SedCommand[] {
    const commands: SedCommand[] = [];
    for (;;) {
      this.#skip(/[\s;]/);
      if (this.#at >= this.text.length) return commands;
      commands.push(this.#command());
    }
  }

  #command(): SedCommand {
    const from = this.#address();
    let to: SedAddress | undefined;
    this.#skip(/[ \t]/);
    if (from && this.text[this.#at] === ",") {
      this.#at++;
      this.#skip(/[ \t]/);
      to = this.#address(true);
      if (!to) throw new SedProblem("no address after comma");
    }
    this.#skip(/[ \t]/);
    const negated = this.text[this.#at] === "!";
    if (negated) this.#at++;
    this.#skip(/[ \t]/);
    const name = this.text[this.#at];
    if (name === undefined) throw new SedProblem("missing command");
    this.#at++;
    const common: Common = { from, to, negated, end: 0 };
    if (name === "#") {
      this.#line();
      return { ...common, name };
    }
    if (name === "{") return { ...common, name };
    if (plain.includes(name)) {
      return { ...common, name: name as "p" };
    }
    if (name === "q" || name === "Q") {
      this.#skip(/[ \t]/);
      return { ...common, name, number: Number(this.#take(/\d/) || 0) };
    }
    if (name === "a" || name === "i" || name === "c") return { ...common, name, text: this.#insertion() };
    if (name === "r" || name === "w") return { ...common, name, text: this.#line().trim() };
    if (name === ":" || name === "b" || name === "t" || name === "T") {
      return { ...common, name, text: this.#take(/[^\n;}]/).trim() };
    }
    if (name === "s") return this.#substitution(common);
    if (name === "y") return this.#transliteration(common);
    throw new SedProblem(`unsupported command ${name}`);
  }

  #address(second = false): SedAddress | undefined {
    const letter = this.text[this.#at];
    if (letter === undefined) return undefined;
    if (/\d/.test(letter)) return { kind: "line", number: Number(this.#take(/\d/)) };
    if (letter === "+" && second) {
      this.#at++;
      return { kind: "offset", number: Number(this.#take(/\d/)) };
    }
    if (letter === "$") {
      this.#at++;
      return { kind: "last" };
    }
    if (letter !== "/" && letter !== "\\") return undefined;
    if (letter === "\\") this.#at++;
    const delimiter = this.text[this.#at] as string;
    this.#at++;
    const pattern = this.#delimited(delimiter, true);
    const ignoreCase = this.text[this.#at] === "I";
    if (ignoreCase) this.#at++;
    return { kind: "pattern", expression: this.#expression(pattern, ignoreCase) };
  }

  /** Compiles a pattern. An empty pattern stands for the previous one. */
  #expression(pattern: ByteText, ignoreCase: boolean): Matcher {
    if (pattern === "" && this.#last) return this.#last;
    this.#last = regularExpression(pattern, { extended: this.extended, ignoreCase });
    return this.#last;
  }

  /** Reads a text up to a delimiter. An escaped delimiter stands for itself. */
  #delimited(delimiter: string, isPattern: boolean): ByteText {
    let text = "";
    /** The index at which a bracket expression begins. */
    let set: number | undefined;
    for (;;) {
      const letter = this.text[this.#at];
      if (letter === undefined) throw new SedProblem(`unmatched '${delimiter}'`);
      this.#at++;
      if (letter === "\\") {
        const next = this.text[this.#at];
        this.#at++;
        if (next === delimiter && set === undefined) text += next;
        else if (next === "n" && isPattern) text += "\n";
        else text += `\\${next ?? ""}`;
        continue;
      }
      if (isPattern && letter === "[" && set === undefined) set = text.length + 1;
      else if (set !== undefined && letter === "]" && !/^\^?$/.test(text.slice(set))) set = undefined;
      else if (letter === delimiter && set === undefined) return text;
      text += letter;
    }
  }

  #substitution(common: Common): SedCommand {
    const delimiter = this.text[this.#at] as string;
    this.#at++;
    const pattern = this.#delimited(delimiter, true);
    const replacement = this.#delimited(delimiter, false);
    let all = false;
    let print = false;
    let ignoreCase = false;
    let number = 0;
    let text = "";
    for (;;) {
      const letter = this.text[this.#at];
      if (letter === undefined || /[\s;}]/.test(letter)) break;
      if (/\d/.test(letter)) {
        number = Number(this.#take(/\d/));
        continue;
      }
      this.#at++;
      if (letter === "g") all = true;
      else if (letter === "p") print = true;
      else if (letter === "i" || letter === "I") ignoreCase = true;
      else if (letter === "w") text = this.#line().trim();
      else throw new SedProblem("bad option in substitution expression");
    }
    return {
      ...common,
      name: "s",
      expression: this.#expression(pattern, ignoreCase),
      replacement: replacementOf(replacement),
      flags: { all, number, print },
      text,
    };
  }

  #transliteration(common: Common): SedCommand {
    const delimiter = this.text[this.#at] as string;
    this.#at++;
    const from = [...unescaped(this.#delimited(delimiter, false))];
    const to = [...unescaped(this.#delimited(delimiter, false))];
    if (from.length !== to.length) throw new SedProblem("y command strings have different lengths");
    return {
      ...common,
      name: "y",
      letters: new Map(from.map((letter, index) => [letter, to[index] as string])),
    };
  }

  /** Reads the text of `a`, `i` and `c`: the rest of the line. A backslash at its end adds the next line. */
  #insertion(): ByteText {
    this.#skip(/[ \t]/);
    if (this.text[this.#at] === "\\") {
      this.#at++;
      this.#skip(/[ \t]/);
      if (this.text[this.#at] === "\n") this.#at++;
    }
    let text = "";
    while (this.#at < this.text.length) {
      const letter = this.text[this.#at] as string;
      this.#at++;
      if (letter === "\n") break;
      if (letter === "\\") {
        text += this.text[this.#at] ?? "";
        this.#at++;
      } else text += letter;
    }
    if (text === "") throw new SedProblem("expected \\ after 'a', 'c' or 'i'");
    return text;
  }

  #line(): ByteText {
    const text = this.#take(/[^\n]/);
    this.#at++;
    return text;
  }

  #skip(letters: RegExp): void {
    while (this.#at < this.text.length && letters.test(this.text[this.#at] as string)) this.#at++;
  }

  #take(letters: RegExp): string {
    const from = this.#at;
    this.#skip(letters);
    return this.text.slice(from, this.#at);
  }
}

function unescaped(text: ByteText): ByteText {
  return text.replace(/\\([\s\S])/g, (_, letter: string) =>
    letter === "n" ? "\n" : letter === "t" ? "\t" : letter,
  );
}

/** Makes the function for a replacement. `&` and `\1` stand for the match and its groups. */
function replacementOf(text: ByteText): (match: Match) => ByteText {
  const pieces = text.match(/\\[\s\S]|&|[^\\&]+|\\$/g) ?? [];
  return (match) =>
    pieces
      .map((piece) => {
        if (piece === "&") return match.groups[0];
        if (!piece.startsWith("\\")) return piece;
        const letter = piece[1] ?? "\\";
        if (/\d/.test(letter)) return match.groups[Number(letter)] ?? "";
        return unescaped(piece);
      })
      .join("");
}
