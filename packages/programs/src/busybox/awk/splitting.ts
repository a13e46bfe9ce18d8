// How texts are divided into fields.
import type { Matcher } from "@dryharbor/kernel/patterns";
import type { ByteText } from "../byte-text.js";
import { patternOf } from "./patterns.js";

/** How a text is divided: at a string as `FS` has it, or at a pattern. */
export interface Separator {
  readonly at: ByteText | Matcher;
  readonly ignoreCase: boolean;
  /** Whether a newline separates as well, as in records that are paragraphs. */
  readonly newlines: boolean;
}

/** Divides a text into fields. @throws {BadExpression} */
export function fieldsOf(text: ByteText, { at, ignoreCase, newlines }: Separator): ByteText[] {
  if (at === " ") return text.split(/[ \t\n]+/).filter((field) => field !== "");
  if (text === "") return [];
  if (at === "") return [...text];
  if (typeof at !== "string") return dividedByPattern(text, at, newlines);
  if (at.length > 1) return dividedByPattern(text, patternOf(at, ignoreCase), newlines);
  const separators = new Set([at, ...(newlines ? ["\n"] : [])]);
  if (ignoreCase) separators.add(at.toLowerCase()).add(at.toUpperCase());
  const fields: ByteText[] = [];
  let from = 0;
  for (let index = 0; index < text.length; index++) {
    if (!separators.has(text[index] as string)) continue;
    fields.push(text.slice(from, index));
    from = index + 1;
  }
  return [...fields, text.slice(from)];
}

function dividedByPattern(text: ByteText, pattern: Matcher, newlines: boolean): ByteText[] {
  if (newlines) {
    return text.split("\n").flatMap((line) => (line === "" ? [""] : dividedByPattern(line, pattern, false)));
  }
  const fields: ByteText[] = [];
  let from = 0;
  let rest = 0;
  while (rest < text.length) {
    // The text in front does not count: `^` matches behind each separator.
    const match = pattern.find(text.slice(rest));
    if (!match) break;
    const [found] = match.groups;
    if (found === "" && match.index === 0) {
      rest++;
      continue;
    }
    fields.push(text.slice(from, rest + match.index));
    rest += match.index + found.length;
    from = rest;
  }
  return [...fields, text.slice(from)];
}
