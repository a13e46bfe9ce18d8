// The parser for POSIX's basic and extended regular expressions. The programs grep, sed, expr and test use
// it.
import { BadPattern, deepestParentheses } from "./bad-pattern.js";
import {
  anyOf,
  type CharacterSet,
  characterClasses,
  except,
  ignoringCase,
  only,
  within,
  wordRanges,
} from "./characters.js";
import {
  type Assertion,
  atBufferStart,
  atTextEnd,
  atTextStart,
  atWordBoundary,
  atWordEnd,
  atWordStart,
  notAtWordBoundary,
} from "./position.js";
import { assertion, choice, repeated, sequence, setOf, type Tree } from "./tree.js";

/** Options of {@link posixTree}. */
export interface PosixOptions {
  /** Whether the syntax is extended: `(a|b)+` instead of `\(a\|b\)\+`. */
  readonly extended?: boolean;
  /** Whether the case of ASCII letters is ignored. */
  readonly ignoreCase?: boolean;
  /**
   * Whether to accept more, as GNU's grep does: a repetition of nothing, which is dropped or stands for
   * itself; a repetition of a repetition in a basic expression; and in an extended expression a `{` that
   * begins no count.
   */
  readonly lenient?: boolean;
}

/**
 * Parses a POSIX regular expression as glibc does, with GNU's additions. Each character of the pattern stands
 * for a byte.
 *
 * @throws {BadPattern} The pattern is invalid. The message is glibc's.
 */
export function posixTree(pattern: string, options: PosixOptions = {}): Tree {
  return new Parser(pattern, options).tree();
}

/** Makes the tree that matches exactly this text. */
export function literalTree(text: string, { ignoreCase = false }: { readonly ignoreCase?: boolean }): Tree {
  return sequence(Array.from(text, (letter) => setOf(literal(letter, ignoreCase))));
}

/** The number of groups whose text is kept. Programs ask for no more, and a pattern can refer to no more. */
const mostGroups = 9;
/** The largest count of a repetition. */
const mostRepetitions = 32_767;

const anything: CharacterSet = () => true;
const isWord = within(wordRanges);
const isSpace = within(characterClasses.space ?? []);

/** The escapes that stand for a set of characters, such as `\w`. */
const escapedSets: Readonly<Record<string, CharacterSet>> = {
  w: isWord,
  W: except(isWord),
  s: isSpace,
  S: except(isSpace),
};

/** The escapes that stand for a position, such as `\b`. */
const escapedPositions: Readonly<Record<string, Assertion>> = {
  b: atWordBoundary,
  B: notAtWordBoundary,
  "<": atWordStart,
  ">": atWordEnd,
  "`": atBufferStart,
  "'": atTextEnd,
};

/** A character or an operator. In both syntaxes, an operator is named as in the extended syntax. */
interface Token {
  readonly text: string;
  readonly operator: boolean;
  readonly length: number;
}

class Parser {
  readonly #pattern: string;
  readonly #extended: boolean;
  readonly #ignoreCase: boolean;
  readonly #lenient: boolean;
  #at = 0;
  /** The index of an operator character that is an ordinary character. */
  #ordinaryAt: number | undefined;
  #depth = 0;
  #groups = 0;
  readonly #closed = new Set<number>();

  constructor(pattern: string, { extended = false, ignoreCase = false, lenient = false }: PosixOptions) {
    this.#pattern = pattern;
    this.#extended = extended;
    this.#ignoreCase = ignoreCase;
    this.#lenient = lenient;
  }

  tree(): Tree {
    return this.#alternatives();
  }

  /** Parses alternatives up to the end or the parenthesis that closes a group. */
  #alternatives(): Tree {
    const branches: Tree[] = [];
    let parts: Tree[] = [];
    for (;;) {
      const token = this.#token();
      if (!token || (this.#is(token, ")") && this.#closesGroup())) {
        return choice([...branches, sequence(parts)]);
      }
      if (this.#is(token, "|")) {
        this.#take(token);
        branches.push(sequence(parts));
        parts = [];
      } else parts.push(...this.#piece(token, parts.length === 0));
    }
  }

  /**
   * Returns whether a `)` closes a group. One that closes nothing is an ordinary character in an extended
   * expression.
   * @throws {BadPattern} It closes nothing in a basic expression.
   */
  #closesGroup(): boolean {
    if (this.#depth > 0) return true;
    if (this.#extended) return false;
    throw new BadPattern(unmatchedParenthesis);
  }

  /** Parses one item and its repetitions. */
  #piece(token: Token, isFirst: boolean): readonly Tree[] {
    if (token.operator && "*+?{".includes(token.text)) {
      if (this.#extended && this.#lenient) {
        this.#take(token);
        return [];
      }
      if (this.#extended || (token.text === "{" && !this.#lenient)) {
        throw new BadPattern("Invalid preceding regular expression");
      }
    }
    const position = this.#position(token, isFirst);
    // A position cannot be repeated, so the next token begins a new item.
    if (position) {
      this.#take(token);
      return [assertion(position)];
    }
    let found = this.#one(token);
    for (let next = this.#token(); next?.operator && "*+?{".includes(next.text); next = this.#token()) {
      const counts = this.#repetition(next);
      if (!counts) break;
      found = repeated(found, ...counts);
      const following = this.#token();
      if (!this.#extended && !this.#lenient && following?.operator && "*{".includes(following.text)) {
        throw new BadPattern("Invalid preceding regular expression");
      }
    }
    return [found];
  }

  #position({ text, operator, length }: Token, isFirst: boolean): Assertion | undefined {
    if (!operator) return undefined;
    // In a basic expression, `^` is an operator only at the beginning of a branch.
    if (text === "^") return this.#extended || isFirst ? atTextStart : undefined;
    if (text === "$") {
      if (this.#extended) return atTextEnd;
      const rest = this.#pattern.slice(this.#at + length, this.#at + length + 2);
      return rest === "" || rest === "\\)" || rest === "\\|" ? atTextEnd : undefined;
    }
    return Object.hasOwn(escapedPositions, text) ? escapedPositions[text] : undefined;
  }

  #one(token: Token): Tree {
    this.#take(token);
    const { text, operator } = token;
    if (!operator) return setOf(literal(text, this.#ignoreCase));
    if (text === ".") return setOf(anything);
    if (text === "[") return setOf(this.#bracket());
    if (text === "(") return this.#group();
    if (/[1-9]/.test(text)) {
      const number = Number(text);
      if (!this.#closed.has(number)) throw new BadPattern("Invalid back reference");
      return { kind: "reference", number, ignoresCase: this.#ignoreCase };
    }
    return setOf(
      Object.hasOwn(escapedSets, text)
        ? (escapedSets[text] as CharacterSet)
        : literal(text, this.#ignoreCase),
    );
  }

  #group(): Tree {
    if (++this.#depth > deepestParentheses) throw new BadPattern("Regular expression too big");
    const number = ++this.#groups;
    const body = this.#alternatives();
    const close = this.#token();
    if (!close) throw new BadPattern(unmatchedParenthesis);
    this.#take(close);
    this.#depth--;
    this.#closed.add(number);
    return number <= mostGroups ? { kind: "group", body, number } : body;
  }

  /** Parses the counts of a repetition. Returns `undefined` when the token is an ordinary character. */
  #repetition(token: Token): [least: number, most: number] | undefined {
    if (token.text !== "{") {
      this.#take(token);
      return [token.text === "+" ? 1 : 0, token.text === "?" ? 1 : Number.POSITIVE_INFINITY];
    }
    const begin = this.#at + token.length;
    const close = this.#extended ? "}" : "\\}";
    const end = this.#pattern.indexOf(close, begin);
    const [, first, comma, second] =
      end < 0 ? [] : (/^(\d*)(,?)(\d*)$/.exec(this.#pattern.slice(begin, end)) ?? []);
    if (first === undefined || (first === "" && comma === "")) {
      if (this.#extended && this.#lenient && first === undefined) {
        this.#ordinaryAt = this.#at;
        return undefined;
      }
      throw new BadPattern(end < 0 ? "Unmatched \\{" : "Invalid content of \\{\\}");
    }
    const least = Number(first);
    const most = second !== "" ? Number(second) : comma === "" ? least : Number.POSITIVE_INFINITY;
    if (least > most) throw new BadPattern("Invalid content of \\{\\}");
    if ((most === Number.POSITIVE_INFINITY ? least : most) > mostRepetitions) {
      throw new BadPattern("Regular expression too big");
    }
    this.#at = end + close.length;
    return [least, most];
  }

  /** Parses a bracket expression behind `[`. */
  #bracket(): CharacterSet {
    const pattern = this.#pattern;
    const negated = pattern[this.#at] === "^";
    if (negated) this.#at++;
    if (this.#at >= pattern.length) throw new BadPattern("Invalid regular expression");
    const sets: CharacterSet[] = [];
    for (let first = true; first || pattern[this.#at] !== "]"; first = false) {
      if (pattern[this.#at] === "-" && !first && !pattern.startsWith("-]", this.#at)) {
        throw new BadPattern("Invalid range end");
      }
      const low = this.#element();
      if (pattern[this.#at] !== "-" || pattern[this.#at + 1] === "]") {
        sets.push(typeof low === "string" ? only(low.charCodeAt(0)) : low);
        continue;
      }
      this.#at++;
      const high = this.#element();
      if (typeof low !== "string" || typeof high !== "string" || low > high) {
        throw new BadPattern("Invalid range end");
      }
      sets.push(within([[low.charCodeAt(0), high.charCodeAt(0)]]));
    }
    this.#at++;
    const set = this.#ignoreCase ? ignoringCase(anyOf(sets)) : anyOf(sets);
    return negated ? except(set) : set;
  }

  /** Parses a character or a class between brackets. A backslash is an ordinary character there. */
  #element(): string | CharacterSet {
    const pattern = this.#pattern;
    const letter = pattern[this.#at];
    const kind = pattern[this.#at + 1] ?? "";
    if (letter === undefined) throw new BadPattern(unmatchedBracket);
    this.#at++;
    if (letter !== "[" || !/[:.=]/.test(kind)) return letter;
    const end = pattern.indexOf(`${kind}]`, this.#at + 1);
    if (end < 0) throw new BadPattern(unmatchedBracket);
    const name = pattern.slice(this.#at + 1, end);
    this.#at = end + 2;
    if (kind !== ":") {
      if (name.length !== 1) throw new BadPattern("Invalid collation character");
      return name;
    }
    const ranges = Object.hasOwn(characterClasses, name) ? characterClasses[name] : undefined;
    if (!ranges) throw new BadPattern("Invalid character class name");
    return within(ranges);
  }

  /** Returns the next token without taking it. Returns `undefined` at the end. */
  #token(): Token | undefined {
    const letter = this.#pattern[this.#at];
    if (letter === undefined) return undefined;
    if (letter !== "\\") {
      const operators = this.#extended ? ".[*^$()|+?{" : ".[*^$";
      const operator = this.#at !== this.#ordinaryAt && operators.includes(letter);
      return { text: letter, operator, length: 1 };
    }
    const text = this.#pattern[this.#at + 1];
    if (text === undefined) throw new BadPattern("Trailing backslash");
    const operators = this.#extended ? "" : "()|+?{";
    const operator =
      operators.includes(text) ||
      /[1-9]/.test(text) ||
      Object.hasOwn(escapedSets, text) ||
      Object.hasOwn(escapedPositions, text);
    return { text, operator, length: 2 };
  }

  #is(token: Token, operator: string): boolean {
    return token.operator && token.text === operator;
  }

  #take({ length }: Token): void {
    this.#at += length;
  }
}

// glibc gives the same reason for a `)` without a group.
const unmatchedParenthesis = "Unmatched ( or \\(";
const unmatchedBracket = "Unmatched [, [^, [:, [., or [=";

function literal(letter: string, ignoreCase: boolean): CharacterSet {
  const set = only(letter.charCodeAt(0));
  return ignoreCase ? ignoringCase(set) : set;
}
