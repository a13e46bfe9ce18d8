import { isShellKeyword } from "./parser.js";

/** Quotes a text in single quotes, as `set` and `export` list values. */
export function singleQuoted(text: string): string {
  // A run of single quotes is put into double quotes.
  return text
    .split(/('+)/)
    .map((piece) => (piece.startsWith("'") ? `"${piece}"` : piece === "" ? "" : `'${piece}'`))
    .join("")
    .replace(/^$/, "''");
}

/**
 * Formats a word as `set -x` shows it: quoted when it is a keyword or has special characters. An empty word
 * stays empty.
 */
export function quoteForTrace(text: string): string {
  if (isShellKeyword(text)) return singleQuoted(text);
  return /[\0-*;-?`[\\{-\uffff]/.test(text) ? singleQuoted(text) : text;
}
