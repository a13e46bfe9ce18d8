import { isShellKeyword } from "./parser.js";

/** In single quotes, as lists of variables show values. */
export function singleQuoted(text: string): string {
  // A quote itself stands in double quotes, with its neighbours that are quotes, too.
  return text
    .split(/('+)/)
    .map((piece) => (piece.startsWith("'") ? `"${piece}"` : piece === "" ? "" : `'${piece}'`))
    .join("")
    .replace(/^$/, "''");
}

/** As `-x` shows a word: quoted where it is a keyword or has anything unusual in it; nothing at all for an empty one. */
export function quoteForTrace(text: string): string {
  if (isShellKeyword(text)) return singleQuoted(text);
  return /[\0-*;-?`[\\{-\uffff]/.test(text) ? singleQuoted(text) : text;
}
