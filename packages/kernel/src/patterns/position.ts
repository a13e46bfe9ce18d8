// Assertions about a position in a text, such as `^` and `\b`. The parsers put them into trees; the searches
// test them.
import { within, wordRanges } from "./characters.js";

/**
 * The kind of the character on one side of a position, or `edge` for the end of the text. `cut` is the
 * beginning of a text that continues another text, so that no line begins there.
 */
export type Neighbour = "edge" | "cut" | "newline" | "word" | "other";

/** An assertion: a function that returns whether it holds between two neighbours. */
export type Assertion = (before: Neighbour, after: Neighbour) => boolean;

const isWord = within(wordRanges);

/** Returns the kind of a character. `undefined` stands for the end of the text. */
export function neighbour(point: number | undefined): Neighbour {
  if (point === undefined) return "edge";
  if (point === 10) return "newline";
  return isWord(point) ? "word" : "other";
}

/** Returns the kind of the character before a position. */
export function neighbourBefore(text: string, at: number, continued: boolean): Neighbour {
  if (at === 0) return continued ? "cut" : "edge";
  // Half of a surrogate pair is no word character, and neither is the whole.
  return neighbour(text.charCodeAt(at - 1));
}

export const atTextStart: Assertion = (before) => before === "edge";
/** Like `atTextStart`, and holds also at the beginning of a text that continues another. */
export const atBufferStart: Assertion = (before) => before === "edge" || before === "cut";
export const atTextEnd: Assertion = (_before, after) => after === "edge";
export const atLineStart: Assertion = (before) => before === "edge" || before === "newline";
export const atLineEnd: Assertion = (_before, after) => after === "edge" || after === "newline";
export const atWordBoundary: Assertion = (before, after) => (before === "word") !== (after === "word");
export const notAtWordBoundary: Assertion = (before, after) => (before === "word") === (after === "word");
export const atWordStart: Assertion = (before, after) => before !== "word" && after === "word";
export const atWordEnd: Assertion = (before, after) => before === "word" && after !== "word";
export const notAfterWord: Assertion = (before) => before !== "word";
export const notBeforeWord: Assertion = (_before, after) => after !== "word";
