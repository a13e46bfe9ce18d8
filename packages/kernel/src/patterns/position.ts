import { within, wordRanges } from "./characters.js";

/**
 * What stands on one side of a position in a text: a character by its kind, or the text's edge. `cut` is the
 * beginning of a text that goes on from another, so that no line begins there.
 */
export type Neighbour = "edge" | "cut" | "newline" | "word" | "other";

/** Whether a position is of a kind, by what stands before and after it. */
export type Assertion = (before: Neighbour, after: Neighbour) => boolean;

const isWord = within(wordRanges);

/** The kind of a character; `undefined` is the end of the text. */
export function neighbour(point: number | undefined): Neighbour {
  if (point === undefined) return "edge";
  if (point === 10) return "newline";
  return isWord(point) ? "word" : "other";
}

/** What stands before a position. */
export function neighbourBefore(text: string, at: number, continued: boolean): Neighbour {
  if (at === 0) return continued ? "cut" : "edge";
  // Half of a character beyond the first plane is as little of a word as all of it.
  return neighbour(text.charCodeAt(at - 1));
}

export const atTextStart: Assertion = (before) => before === "edge";
/** As `atTextStart`, also where the text goes on from another. */
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
