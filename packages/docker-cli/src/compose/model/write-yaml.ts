// YAML as compose prints it: block style, two spaces, and quotes exactly where Go's encoder puts them.

import type { Json, JsonMap, JsonStruct } from "./json.js";
import { goFloat } from "./tree.js";

/** Writes a document. */
export function writeYaml(value: Json): string {
  return `${block(value, "", false)}\n`;
}

/** A value that begins on a line of its own or, as an item of a list, after `- `. */
function block(value: Json, indent: string, inList: boolean): string {
  if (Array.isArray(value) && value.length > 0) {
    return value
      .map((item) => `${inList ? "" : indent}- ${block(item, `${indent}  `, true)}`)
      .join(`\n${inList ? indent : ""}`);
  }
  if (value !== null && typeof value === "object" && !Array.isArray(value)) {
    const entries = sortedEntries(value as JsonMap | JsonStruct);
    if (entries.length === 0) return "{}";
    const lines = entries.map(([key, field]) => `${scalar(key, "", true)}:${after(field, indent)}`);
    return (inList ? "" : indent) + lines.join(`\n${indent}`);
  }
  return inline(value, indent);
}

/** What stands after a key: on the same line, or below it. */
function after(value: Json, indent: string): string {
  const nested =
    value !== null &&
    typeof value === "object" &&
    (Array.isArray(value) ? value.length > 0 : sortedEntries(value as JsonMap | JsonStruct).length > 0);
  if (nested) return `\n${block(value, `${indent}  `, false)}`;
  return ` ${inline(value, indent)}`;
}

function inline(value: Json, indent: string): string {
  if (typeof value === "string") return scalar(value, indent, false);
  if (typeof value === "number") return number(value);
  if (Array.isArray(value)) return "[]";
  return value !== null && typeof value === "object" ? "{}" : String(value);
}

function number(value: number): string {
  if (Number.isInteger(value)) return String(value);
  if (Number.isFinite(value)) return goFloat(value);
  return Number.isNaN(value) ? ".nan" : value > 0 ? ".inf" : "-.inf";
}

const looksOtherwise = [
  /^(|~|null|Null|NULL|true|True|TRUE|false|False|FALSE)$/,
  /^(y|Y|yes|Yes|YES|on|On|ON|n|N|no|No|NO|off|Off|OFF)$/,
  /^[-+]?(0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO]?[0-7_]+|0|[1-9][0-9_]*)$/,
  /^[-+]?(\.[0-9_]+|[0-9][0-9_]*(\.[0-9_]*)?)([eE][-+]?[0-9]+)?$/,
  /^[-+]?\.(inf|Inf|INF)$|^\.(nan|NaN|NAN)$/,
  /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ][0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}.*)?$/,
  /^[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?$/,
];

/** A text: plain where it can be, in quotes where it would be read as something else, or as a block of lines. */
function scalar(text: string, indent: string, key: boolean): string {
  const unprintable = /[^\x20-\x7e\n\t\u0085\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/u.test(text);
  if (text.includes("\n") && !key && !unprintable && !/[ ]\n|[ ]$/.test(text)) {
    return literal(text, indent);
  }
  if (looksOtherwise.some((pattern) => pattern.test(text)) || unprintable || /[\n\t]/.test(text))
    return doubleQuoted(text);
  if (/^[ ]|[ ]$/.test(text) || isIndicated(text)) return `'${text.replaceAll("'", "''")}'`;
  return text;
}

/** Whether something in a text has a meaning in YAML. */
function isIndicated(text: string): boolean {
  if (/^(---|\.\.\.)/.test(text)) return true;
  return /^[#,[\]{}&*!|>'"%@`]|^[?:-](\s|$)|:(\s|$)|\s#/.test(text);
}

function literal(text: string, indent: string): string {
  const hint = /^[ \n]/.test(text) ? "2" : "";
  const chomp = text.endsWith("\n") ? (text === "\n" || text.endsWith("\n\n") ? "+" : "") : "-";
  const lines = text.replace(/\n$/, "").split("\n");
  const inner = `${indent}  `;
  return `|${hint}${chomp}\n${lines.map((line) => (line === "" ? "" : inner + line)).join("\n")}`;
}

const escapes: Readonly<Record<string, string>> = {
  "\0": "\\0",
  "\x07": "\\a",
  "\b": "\\b",
  "\t": "\\t",
  "\n": "\\n",
  "\v": "\\v",
  "\f": "\\f",
  "\r": "\\r",
  "\x1b": "\\e",
  '"': '\\"',
  "\\": "\\\\",
  "\u0085": "\\N",
  "\u00a0": "\\_",
  "\u2028": "\\L",
  "\u2029": "\\P",
};

function doubleQuoted(text: string): string {
  const written = [...text].map((character) => {
    const known = escapes[character];
    if (known && character !== "\u00a0") return known;
    const code = character.codePointAt(0) ?? 0;
    if (code >= 0x20 && code < 0x7f) return character;
    if (code >= 0xa0 && code < 0x10000 && code !== 0xfeff) return character;
    if (code >= 0x10000) return `\\U${hex(code, 8)}`;
    return code < 0x100 ? `\\x${hex(code, 2)}` : `\\u${hex(code, 4)}`;
  });
  return `"${written.join("")}"`;
}

const hex = (code: number, digits: number) => code.toString(16).toUpperCase().padStart(digits, "0");

/** The entries in order: a struct's own, and of a mapping the natural one, in which a2 is before a10. */
function sortedEntries(value: JsonMap | JsonStruct): [string, Json][] {
  if (!(value instanceof Map)) return Object.entries(value);
  return [...value].sort(([a], [b]) => naturally(a, b));
}

const isDigit = (character: string | undefined) => character !== undefined && /\p{Nd}/u.test(character);
const isLetter = (character: string | undefined) => character !== undefined && /\p{L}/u.test(character);

/** Compares as Go's YAML encoder sorts keys: runs of digits as numbers, and letters after everything else. */
function naturally(left: string, right: string): number {
  const a = [...left];
  const b = [...right];
  let digits = false;
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const [mine, other] = [a[at], b[at]];
    if (mine === other) {
      digits = isDigit(mine);
      continue;
    }
    if (isLetter(mine) && isLetter(other)) return (mine as string) < (other as string) ? -1 : 1;
    if (isLetter(mine) || isLetter(other)) return isLetter(digits ? mine : other) ? -1 : 1;
    const significant = (mine === "0" || other === "0") && leadingDigit(a, at);
    const [first, firstLength] = digitRun(a, at, significant);
    const [second, secondLength] = digitRun(b, at, significant);
    if (first !== second) return first - second;
    if (firstLength !== secondLength) return firstLength - secondLength;
    return (mine as string) < (other as string) ? -1 : 1;
  }
  return a.length - b.length;
}

/** Whether a digit other than 0 stands before this one in the same number. */
function leadingDigit(characters: readonly string[], at: number): boolean {
  for (let before = at - 1; before >= 0 && isDigit(characters[before]); before--) {
    if (characters[before] !== "0") return true;
  }
  return false;
}

function digitRun(characters: readonly string[], at: number, significant: boolean): [number, number] {
  let value = significant ? 1 : 0;
  let end = at;
  for (; isDigit(characters[end]); end++) value = value * 10 + Number(characters[end]);
  return [value, end];
}
