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

export interface PosixOptions {
  /** `(a|b)+` and not `\(a\|b\)\+`. */
  readonly extended?: boolean;
  readonly ignoreCase?: boolean;
  /**
   * What GNU's grep takes in addition: a repetition of nothing, which it leaves out or reads as itself, one of
   * another in a basic expression, and in an extended one a `{` that begins no count.
   */
  readonly lenient?: boolean;
}

/**
 * A regular expression of POSIX as glibc reads it, with GNU's additions. Each character of it stands for a byte.
 *
 * @throws {BadPattern} with glibc's reason
 */
export function posixTree(pattern: string, options: PosixOptions = {}): Tree {
  return new Parser(pattern, options).tree();
}

/** The tree that matches a text as it is. */
export function literalTree(text: string, { ignoreCase = false }: { readonly ignoreCase?: boolean }): Tree {
  return sequence(Array.from(text, (letter) => setOf(literal(letter, ignoreCase))));
}

/** A program asks for so many groups, and no pattern can refer to more. What the others match is not kept. */
const mostGroups = 9;
/** The most times that something can be repeated. */
const mostRepetitions = 32_767;

const anything: CharacterSet = () => true;
const isWord = within(wordRanges);
const isSpace = within(characterClasses.space ?? []);

/** What is a set behind a backslash. */
const escapedSets: Readonly<Record<string, CharacterSet>> = {
  w: isWord,
  W: except(isWord),
  s: isSpace,
  S: except(isSpace),
};

/** What is a position behind a backslash. */
const escapedPositions: Readonly<Record<string, Assertion>> = {
  b: atWordBoundary,
  B: notAtWordBoundary,
  "<": atWordStart,
  ">": atWordEnd,
  "`": atBufferStart,
  "'": atTextEnd,
};

/** A character or an operator; operators of both syntaxes have the names of the extended one. */
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
  /** Where an operator is an ordinary character. */
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

  /** Until the end, or a parenthesis that closes a group. */
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

  /** A `)` that closes nothing is an ordinary character of an extended expression. @throws {BadPattern} */
  #closesGroup(): boolean {
    if (this.#depth > 0) return true;
    if (this.#extended) return false;
    throw new BadPattern(unmatchedParenthesis);
  }

  /** Something, and how often. */
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
    // Nothing repeats a position: what follows begins anew.
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
    // In a basic expression it is one at the beginning of a branch alone.
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

  /** `undefined`: it is none, and an ordinary character. */
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

  /** What follows `[`. */
  #bracket(): CharacterSet {
    const pattern = this.#pattern;
    const negated = pattern[this.#at] === "^";
    if (negated) this.#at++;
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

  /** One character between brackets, or a class. A backslash is a character there. */
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

  /** What comes next; `undefined` at the end. */
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

// Of one that closes, too.
const unmatchedParenthesis = "Unmatched ( or \\(";
const unmatchedBracket = "Unmatched [, [^, [:, [., or [=";

function literal(letter: string, ignoreCase: boolean): CharacterSet {
  const set = only(letter.charCodeAt(0));
  return ignoreCase ? ignoringCase(set) : set;
}
