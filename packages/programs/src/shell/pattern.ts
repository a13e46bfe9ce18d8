import { characterClasses } from "../busybox/character-classes.js";

/** A pattern in which a backslash makes the next character an ordinary one. */
export type Pattern = string;

/** The pattern that matches exactly this text. */
export function literalPattern(text: string): Pattern {
  return text.replace(/[\\*?[\]!^-]/g, "\\$&");
}

/** Whether a pattern has anything in it that is not an ordinary character. */
export function hasWildcard(pattern: Pattern): boolean {
  for (let at = 0; at < pattern.length; at++) {
    const letter = pattern[at];
    if (letter === "\\") at++;
    else if (letter === "*" || letter === "?" || letter === "[") return true;
  }
  return false;
}

/** The text that a pattern without wildcards matches. */
export function plainText(pattern: Pattern): string {
  return pattern.replace(/\\([\s\S])/g, "$1");
}

const compiled = new Map<string, RegExp>();

/** Whether the whole text matches, as fnmatch decides it. */
export function matches(pattern: Pattern, text: string): boolean {
  return expression(bytewise(pattern)).test(bytewise(text));
}

/** Letters are bytes to BusyBox: `?` is one of several of a letter beyond ASCII. */
function bytewise(text: string): string {
  if (!/[^\0-\x7f]/.test(text)) return text;
  return [...new TextEncoder().encode(text)].map((byte) => String.fromCharCode(byte)).join("");
}

/** How much of the text's beginning matches; `undefined` where nothing does. */
export function matchedPrefix(pattern: Pattern, text: string, longest: boolean): number | undefined {
  const lengths = Array.from({ length: text.length + 1 }, (_, index) => index);
  if (longest) lengths.reverse();
  return lengths.find((length) => matches(pattern, text.slice(0, length)));
}

/** Where the end of the text begins that matches; `undefined` where nothing does. */
export function matchedSuffix(pattern: Pattern, text: string, longest: boolean): number | undefined {
  const starts = Array.from({ length: text.length + 1 }, (_, index) => index);
  if (!longest) starts.reverse();
  return starts.find((start) => matches(pattern, text.slice(start)));
}

/** Replaces the first match, or all. */
export function replaceMatches(pattern: Pattern, text: string, replacement: string, all: boolean): string {
  if (pattern === "") return text;
  let result = "";
  let at = 0;
  while (at < text.length) {
    const length = matchedPrefix(pattern, text.slice(at), true);
    if (length === undefined || length === 0) {
      result += text[at];
      at++;
      continue;
    }
    result += replacement;
    at += length;
    if (!all) break;
  }
  return result + text.slice(at);
}

function expression(pattern: Pattern): RegExp {
  let found = compiled.get(pattern);
  if (!found) {
    found = new RegExp(`^(?:${sourceOf(pattern)})$`, "su");
    // Patterns come from scripts, of which a few are run over and over.
    if (compiled.size > 500) compiled.clear();
    compiled.set(pattern, found);
  }
  return found;
}

function sourceOf(pattern: Pattern): string {
  let source = "";
  const letters = [...pattern];
  for (let at = 0; at < letters.length; at++) {
    const letter = letters[at] as string;
    if (letter === "*") source += ".*";
    else if (letter === "?") source += ".";
    else if (letter === "\\" && at + 1 < letters.length) source += escaped(letters[++at] as string);
    else if (letter === "[") {
      const set = bracket(letters, at);
      if (set) {
        source += set.source;
        at = set.end;
      } else source += "\\[";
    } else source += escaped(letter);
  }
  return source;
}

function escaped(letter: string): string {
  return /[\^$\\.*+?()[\]{}|/]/.test(letter) ? `\\${letter}` : letter;
}

function escapedInSet(letter: string): string {
  return /[\^\\[\]-]/.test(letter) ? `\\${letter}` : letter;
}

/** Reads `[…]`; `undefined` where it does not end, and the bracket is a character. */
function bracket(letters: readonly string[], start: number): { source: string; end: number } | undefined {
  let at = start + 1;
  const negated = letters[at] === "!" || letters[at] === "^";
  if (negated) at++;
  let source = "";
  for (let first = true; at < letters.length; first = false) {
    const letter = letters[at] as string;
    if (letter === "]" && !first) {
      return { source: `[${negated ? "^" : ""}${source}]`, end: at };
    }
    const named = /^\[:(\w+):\]/.exec(letters.slice(at, at + 12).join(""));
    if (named) {
      source += characterClasses[named[1] as string] ?? "";
      at += named[0].length;
      continue;
    }
    const low = member(letters, at);
    at = low.next;
    if (letters[at] === "-" && at + 1 < letters.length && letters[at + 1] !== "]") {
      const high = member(letters, at + 1);
      at = high.next;
      if (low.letter <= high.letter) source += `${escapedInSet(low.letter)}-${escapedInSet(high.letter)}`;
    } else source += escapedInSet(low.letter);
  }
  return undefined;
}

function member(letters: readonly string[], at: number): { letter: string; next: number } {
  if (letters[at] === "\\" && at + 1 < letters.length)
    return { letter: letters[at + 1] as string, next: at + 2 };
  return { letter: letters[at] as string, next: at + 1 };
}
