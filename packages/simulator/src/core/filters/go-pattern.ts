/**
 * A pattern as Go's regexp package reads it, as a RegExp that finds the same. The two languages are alike, but where
 * Go takes what JavaScript refuses (`my\-net`, `(?i)web`, `[[:alpha:]]`), and the other way round (`(?=web)`).
 *
 * @param namedWithoutP Go takes groups like `(?<name>…)`, too
 * @returns `undefined` for a pattern that Go refuses
 */
export function goPattern(
  pattern: string,
  { namedWithoutP }: { readonly namedWithoutP: boolean },
): RegExp | undefined {
  try {
    return new RegExp(new Translation(pattern, namedWithoutP).source(), "u");
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** First and last code point. */
type Range = readonly [number, number];

/** A set of characters: ranges, and what else JavaScript's classes can name. */
interface CharacterSet {
  readonly ranges: readonly Range[];
  readonly named: string;
}

interface Flags {
  readonly i: boolean;
  readonly m: boolean;
  readonly s: boolean;
}

const last = 0x10ffff;
const digits: readonly Range[] = [[0x30, 0x39]];
const upper: readonly Range[] = [[0x41, 0x5a]];
const lower: readonly Range[] = [[0x61, 0x7a]];
const word: readonly Range[] = [...digits, ...upper, [0x5f, 0x5f], ...lower];

/** `\d` and its like. */
const perl: Readonly<Record<string, readonly Range[]>> = {
  d: digits,
  s: [
    [9, 10],
    [12, 13],
    [32, 32],
  ],
  w: word,
};

/** `[:alpha:]` and its like. */
const posix: Readonly<Record<string, readonly Range[]>> = {
  alnum: [...digits, ...upper, ...lower],
  alpha: [...upper, ...lower],
  ascii: [[0, 0x7f]],
  blank: [
    [9, 9],
    [32, 32],
  ],
  cntrl: [
    [0, 0x1f],
    [0x7f, 0x7f],
  ],
  digit: digits,
  graph: [[0x21, 0x7e]],
  lower,
  print: [[0x20, 0x7e]],
  punct: [
    [0x21, 0x2f],
    [0x3a, 0x40],
    [0x5b, 0x60],
    [0x7b, 0x7e],
  ],
  space: [
    [9, 13],
    [32, 32],
  ],
  upper,
  word,
  xdigit: [...digits, [0x41, 0x46], [0x61, 0x66]],
};

/** `\n` and its like. */
const controls: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 };

/** Go's limit of repetitions. */
const mostRepetitions = 1000;

class Translation {
  readonly #pattern: string;
  readonly #namedWithoutP: boolean;
  readonly #names = new Set<string>();
  #at = 0;
  #flags: Flags = { i: false, m: false, s: false };

  constructor(pattern: string, namedWithoutP: boolean) {
    this.#pattern = pattern;
    this.#namedWithoutP = namedWithoutP;
  }

  source(): string {
    const found = this.#alternatives();
    if (this.#at < this.#pattern.length) throw new SyntaxError("unexpected )");
    return found;
  }

  /** Until the end, or a parenthesis that closes. */
  #alternatives(): string {
    let source = "";
    /** Whether there is something to repeat. */
    let repeatable = false;
    while (this.#at < this.#pattern.length && !this.#ahead(")")) {
      if (this.#take("|")) {
        source += "|";
        repeatable = false;
        continue;
      }
      const repetition = this.#repetition();
      if (repetition !== undefined) {
        if (!repeatable) throw new SyntaxError("nothing to repeat");
        source += repetition;
        repeatable = false;
        continue;
      }
      const item = this.#item();
      // Flags and empty quotations are nothing.
      if (item === "") continue;
      source += item;
      repeatable = true;
    }
    return source;
  }

  #repetition(): string | undefined {
    const [text, first, comma, second] = this.#match(/[*+?]|\{(0|[1-9]\d*)(,(0|[1-9]\d*)?)?\}/y) ?? [];
    if (text === undefined) return undefined;
    if (first !== undefined) {
      const most = second === undefined ? Number(first) : Number(second);
      if (Math.max(most, Number(first)) > mostRepetitions || (comma && most < Number(first))) {
        throw new SyntaxError("invalid repeat count");
      }
    }
    return this.#take("?") ? `${text}?` : text;
  }

  #item(): string {
    if (this.#take("(")) return this.#group();
    if (this.#take("[")) return this.#class();
    if (this.#take(".")) return this.#flags.s ? "[\\s\\S]" : "[^\\n]";
    if (this.#take("^")) return this.#flags.m ? "(?:(?<![^\\n]))" : "(?:(?<![\\s\\S]))";
    if (this.#take("$")) return this.#flags.m ? "(?:(?![^\\n]))" : "(?:(?![\\s\\S]))";
    if (this.#take("\\Q")) return this.#quotation();
    if (this.#take("\\A")) return "(?:(?<![\\s\\S]))";
    if (this.#take("\\z")) return "(?:(?![\\s\\S]))";
    const [boundary] = this.#match(/\\[bB]/y) ?? [];
    if (boundary !== undefined) return `(?:${boundary})`;
    const set = this.#namedSet();
    if (set) return written(set, false);
    return this.#literal(this.#character());
  }

  /** What follows `(`. */
  #group(): string {
    const before = this.#flags;
    let opening = "(?:";
    const [, prefix, name] = this.#match(/\?(P?)<(\w+)>/y) ?? [];
    if (name !== undefined) {
      if ((prefix === "" && !this.#namedWithoutP) || this.#names.has(name)) throw new SyntaxError("bad name");
      this.#names.add(name);
    } else if (this.#take("?")) {
      const [, on = "", minus, off = "", end] = this.#match(/([imsU]*)(?:(-)([imsU]+))?([:)])/y) ?? [];
      if (end === undefined) throw new SyntaxError("bad flags");
      const has = (flag: keyof Flags) =>
        minus && off.includes(flag) ? false : on.includes(flag) || this.#flags[flag];
      this.#flags = { i: has("i"), m: has("m"), s: has("s") };
      if (end === ")") return "";
    }
    opening += this.#alternatives();
    if (!this.#take(")")) throw new SyntaxError("missing )");
    this.#flags = before;
    return `${opening})`;
  }

  /** What follows `[`. */
  #class(): string {
    const negated = this.#take("^");
    const ranges: Range[] = [];
    let named = "";
    for (let first = true; first || !this.#ahead("]"); first = false) {
      const set = this.#posixSet() ?? this.#namedSet();
      if (set) {
        ranges.push(...set.ranges);
        named += set.named;
        continue;
      }
      const low = this.#character();
      const [isRange] = this.#match(/-(?!\])(?=[\s\S])/y) ?? [];
      const high = isRange === undefined ? low : this.#character();
      if (high < low) throw new SyntaxError("bad range");
      ranges.push([low, high]);
    }
    this.#take("]");
    return written({ ranges: this.#flags.i ? ranges.flatMap(withOtherCases) : ranges, named }, negated);
  }

  #posixSet(): CharacterSet | undefined {
    const [, not, name] = this.#match(/\[:(\^?)([^:\]]*):\]/y) ?? [];
    if (name === undefined) return undefined;
    const ranges = Object.hasOwn(posix, name) ? posix[name] : undefined;
    if (!ranges) throw new SyntaxError("no such class");
    return { ranges: not ? others(ranges) : ranges, named: "" };
  }

  /** `\d`, `\pL`, `\p{Greek}`, and their opposites. */
  #namedSet(): CharacterSet | undefined {
    const [, letter] = this.#match(/\\([dswDSW])/y) ?? [];
    if (letter !== undefined) {
      const ranges = perl[letter.toLowerCase()]!;
      return { ranges: letter < "a" ? others(ranges) : ranges, named: "" };
    }
    const [, kind, not, long, short] = this.#match(/\\([pP])(?:\{(\^?)(\w+)\}|([A-Z]))/y) ?? [];
    const name = long ?? short;
    if (name === undefined) return undefined;
    const property = /^(Any|[A-Z][a-z]?)$/.test(name) ? name : `Script=${name}`;
    return { ranges: [], named: `\\${(kind === "P") !== (not === "^") ? "P" : "p"}{${property}}` };
  }

  /** Up to `\E`, or to the end. */
  #quotation(): string {
    const end = this.#pattern.indexOf("\\E", this.#at);
    const text = this.#pattern.slice(this.#at, end < 0 ? undefined : end);
    this.#at = end < 0 ? this.#pattern.length : end + 2;
    return Array.from(text, (character) => this.#literal(character.codePointAt(0)!)).join("");
  }

  /** One character, by its name or as itself. */
  #character(): number {
    if (!this.#take("\\")) return this.#next();
    const [, hexadecimal, digitsOfIt] = this.#match(/x(?:\{([0-9A-Fa-f]+)\}|([0-9A-Fa-f]{2}))/y) ?? [];
    const [octal] = this.#match(/0[0-7]{0,2}|[1-7][0-7]{1,2}/y) ?? [];
    if (octal !== undefined) return Number.parseInt(octal, 8);
    const number = hexadecimal ?? digitsOfIt;
    if (number !== undefined) {
      const point = Number.parseInt(number, 16);
      if (point > last) throw new SyntaxError("no character");
      return point;
    }
    const character = this.#next();
    const text = String.fromCodePoint(character);
    if (Object.hasOwn(controls, text)) return controls[text]!;
    // Any other sign stands for itself.
    if (character < 0x80 && !/[0-9A-Za-z]/.test(text)) return character;
    throw new SyntaxError("invalid escape");
  }

  #next(): number {
    const point = this.#pattern.codePointAt(this.#at);
    if (point === undefined) throw new SyntaxError("unexpected end");
    this.#at += point > 0xffff ? 2 : 1;
    return point;
  }

  #literal(point: number): string {
    return this.#flags.i
      ? written({ ranges: withOtherCases([point, point]), named: "" }, false)
      : escaped(point);
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

function escaped(point: number): string {
  return `\\u{${point.toString(16)}}`;
}

function written({ ranges, named }: CharacterSet, negated: boolean): string {
  const inner = ranges.map(([low, high]) => `${escaped(low)}-${escaped(high)}`).join("");
  return `[${negated ? "^" : ""}${inner}${named}]`;
}

/** All characters but these. */
function others(ranges: readonly Range[]): Range[] {
  const found: Range[] = [];
  let from = 0;
  for (const [low, high] of ranges.toSorted(([a], [b]) => a - b)) {
    if (low > from) found.push([from, low - 1]);
    from = high + 1;
  }
  found.push([from, last]);
  return found;
}

/** Letters of other scripts that names may have come before this one. */
const lastWithCases = 0x587;

/** Upper and lower case of a range's letters with it. */
function withOtherCases([low, high]: Range): Range[] {
  const found: Range[] = [[low, high]];
  for (let point = low; point <= Math.min(high, lastWithCases); point++) {
    for (const other of casesOf(String.fromCodePoint(point))) {
      if (other.length === 1) found.push([other.charCodeAt(0), other.charCodeAt(0)]);
    }
  }
  return found;
}

function casesOf(character: string): readonly string[] {
  const small = character.toUpperCase().toLowerCase();
  const further = Object.hasOwn(alike, small) ? [alike[small]!] : [];
  return [character.toLowerCase(), character.toUpperCase(), small, ...further];
}

/** A sign whose lower or upper case is a letter of ASCII: the Kelvin sign, and the long s. */
const alike: Readonly<Record<string, string>> = { k: "\u212a", s: "\u017f" };
