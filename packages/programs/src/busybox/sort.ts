import { applet } from "./applet.js";
import { type ByteText, toBytes } from "./byte-text.js";
import { eachFile } from "./input-file.js";
import { linesOf } from "./lines.js";
import { writeFile } from "./output-file.js";

const help = `sort [-nrughMcszbdfiokt] [-o FILE] [-k START[.OFS][OPTS][,END[.OFS][OPTS]] [-t CHAR] [FILE]...

Sort lines of text

	-o FILE	Output to FILE
	-c	Check whether input is sorted
	-b	Ignore leading blanks
	-f	Ignore case
	-i	Ignore unprintable characters
	-d	Dictionary order (blank or alphanumeric only)
	-n	Sort numbers
	-g	General numerical sort
	-h	Sort human readable numbers (2K 1G)
	-M	Sort month
	-V	Sort version
	-t CHAR	Field separator
	-k N[,M] Sort by Nth field
	-r	Reverse sort order
	-s	Stable (don't sort ties alphabetically)
	-u	Suppress duplicate lines
	-z	NUL terminated input and output`;

/** A sort key: the part of a line that is compared. */
interface Key {
  /**
   * The field and the letter in it, both counted from 1. Without an end, the key goes to the end of the line.
   */
  readonly from: readonly [number, number];
  readonly to: readonly [number, number] | undefined;
  /** The options of this key. Without any, those of the call apply. */
  readonly letters: string;
}

/** `sort [OPTIONS] [FILE]...`: prints lines in sorted order. */
export const sort = applet(
  { help, options: { flags: "nrughMcszbdfiV", values: "okt" }, usageCode: 2 },
  async (process, { name, given, operands }) => {
    const end = given.has("z") ? "\0" : "\n";
    const separator = given.get("t")?.at(-1);
    const keys = (given.get("k") ?? []).map(readKey);
    if (keys.includes(undefined)) {
      process.stderr(`${name}: bad field specification\n`);
      return 2;
    }
    const letters = [...given.keys()].filter((letter) => "nrghMbdfiV".includes(letter)).join("");
    const order = comparison(keys as Key[], letters, separator);
    const lines: ByteText[] = [];
    const all = await eachFile(
      process,
      operands,
      async (chunks) => {
        for await (const { text } of linesOf(chunks, end)) lines.push(text);
      },
      (path, problem) => process.stderr(`${name}: ${path}: ${problem}\n`),
    );
    if (!all) return 2;
    if (given.has("c")) {
      for (const [index, line] of lines.entries()) {
        const last = lines[index - 1];
        if (last === undefined) continue;
        const relation = order(last, line);
        if (relation > 0 || (relation === 0 && given.has("u"))) {
          process.stderr(`Check line ${index}\n`);
          return 1;
        }
      }
      return 0;
    }
    const reversed = letters.includes("r") ? -1 : 1;
    const isStable = given.has("s") || given.has("u");
    lines.sort((one, other) => {
      const relation = order(one, other);
      if (relation !== 0 || isStable) return relation;
      return one < other ? -reversed : one > other ? reversed : 0;
    });
    const shown = given.has("u")
      ? lines.filter((line, index) => index === 0 || order(lines[index - 1] as ByteText, line) !== 0)
      : lines;
    const text = toBytes(shown.map((line) => `${line}${end}`).join(""));
    const path = given.get("o")?.at(-1);
    if (path === undefined) {
      process.stdout(text);
      return 0;
    }
    return writeFile(process, name, path, text);
  },
);

function readKey(text: string): Key | undefined {
  const match = /^(\d+)(?:\.(\d+))?([a-zA-Z]*)(?:,(\d+)(?:\.(\d+))?([a-zA-Z]*))?$/.exec(text);
  if (!match) return undefined;
  const [, field, letter = "1", options = "", lastField, lastLetter = "0", others = ""] = match;
  return {
    from: [Number(field), Number(letter)],
    to: lastField === undefined ? undefined : [Number(lastField), Number(lastLetter)],
    letters: options + others,
  };
}

type Comparison = (one: ByteText, other: ByteText) => number;

function comparison(keys: readonly Key[], letters: string, separator: string | undefined): Comparison {
  if (keys.length === 0) return compareBy(letters, (line) => line);
  const comparisons = keys.map((key) =>
    compareBy(key.letters === "" ? letters : key.letters, (line) => keyOf(line, key, separator)),
  );
  return (one, other) => {
    for (const compare of comparisons) {
      const relation = compare(one, other);
      if (relation !== 0) return relation;
    }
    return 0;
  };
}

function keyOf(line: ByteText, { from, to }: Key, separator: string | undefined): ByteText {
  const start = position(line, from[0], separator);
  if (start === undefined) return "";
  let begin = start + from[1] - 1;
  let end = line.length;
  if (to) {
    const last = position(line, to[0], separator);
    if (last !== undefined) end = to[1] === 0 ? fieldEnd(line, last, separator) : last + to[1];
  }
  begin = Math.min(begin, line.length);
  return line.slice(begin, Math.max(begin, end));
}

/** Returns the index at which a field begins. Without a separator, a field includes the blanks before it. */
function position(line: ByteText, field: number, separator: string | undefined): number | undefined {
  let at = 0;
  for (let number = 1; number < field; number++) {
    at = fieldEnd(line, at, separator);
    if (at >= line.length) return line.length;
    if (separator !== undefined) at++;
  }
  return at;
}

function fieldEnd(line: ByteText, start: number, separator: string | undefined): number {
  if (separator !== undefined) {
    const at = line.indexOf(separator, start);
    return at < 0 ? line.length : at;
  }
  let at = start;
  while (at < line.length && /\s/.test(line[at] as string)) at++;
  while (at < line.length && !/\s/.test(line[at] as string)) at++;
  return at;
}

const months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const sizes = "KMGTPE";

function compareBy(letters: string, key: (line: ByteText) => ByteText): Comparison {
  const direction = letters.includes("r") ? -1 : 1;
  const has = (letter: string): boolean => letters.includes(letter);
  const numeric = has("n")
    ? (text: string) => Number.parseFloat(/^\s*(-?[\d.]+)/.exec(text)?.[1] ?? "0") || 0
    : has("g")
      ? (text: string) => Number.parseFloat(text) || 0
      : has("h")
        ? sizeOf
        : has("M")
          ? (text: string) => months.indexOf(text.trim().slice(0, 3).toUpperCase())
          : undefined;
  const prepared = (line: ByteText): ByteText => {
    let text = key(line);
    if (has("b")) text = text.trimStart();
    if (has("d")) text = text.replace(/[^a-zA-Z0-9\s]/g, "");
    if (has("i")) text = text.replace(/[^ -~]/g, "");
    return has("f") ? text.toUpperCase() : text;
  };
  return (one, other) => {
    const [left, right] = [prepared(one), prepared(other)];
    if (numeric) return direction * Math.sign(numeric(left) - numeric(right));
    if (has("V")) return direction * versions(left, right);
    return direction * (left < right ? -1 : left > right ? 1 : 0);
  };
}

function sizeOf(text: string): number {
  const match = /^\s*(-?[\d.]+)([KMGTPE]?)/i.exec(text);
  if (!match) return 0;
  const power = match[2] === "" ? 0 : sizes.indexOf((match[2] as string).toUpperCase()) + 1;
  return Number(match[1]) * 1024 ** power;
}

/** Compares texts like version numbers: digits in them are compared as numbers. */
function versions(one: string, other: string): number {
  const pieces = (text: string): string[] => text.match(/\d+|\D+/g) ?? [];
  const [left, right] = [pieces(one), pieces(other)];
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const a = left[at] ?? "";
    const b = right[at] ?? "";
    if (a === b) continue;
    if (/^\d/.test(a) && /^\d/.test(b) && Number(a) !== Number(b)) return Number(a) - Number(b);
    return a < b ? -1 : 1;
  }
  return 0;
}
