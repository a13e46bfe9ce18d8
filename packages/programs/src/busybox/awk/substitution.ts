import type { Match, Matcher } from "@dryharbor/kernel/patterns";
import type { ByteText } from "../byte-text.js";

/** What `sub`, `gsub` or `gensub` replaces by what. */
export interface Substitution {
  readonly pattern: Matcher;
  readonly replacement: ByteText;
  /** Which match is replaced. 0 stands for all. */
  readonly number: number;
  /** Whether `\1` stands for the text of a group, as in `gensub`. */
  readonly groups: boolean;
}

/** Replaces matches in a text. Returns the new text and how many matches were replaced. */
export function substituted(
  text: ByteText,
  { pattern, replacement, number, groups }: Substitution,
): { text: ByteText; count: number } {
  let result = "";
  let at = 0;
  let count = 0;
  let seen = 0;
  for (;;) {
    const match = pattern.find(text, at);
    if (!match) break;
    const [found] = match.groups;
    const end = match.index + found.length;
    seen++;
    const isReplaced = number === 0 || seen === number;
    result += text.slice(at, match.index) + (isReplaced ? replacing(replacement, match, groups) : found);
    at = end;
    if (isReplaced) count++;
    if (isReplaced && number !== 0) break;
    if (found !== "") continue;
    if (at >= text.length) break;
    result += text[at++];
  }
  return { text: result + text.slice(at), count };
}

function replacing(replacement: ByteText, match: Match, groups: boolean): ByteText {
  const [found] = match.groups;
  return replacement.replace(/\\([\s\S]?)|&/g, (whole, escaped: string | undefined) => {
    if (whole === "&") return found;
    if (groups && escaped !== undefined && /\d/.test(escaped)) return match.groups[Number(escaped)] ?? "";
    return escaped === "" || escaped === undefined ? "\\" : escaped;
  });
}
