import {
  type CharacterSet,
  except,
  only,
  PrefixMatcher,
  repeated,
  sequence,
  setOf,
  type Tree,
  within,
} from "@dryharbor/kernel/patterns";
import type { ByteText } from "../../../busybox/byte-text.js";

const any: CharacterSet = () => true;

/**
 * Makes a test for texts that a pattern such as `user:*` matches, with Redis's rules: `*`, `?`, `[a-z]`, `[^a]`
 * and `\`. The test takes a time that grows linearly with the text.
 */
export function globTest(pattern: ByteText): (text: ByteText) => boolean {
  if (/^\**$/.test(pattern) && pattern !== "") return () => true;
  if (!/[*?[\\]/.test(pattern)) return (text) => text === pattern;
  const matcher = new PrefixMatcher(globTree(pattern));
  return (text) => matcher.matchesWhole(text);
}

function globTree(pattern: ByteText): Tree {
  const parts: Tree[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const letter = pattern[at];
    if (letter === "*") {
      while (pattern[at + 1] === "*") at++;
      parts.push(repeated(setOf(any), 0, Number.POSITIVE_INFINITY));
    } else if (letter === "?") {
      parts.push(setOf(any));
    } else if (letter === "[") {
      const brackets = readBrackets(pattern, at + 1);
      parts.push(setOf(brackets.set));
      at = brackets.end;
    } else {
      if (letter === "\\" && at + 1 < pattern.length) at++;
      parts.push(setOf(only(pattern.charCodeAt(at))));
    }
  }
  return sequence(parts);
}

/** Reads the characters between brackets. A bracket that is not closed goes on to the end of the pattern. */
function readBrackets(pattern: ByteText, from: number): { readonly set: CharacterSet; readonly end: number } {
  let at = from;
  const isNegated = pattern[at] === "^";
  if (isNegated) at++;
  const ranges: [number, number][] = [];
  for (; at < pattern.length && pattern[at] !== "]"; at++) {
    if (pattern[at] === "\\" && at + 1 < pattern.length) {
      at++;
      ranges.push([pattern.charCodeAt(at), pattern.charCodeAt(at)]);
    } else if (pattern[at + 1] === "-" && at + 2 < pattern.length) {
      const [one, other] = [pattern.charCodeAt(at), pattern.charCodeAt(at + 2)];
      ranges.push([Math.min(one, other), Math.max(one, other)]);
      at += 2;
    } else {
      ranges.push([pattern.charCodeAt(at), pattern.charCodeAt(at)]);
    }
  }
  const set = within(ranges);
  return { set: isNegated ? except(set) : set, end: at };
}
