// The parser for regular expressions in Go's syntax. Filters of clients are such patterns.
import { BadPattern, deepestParentheses } from "./bad-pattern.js";
import {
  anyOf,
  type CharacterSet,
  characterClasses,
  except,
  lastCodePoint,
  only,
  type Range,
  within,
  wordRanges,
} from "./characters.js";
import {
  atLineEnd,
  atLineStart,
  atTextEnd,
  atTextStart,
  atWordBoundary,
  notAtWordBoundary,
} from "./position.js";
import { assertion, choice, repeated, sequence, setOf, type Tree } from "./tree.js";

/**
 * Parses a regular expression as Go's regexp package does.
 *
 * The tree only answers whether a text matches. It leaves out group numbers and the preference for few
 * repetitions (`a*?`).
 *
 * @param namedWithoutP whether groups of the form `(?<name>…)` are accepted, as in newer versions of Go
 * @throws {BadPattern} Go refuses the pattern.
 */
export function goTree(pattern: string, { namedWithoutP }: { readonly namedWithoutP: boolean }): Tree {
  return new Parser(pattern, namedWithoutP).tree();
}

interface Flags {
  readonly i: boolean;
  readonly m: boolean;
  readonly s: boolean;
}

/** The classes of Perl: `\d`, `\s` and `\w`. */
const perl: Readonly<Record<string, readonly Range[]>> = {
  d: characterClasses.digit!,
  s: [
    [9, 10],
    [12, 13],
    [32, 32],
  ],
  w: wordRanges,
};

/** The named classes, such as `[:alpha:]`. */
const named: Readonly<Record<string, readonly Range[]>> = {
  ...characterClasses,
  ascii: [[0, 0x7f]],
  word: wordRanges,
};

const anything: CharacterSet = () => true;
const notNewline = except(only(10));

/** The escapes of control characters, such as `\n`. */
const controls: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 };

/** The largest count of a repetition in Go. Nested counts multiply. */
const mostRepetitions = 1000;

const badPerl = "invalid or unsupported Perl syntax";
const badClass = "invalid character class range";
const badEscape = "invalid escape sequence";

/** Makes the error of a pattern in Go's words. @param what the part of the pattern that is wrong */
function bad(reason: string, what: string): BadPattern {
  return new BadPattern(`${reason}: \`${what}\``);
}

class Parser {
  readonly #pattern: string;
  readonly #namedWithoutP: boolean;
  #at = 0;
  #depth = 0;
  #flags: Flags = { i: false, m: false, s: false };

  constructor(pattern: string, namedWithoutP: boolean) {
    this.#pattern = pattern;
    this.#namedWithoutP = namedWithoutP;
  }

  tree(): Tree {
    const found = this.#alternatives();
    if (this.#at < this.#pattern.length) throw bad("unexpected )", this.#pattern);
    return found;
  }

  /** Parses alternatives up to the end or a closing parenthesis. */
  #alternatives(): Tree {
    const branches: Tree[] = [];
    let parts: Tree[] = [];
    /** Whether a repetition may follow. */
    let repeatable = false;
    /** Where the last repetition begins, if nothing else has followed it. */
    let lastRepetition: number | undefined;
    while (this.#at < this.#pattern.length && !this.#ahead(")")) {
      if (this.#take("|")) {
        branches.push(sequence(parts));
        parts = [];
        repeatable = false;
        lastRepetition = undefined;
        continue;
      }
      const begin = this.#at;
      const counts = this.#repetition();
      if (counts) {
        if (lastRepetition !== undefined) {
          throw bad("invalid nested repetition operator", this.#since(lastRepetition));
        }
        const body = repeatable ? parts.pop() : undefined;
        if (!body) throw bad("missing argument to repetition operator", this.#since(begin));
        const repetition = repeated(body, ...counts);
        if (!staysWithin(mostRepetitions, repetition)) {
          throw bad("invalid repeat count", this.#since(begin));
        }
        parts.push(repetition);
        repeatable = false;
        lastRepetition = begin;
        continue;
      }
      lastRepetition = undefined;
      const items = this.#items();
      // Flags and empty quotations match nothing and cannot be repeated.
      if (items.length === 0) continue;
      parts.push(...items);
      repeatable = true;
    }
    return choice([...branches, sequence(parts)]);
  }

  #repetition(): [least: number, most: number] | undefined {
    const begin = this.#at;
    const [text, first, comma, second] = this.#match(/[*+?]|\{(0|[1-9]\d*)(,(0|[1-9]\d*)?)?\}/y) ?? [];
    if (text === undefined) return undefined;
    // The preference for few repetitions does not change whether there is a match.
    this.#take("?");
    if (text === "*") return [0, Number.POSITIVE_INFINITY];
    if (text === "+") return [1, Number.POSITIVE_INFINITY];
    if (text === "?") return [0, 1];
    const least = Number(first);
    const most =
      second !== undefined ? Number(second) : comma === undefined ? least : Number.POSITIVE_INFINITY;
    if (most < least) throw bad("invalid repeat count", this.#since(begin));
    return [least, most];
  }

  #items(): readonly Tree[] {
    if (this.#take("(")) return this.#group();
    if (this.#take("[")) return [setOf(this.#class())];
    if (this.#take(".")) return [setOf(this.#flags.s ? anything : notNewline)];
    if (this.#take("^")) return [assertion(this.#flags.m ? atLineStart : atTextStart)];
    if (this.#take("$")) return [assertion(this.#flags.m ? atLineEnd : atTextEnd)];
    if (this.#take("\\Q")) return this.#quotation();
    if (this.#take("\\A")) return [assertion(atTextStart)];
    if (this.#take("\\z")) return [assertion(atTextEnd)];
    if (this.#take("\\b")) return [assertion(atWordBoundary)];
    if (this.#take("\\B")) return [assertion(notAtWordBoundary)];
    return [setOf(this.#namedSet() ?? this.#literal(this.#character()))];
  }

  /** Parses a group or flags behind `(`. */
  #group(): readonly Tree[] {
    if (++this.#depth > deepestParentheses) throw new BadPattern("expression nests too deeply");
    const before = this.#flags;
    const [, prefix, name] = this.#match(/\?(P?)<(\w+)>/y) ?? [];
    if (name !== undefined) {
      if (prefix === "" && !this.#namedWithoutP) throw bad(badPerl, "(?<");
    } else if (this.#take("?")) {
      const begin = this.#at;
      const [, on = "", minus, off = "", end] = this.#match(/([imsU]*)(?:(-)([imsU]+))?([:)])/y) ?? [];
      if (end === undefined) throw this.#badGroup(begin);
      const has = (flag: keyof Flags) =>
        minus && off.includes(flag) ? false : on.includes(flag) || this.#flags[flag];
      this.#flags = { i: has("i"), m: has("m"), s: has("s") };
      if (end === ")") {
        this.#depth--;
        return [];
      }
    }
    const found = this.#alternatives();
    if (!this.#take(")")) throw bad("missing closing )", this.#pattern);
    this.#flags = before;
    this.#depth--;
    return [found];
  }

  /** Parses a class behind `[`. */
  #class(): CharacterSet {
    const begin = this.#at - 1;
    const unclosed = () => bad("missing closing ]", this.#pattern.slice(begin));
    const negated = this.#take("^");
    const sets: CharacterSet[] = [];
    const ranges: Range[] = [];
    for (let first = true; first || !this.#ahead("]"); first = false) {
      if (this.#at >= this.#pattern.length) throw unclosed();
      const set = this.#posixSet() ?? this.#namedSet();
      if (set) {
        sets.push(set);
        continue;
      }
      const from = this.#at;
      const low = this.#character();
      const [isRange] = this.#match(/-(?!\])(?=[\s\S])/y) ?? [];
      const high = isRange === undefined ? low : this.#character();
      if (high < low) throw bad(badClass, this.#since(from));
      if (this.#at >= this.#pattern.length) throw unclosed();
      ranges.push([low, high]);
    }
    this.#take("]");
    if (ranges.length > 0) sets.push(this.#ranges(ranges));
    const set = anyOf(sets);
    return negated ? except(set) : set;
  }

  #ranges(ranges: readonly Range[]): CharacterSet {
    if (!this.#flags.i) return within(ranges);
    return this.#javaScriptSet(
      ranges.map(([low, high]) => `\\u{${low.toString(16)}}-\\u{${high.toString(16)}}`).join(""),
    );
  }

  /**
   * Makes a set from the source of a JavaScript class. JavaScript knows Unicode's properties and letter
   * cases, and agrees with Go on them. The expression is only tested against single characters.
   */
  #javaScriptSet(source: string): CharacterSet {
    let expression: RegExp;
    try {
      expression = new RegExp(`^[${source}]`, this.#flags.i ? "iu" : "u");
    } catch (error) {
      if (error instanceof SyntaxError) throw new BadPattern(badClass);
      throw error;
    }
    return (point) => expression.test(String.fromCodePoint(point));
  }

  #posixSet(): CharacterSet | undefined {
    const [, not, name] = this.#match(/\[:(\^?)([^:\]]*):\]/y) ?? [];
    if (name === undefined) return undefined;
    const ranges = Object.hasOwn(named, name) ? named[name] : undefined;
    if (!ranges) throw bad(badClass, `[:${not}${name}:]`);
    return not ? except(this.#ranges(ranges)) : this.#ranges(ranges);
  }

  /**
   * Parses `\d`, `\pL`, `\p{Greek}` or the negation of one of them. Returns `undefined` when there is none.
   */
  #namedSet(): CharacterSet | undefined {
    const [, letter] = this.#match(/\\([dswDSW])/y) ?? [];
    if (letter !== undefined) {
      const set = this.#ranges(perl[letter.toLowerCase()]!);
      return letter < "a" ? except(set) : set;
    }
    const begin = this.#at;
    const [, kind, not, long, short] = this.#match(/\\([pP])(?:\{(\^?)(\w+)\}|([A-Z]))/y) ?? [];
    const name = long ?? short;
    if (name === undefined) return undefined;
    const property = /^(Any|[A-Z][a-z]?)$/.test(name) ? name : `Script=${name}`;
    let set: CharacterSet;
    try {
      set = this.#javaScriptSet(`\\p{${property}}`);
    } catch (error) {
      throw error instanceof BadPattern ? bad(badClass, this.#since(begin)) : error;
    }
    return (kind === "P") !== (not === "^") ? except(set) : set;
  }

  /** Parses a quotation behind `\Q`, up to `\E` or the end. */
  #quotation(): readonly Tree[] {
    const end = this.#pattern.indexOf("\\E", this.#at);
    const text = this.#pattern.slice(this.#at, end < 0 ? undefined : end);
    this.#at = end < 0 ? this.#pattern.length : end + 2;
    return Array.from(text, (character) => setOf(this.#literal(character.codePointAt(0)!)));
  }

  /** Parses one character, either escaped or as itself. */
  #character(): number {
    const begin = this.#at;
    if (!this.#take("\\")) return this.#next();
    if (this.#at >= this.#pattern.length) throw bad("trailing backslash at end of expression", "");
    const [, hexadecimal, digitsOfIt] = this.#match(/x(?:\{([0-9A-Fa-f]+)\}|([0-9A-Fa-f]{2}))/y) ?? [];
    const [octal] = this.#match(/0[0-7]{0,2}|[1-7][0-7]{1,2}/y) ?? [];
    if (octal !== undefined) return Number.parseInt(octal, 8);
    const number = hexadecimal ?? digitsOfIt;
    if (number !== undefined) {
      const point = Number.parseInt(number, 16);
      // Go stops at the digit that makes it too large.
      if (point > lastCodePoint) throw bad(badEscape, this.#since(begin).replace(/\}$/, ""));
      return point;
    }
    const character = this.#next();
    const text = String.fromCodePoint(character);
    if (Object.hasOwn(controls, text)) return controls[text]!;
    // An escaped punctuation character stands for itself.
    if (character < 0x80 && !/[0-9A-Za-z]/.test(text)) return character;
    if (text === "x" && this.#at < this.#pattern.length) this.#next();
    throw bad(badEscape, this.#since(begin));
  }

  /** Tells what is wrong with what stands behind `(?`, up to the first character that cannot be there. */
  #badGroup(begin: number): BadPattern {
    const rest = this.#pattern.slice(begin);
    const name = /^P?<[^>]*>?/.exec(rest)?.[0];
    if (name !== undefined && (name.startsWith("P") || this.#namedWithoutP)) {
      return bad("invalid named capture", `(?${name}`);
    }
    const flags = /^[imsU]*-?[imsU]*/.exec(rest)?.[0] ?? "";
    return bad(badPerl, `(?${flags}${rest.slice(flags.length, flags.length + 1)}`);
  }

  #since(begin: number): string {
    return this.#pattern.slice(begin, this.#at);
  }

  #next(): number {
    const point = this.#pattern.codePointAt(this.#at);
    if (point === undefined) throw new BadPattern("unexpected end");
    this.#at += point > 0xffff ? 2 : 1;
    return point;
  }

  #literal(point: number): CharacterSet {
    return this.#flags.i ? this.#ranges([[point, point]]) : only(point);
  }

  #ahead(text: string): boolean {
    return this.#pattern.startsWith(text, this.#at);
  }

  #take(text: string): boolean {
    if (!this.#ahead(text)) return false;
    this.#at += text.length;
    return true;
  }

  #match(sticky: RegExp): RegExpExecArray | undefined {
    sticky.lastIndex = this.#at;
    const found = sticky.exec(this.#pattern);
    if (!found) return undefined;
    this.#at += found[0].length;
    return found;
  }
}

/** Returns whether the product of nested repetition counts stays within a limit, as Go computes it. */
function staysWithin(limit: number, tree: Tree): boolean {
  switch (tree.kind) {
    case "repeat": {
      if (tree.most === 0) return true;
      const times = tree.most === Number.POSITIVE_INFINITY ? tree.least : tree.most;
      return times <= limit && staysWithin(Math.floor(limit / Math.max(times, 1)), tree.body);
    }
    case "sequence":
      return tree.parts.every((part) => staysWithin(limit, part));
    case "choice":
      return tree.branches.every((branch) => staysWithin(limit, branch));
    default:
      return true;
  }
}
