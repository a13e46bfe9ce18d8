// Wildcard patterns such as `*.txt`, as in `case`, in file names and in `${name#pattern}`.
import {
  type CharacterSet,
  characterClasses,
  except,
  Matcher,
  only,
  PrefixMatcher,
  type Range,
  repeated,
  reversed,
  sequence,
  setOf,
  type Tree,
  within,
} from "@dryharbor/kernel/patterns";
import { type ByteText, byteText } from "../busybox/byte-text.js";

/** A wildcard pattern. A backslash makes the next character an ordinary one. */
export type Pattern = string;

/** Makes a pattern that matches exactly this text. */
export function literalPattern(text: string): Pattern {
  return text.replace(/[\\*?[\]!^-]/g, "\\$&");
}

/** Returns whether a pattern has a wildcard. */
export function hasWildcard(pattern: Pattern): boolean {
  for (let at = 0; at < pattern.length; at++) {
    const letter = pattern[at];
    if (letter === "\\") at++;
    else if (letter === "*" || letter === "?" || letter === "[") return true;
  }
  return false;
}

/** Returns the text that a pattern without wildcards matches. */
export function plainText(pattern: Pattern): string {
  return pattern.replace(/\\([\s\S])/g, "$1");
}

/** Returns whether a pattern matches the whole text, as fnmatch decides it. */
export function matches(pattern: Pattern, text: string): boolean {
  return matchers(pattern).forwards.matchesWhole(byteText(text));
}

/** Returns the length of the shortest or longest prefix that matches. Returns `undefined` when none does. */
export function matchedPrefix(pattern: Pattern, text: string, longest: boolean): number | undefined {
  const bytes = byteText(text);
  return chosenOffset(matchers(pattern).forwards.lengths(bytes), bytes, text, longest);
}

/**
 * Returns the index at which the shortest or longest matching suffix begins. Returns `undefined` when none
 * matches.
 */
export function matchedSuffix(pattern: Pattern, text: string, longest: boolean): number | undefined {
  const bytes = byteText(text);
  const backwards = [...bytes].reverse().join("");
  const begins = matchers(pattern)
    .backwards.lengths(backwards)
    .map((length) => bytes.length - length);
  return chosenOffset(begins, bytes, text, longest);
}

/**
 * Chooses the offset of the shortest or longest match, and returns it as an index in the text. An offset inside of
 * a letter is none.
 *
 * @param offsets in bytes, that of the shortest match first
 */
function chosenOffset(
  offsets: readonly number[],
  bytes: ByteText,
  text: string,
  longest: boolean,
): number | undefined {
  if (bytes === text) return longest ? offsets.at(-1) : offsets[0];
  const letters = new Map(lettersByByte(text));
  const isLetter = (each: number) => letters.has(each);
  const found = longest ? offsets.findLast(isLetter) : offsets.find(isLetter);
  return found === undefined ? undefined : letters.get(found);
}

/** Lists where each letter begins and where the text ends: the offset in bytes, and the index in the text. */
function lettersByByte(text: string): [byte: number, at: number][] {
  let byte = 0;
  let at = 0;
  const found: [number, number][] = [[0, 0]];
  for (const letter of text) {
    byte += byteText(letter).length;
    at += letter.length;
    found.push([byte, at]);
  }
  return found;
}

/** Replaces the first match of a pattern, or all matches. */
export function replaceMatches(pattern: Pattern, text: string, replacement: string, all: boolean): string {
  if (pattern === "") return text;
  let result = "";
  let at = 0;
  while (at < text.length) {
    const rest = text.slice(at);
    const begin = firstMatch(pattern, rest);
    if (begin === undefined) break;
    result += rest.slice(0, begin);
    at += begin;
    const length = matchedPrefix(pattern, text.slice(at), true);
    if (length === undefined || length === 0) {
      result += text.slice(at, at + 1);
      at++;
      continue;
    }
    result += replacement;
    at += length;
    if (!all) break;
  }
  return result + text.slice(at);
}

/** Finds the first letter at which a match may begin. Returns `undefined` when the text has no match. */
function firstMatch(pattern: Pattern, text: string): number | undefined {
  const bytes = byteText(text);
  const begin = matchers(pattern).anywhere.find(bytes)?.index;
  if (begin === undefined || bytes === text) return begin;
  return lettersByByte(text).find(([byte]) => byte >= begin)?.[1];
}

/** The compiled forms of a pattern. Each is made at its first use. */
class Matchers {
  readonly #tree: Tree;
  #forwards: PrefixMatcher | undefined;
  #backwards: PrefixMatcher | undefined;
  #anywhere: Matcher | undefined;

  constructor(pattern: Pattern) {
    this.#tree = treeOf(byteText(pattern));
  }

  get forwards(): PrefixMatcher {
    this.#forwards ??= new PrefixMatcher(this.#tree);
    return this.#forwards;
  }

  /** The matcher for reversed texts. */
  get backwards(): PrefixMatcher {
    this.#backwards ??= new PrefixMatcher(reversed(this.#tree));
    return this.#backwards;
  }

  get anywhere(): Matcher {
    this.#anywhere ??= new Matcher(this.#tree);
    return this.#anywhere;
  }
}

const ready = new Map<Pattern, Matchers>();

function matchers(pattern: Pattern): Matchers {
  let found = ready.get(pattern);
  if (!found) {
    found = new Matchers(pattern);
    // The patterns of a few scripts are used again and again. The limit bounds the memory.
    if (ready.size > 500) ready.clear();
    ready.set(pattern, found);
  }
  return found;
}

/** Parses a pattern. BusyBox works on bytes, so `?` matches one byte of a letter beyond ASCII. */
function treeOf(pattern: ByteText): Tree {
  const parts: Tree[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const letter = pattern[at] as string;
    if (letter === "*") parts.push(repeated(setOf(anything), 0, Number.POSITIVE_INFINITY));
    else if (letter === "?") parts.push(setOf(anything));
    else if (letter === "\\" && at + 1 < pattern.length) parts.push(setOf(only(pattern.charCodeAt(++at))));
    else {
      const set = letter === "[" ? bracket(pattern, at) : undefined;
      parts.push(setOf(set?.set ?? only(letter.charCodeAt(0))));
      if (set) at = set.end;
    }
  }
  return sequence(parts);
}

const anything: CharacterSet = () => true;

/** Parses `[…]`. Returns `undefined` when it has no end; the bracket then stands for itself. */
function bracket(pattern: ByteText, start: number): { set: CharacterSet; end: number } | undefined {
  let at = start + 1;
  const negated = pattern[at] === "!" || pattern[at] === "^";
  if (negated) at++;
  const ranges: Range[] = [];
  let known = true;
  for (let first = true; at < pattern.length; first = false) {
    if (pattern[at] === "]" && !first) {
      const set = within(ranges);
      // A set with an unknown class matches nothing.
      return { set: !known ? () => false : negated ? except(set) : set, end: at };
    }
    const [text, name] = /^\[:(\w+):\]/.exec(pattern.slice(at, at + 12)) ?? [];
    if (text !== undefined && name !== undefined) {
      if (Object.hasOwn(characterClasses, name)) ranges.push(...(characterClasses[name] ?? []));
      else known = false;
      at += text.length;
      continue;
    }
    const low = member(pattern, at);
    at = low.next;
    if (pattern[at] === "-" && at + 1 < pattern.length && pattern[at + 1] !== "]") {
      const high = member(pattern, at + 1);
      at = high.next;
      ranges.push([low.byte, high.byte]);
    } else ranges.push([low.byte, low.byte]);
  }
  return undefined;
}

function member(pattern: ByteText, at: number): { byte: number; next: number } {
  const escaped = pattern[at] === "\\" && at + 1 < pattern.length;
  return { byte: pattern.charCodeAt(escaped ? at + 1 : at), next: escaped ? at + 2 : at + 1 };
}
