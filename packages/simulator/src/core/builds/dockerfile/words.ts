import { engineError } from "@dryharbor/sdk/port";
import { quotedText } from "../../quote.js";
import { buildsOf } from "../../releases/builds.js";
import type { Release } from "../../releases/release.js";
import { firstMatch, prefixEnds, readPattern, reversedTokens } from "./shell-pattern.js";

/** Returns the value of a variable, or `undefined` if it is not set. */
export type Variables = (name: string) => string | undefined;

/** How words are read. */
export interface WordRules {
  /** The character that takes a special meaning away: `\`, or a backtick. */
  readonly escape: string;
  /** Quotes stay. */
  readonly keepsQuotes?: boolean;
  /** Escapes stay. */
  readonly keepsEscapes?: boolean;
  /** What names a variable that is not set stays. */
  readonly keepsUnset?: boolean;
}

/** Expands a word of a Dockerfile: quotes go, and variables become their values. @throws 400 it cannot be read */
export function expandedWord(release: Release, word: string, variables: Variables, rules: WordRules): string {
  return new Reader(release, word, variables, rules).whole().text;
}

/** Expands text, and splits it where it has white space outside of quotes. @throws 400 it cannot be read */
export function expandedWords(
  release: Release,
  text: string,
  variables: Variables,
  rules: WordRules,
): string[] {
  return new Reader(release, text, variables, rules).whole().words;
}

interface Read {
  readonly text: string;
  readonly words: string[];
}

/** What cannot be read. The reader's caller says in which word. */
class Unreadable extends Error {}

const space = /^\s$/u;

class Reader {
  readonly #characters: readonly string[];
  #at = 0;
  #keepsEscapes: boolean;

  constructor(
    readonly release: Release,
    readonly source: string,
    readonly variables: Variables,
    readonly rules: WordRules,
  ) {
    this.#characters = [...source];
    this.#keepsEscapes = rules.keepsEscapes ?? false;
  }

  whole(): Read {
    try {
      return this.#until(undefined, this.#keepsEscapes);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      throw engineError(400, `failed to process ${quotedText(this.source)}: ${error.message}`);
    }
  }

  get #ended(): boolean {
    return this.#at >= this.#characters.length;
  }

  #peek(): string | undefined {
    return this.#characters[this.#at];
  }

  #next(): string | undefined {
    return this.#characters[this.#at++];
  }

  /** Reads up to a character, which is read as well; without one, to the end. */
  #until(stop: string | undefined, keepsEscapes: boolean): Read {
    const before = this.#keepsEscapes;
    this.#keepsEscapes = keepsEscapes;
    try {
      return this.#readUntil(stop);
    } finally {
      this.#keepsEscapes = before;
    }
  }

  #readUntil(stop: string | undefined): Read {
    let text = "";
    const words: string[] = [];
    let word = "";
    const finish = (): void => {
      if (word !== "") words.push(word);
      word = "";
    };
    const addLoose = (characters: string): void => {
      for (const character of characters) {
        if (space.test(character)) finish();
        else word += character;
      }
    };
    while (!this.#ended) {
      const character = this.#peek() as string;
      if (character === stop) {
        this.#at++;
        finish();
        return { text, words };
      }
      if (character === "$") {
        const value = this.#variable();
        text += value;
        addLoose(value);
      } else if (character === "'" || character === '"') {
        const quoted = character === "'" ? this.#singleQuoted() : this.#doubleQuoted();
        text += quoted;
        word += quoted;
      } else {
        this.#at++;
        if (character !== this.rules.escape) {
          text += character;
          addLoose(character);
          continue;
        }
        if (this.#keepsEscapes) {
          text += character;
          word += character;
        }
        const escaped = this.#next();
        if (escaped === undefined) break;
        text += escaped;
        word += escaped;
      }
    }
    if (stop !== undefined) {
      throw new Unreadable(`unexpected end of statement while looking for matching ${stop}`);
    }
    finish();
    return { text, words };
  }

  #singleQuoted(): string {
    const quote = this.rules.keepsQuotes ? "'" : "";
    const end = this.#characters.indexOf("'", ++this.#at);
    if (end < 0) throw new Unreadable("unexpected end of statement while looking for matching single-quote");
    const text = this.#characters.slice(this.#at, end).join("");
    this.#at = end + 1;
    return quote + text + quote;
  }

  #doubleQuoted(): string {
    const quote = this.rules.keepsQuotes ? '"' : "";
    let text = "";
    this.#at++;
    for (;;) {
      const character = this.#peek();
      if (character === undefined) {
        throw new Unreadable("unexpected end of statement while looking for matching double-quote");
      }
      if (character === "$") {
        text += this.#variable();
        continue;
      }
      this.#at++;
      if (character === '"') return quote + text + quote;
      if (character !== this.rules.escape) {
        text += character;
        continue;
      }
      if (this.#keepsEscapes) text += character;
      const escaped = this.#peek();
      if (escaped === undefined) continue;
      if (escaped === '"' || escaped === "$" || escaped === this.rules.escape) {
        this.#at++;
        text += escaped;
      } else text += character;
    }
  }

  #variable(): string {
    this.#at++;
    if (this.#peek() !== "{") {
      const name = this.#name();
      if (name === "") return "$";
      const value = this.variables(name);
      return value ?? (this.rules.keepsUnset ? `$${name}` : "");
    }
    this.#at++;
    const first = this.#peek();
    if (first === undefined) throw new Unreadable("syntax error: missing '}'");
    if (first === "{" || first === "}" || first === ":") {
      throw new Unreadable("syntax error: bad substitution");
    }
    const name = this.#name();
    const modifier = this.#next();
    if (modifier === "}") {
      return this.variables(name) ?? (this.rules.keepsUnset ? `\${${name}}` : "");
    }
    return this.#modified(name, modifier ?? "\uFFFD");
  }

  #modified(name: string, first: string): string {
    const builds = buildsOf(this.release);
    const nullIsUnset = first === ":";
    if (!builds.knowsAllModifiers && !nullIsUnset && first !== "?") {
      throw new Unreadable("missing ':' in substitution");
    }
    if (first === "/") return this.#replaced(name);
    const modifier = nullIsUnset ? (this.#next() ?? "\uFFFD") : first;
    const spelt = nullIsUnset ? `:${modifier}` : modifier;
    const patterns = builds.knowsAllModifiers && (modifier === "#" || modifier === "%");
    const unsupported = () =>
      new Unreadable(`unsupported modifier (${builds.knowsAllModifiers ? spelt : modifier}) in substitution`);
    if (builds.knowsAllModifiers && !nullIsUnset && !"+-?#%".includes(modifier)) throw unsupported();
    if (patterns && nullIsUnset && builds.refusesColonBeforePattern) throw unsupported();
    const word = this.#enclosed("}", patterns, "syntax error: missing '}'");
    const value = this.variables(name);
    if (value === undefined && this.rules.keepsUnset) return `\${${name}${spelt}${word}}`;
    const unset = value === undefined || (nullIsUnset && value === "");
    switch (modifier) {
      case "-":
        return unset ? word : (value ?? "");
      case "+":
        return unset ? "" : word;
      case "?":
        if (!unset) return value ?? "";
        throw new Unreadable(
          `${name}: ${word || `is not allowed to be ${value === undefined ? "unset" : "empty"}`}`,
        );
      case "#":
      case "%":
        if (patterns) return this.#trimmed(value ?? "", modifier, word);
        throw unsupported();
      default:
        throw unsupported();
    }
  }

  /** Reads up to the end of what is in braces. */
  #enclosed(end: string, keepsEscapes: boolean, missing: string): string {
    try {
      return this.#until(end, keepsEscapes).text;
    } catch (error) {
      throw error instanceof Unreadable && this.#ended ? new Unreadable(missing) : error;
    }
  }

  /** Removes the shortest or longest start or end that matches a pattern. */
  #trimmed(value: string, from: "#" | "%", word: string): string {
    const longest = word.startsWith(from);
    const pattern = this.#pattern(longest ? word.slice(1) : word);
    const characters = [...value];
    if (from === "%") characters.reverse();
    const ends = prefixEnds(from === "%" ? reversedTokens(pattern) : pattern, characters);
    const end = longest ? ends.at(-1) : ends[0];
    const rest = characters.slice(end ?? 0);
    if (from === "%") rest.reverse();
    return rest.join("");
  }

  /** `${name/pattern/replacement}`. */
  #replaced(name: string): string {
    const all = this.#peek() === "/";
    if (all) this.#at++;
    const spelt = this.#enclosed("/", true, `syntax error: missing '/' in \${}`);
    const replacement = this.#enclosed("}", true, "syntax error: missing '}'");
    const value = this.variables(name);
    if (value === undefined && this.rules.keepsUnset) return `\${${name}/${spelt}/${replacement}}`;
    const pattern = this.#pattern(spelt);
    let left = [...(value ?? "")];
    let text = "";
    for (;;) {
      const match = firstMatch(pattern, left);
      if (!match) return text + left.join("");
      text += left.slice(0, match.start).join("") + replacement;
      left = left.slice(match.end);
      if (!all) return text + left.join("");
      if (match.end > match.start) {
        if (left.length === 0) return text;
        continue;
      }
      text += left.shift() ?? "";
      if (left.length === 0) return text;
    }
  }

  #pattern(text: string) {
    const pattern = readPattern(text);
    if (typeof pattern === "string") {
      throw new Unreadable(`invalid pattern (${text}) in substitution: ${pattern}`);
    }
    return pattern;
  }

  #name(): string {
    let name = "";
    for (let character = this.#peek(); character !== undefined; character = this.#peek()) {
      if (name === "" && /^\p{Nd}$/u.test(character)) {
        for (let digit = this.#peek(); digit !== undefined && /^\p{Nd}$/u.test(digit); digit = this.#peek()) {
          name += this.#next();
        }
        return name;
      }
      if (name === "" && "@*#?-$!0".includes(character)) return this.#next() as string;
      if (!/^[\p{L}\p{Nd}_]$/u.test(character)) break;
      name += this.#next();
    }
    return name;
  }
}
