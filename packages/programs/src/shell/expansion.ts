// Expansion: it turns the words of a command into texts. Parameters, commands, arithmetic and tildes are
// replaced, fields are split, and wildcards become file names.
import { withoutTrailing } from "@dryharbor/kernel/patterns";
import { ArithmeticError, evaluateArithmetic } from "./arithmetic.js";
import { ShellError } from "./flow.js";
import {
  hasWildcard,
  literalPattern,
  matchedPrefix,
  matchedSuffix,
  type Pattern,
  replaceMatches,
} from "./pattern.js";
import type { Command, ParameterPart, Word, WordPart } from "./syntax.js";

/** The source of the values in expansions. The shell implements it. */
export interface ExpansionSource {
  /** The positional parameters: `$1` and the following. */
  readonly positional: readonly string[];
  /** Whether an unset parameter is an error (`set -u`). */
  readonly unsetIsError: boolean;
  /** Whether wildcards become file names (not with `set -f`). */
  readonly globs: boolean;
  /** Returns the value of a variable or of a special parameter other than `@` and `*`. */
  parameter(name: string): string | undefined;
  /** Assigns a variable. @throws {ShellError} It is read only. */
  assign(name: string, value: string): void;
  /** Runs a command and resolves to its output. */
  substitute(body: Command | undefined): Promise<string>;
  /** Returns the home directory of a user. An empty name stands for the user of the shell. */
  home(user: string): string | undefined;
  /** Returns the paths that match a pattern, in sorted order. */
  glob(pattern: Pattern): string[];
}

/** A piece of an expanded word. `next of @` and `next of *` separate the elements of `$@` and `$*`. */
type Piece =
  | { readonly text: string; readonly quoted: boolean; readonly splits: boolean }
  | "next of @"
  | "next of *";

interface Segment {
  readonly text: string;
  readonly quoted: boolean;
}

/** Expands the words of a command. Each word becomes any number of fields. */
export async function expandWords(source: ExpansionSource, words: readonly Word[]): Promise<string[]> {
  const fields: string[] = [];
  for (const word of words) {
    const pieces = await expand(source, withTilde(source, word, false), false);
    for (const field of split(pieces, source.parameter("IFS"))) {
      const pattern = source.globs ? patternOf(field) : "";
      const found = hasWildcard(pattern) ? source.glob(pattern) : [];
      if (found.length > 0) fields.push(...found);
      else fields.push(field.map(({ text }) => text).join(""));
    }
  }
  return fields;
}

/** Expands a word that stays one field, as in an assignment. */
export async function expandText(
  source: ExpansionSource,
  word: Word,
  { assignment = false } = {},
): Promise<string> {
  return joined(source, await expand(source, withTilde(source, word, assignment), false)).text;
}

/** Expands a word that is used as a pattern. Quoted characters in it stand for themselves. */
export async function expandPattern(source: ExpansionSource, word: Word): Promise<Pattern> {
  const pieces = await expand(source, withTilde(source, word, false), false);
  return patternOf(joined(source, pieces).segments);
}

/** Expands a text as in double quotes, where tildes are ordinary characters: a here-document or a prompt. */
export async function expandDocument(source: ExpansionSource, word: Word): Promise<string> {
  return joined(source, await expand(source, word, false)).text;
}

function patternOf(segments: readonly Segment[]): Pattern {
  return segments.map(({ text, quoted }) => (quoted ? literalPattern(text) : text)).join("");
}

/** Joins pieces to one field. The elements of a list are joined by a separator. */
function joined(source: ExpansionSource, pieces: readonly Piece[]): { text: string; segments: Segment[] } {
  const segments = pieces.map((piece) => {
    if (typeof piece === "object") return piece;
    return { text: piece === "next of @" ? " " : separator(source), quoted: true };
  });
  return { text: segments.map(({ text }) => text).join(""), segments };
}

/**
 * Expands the parts of a word.
 *
 * @param splits whether unquoted text is split into fields, as behind `${x:-`
 */
async function expand(source: ExpansionSource, word: Word, splits: boolean): Promise<Piece[]> {
  const pieces: Piece[] = [];
  for (const part of word) pieces.push(...(await expandPart(source, part, splits)));
  return pieces;
}

async function expandPart(source: ExpansionSource, part: WordPart, splits: boolean): Promise<Piece[]> {
  switch (part.kind) {
    case "text":
      return [{ text: part.text, quoted: part.quoted, splits: splits && !part.quoted }];
    case "parameter":
      return expandParameter(source, part);
    case "command": {
      const output = await source.substitute(part.body);
      return [value(withoutTrailing(output, "\n"), part.quoted)];
    }
    case "arithmetic": {
      const expression = await expandDocument(source, part.expression);
      return [value(String(compute(source, expression)), part.quoted)];
    }
  }
}

function value(text: string, quoted: boolean): Piece {
  return { text, quoted, splits: !quoted };
}

/** Evaluates an arithmetic expression. @throws {ShellError} The expression is invalid. */
export function compute(source: ExpansionSource, expression: string): bigint {
  try {
    return evaluateArithmetic(expression, {
      get: (name) => source.parameter(name),
      set: (name, text) => source.assign(name, text),
    });
  } catch (error) {
    if (error instanceof ArithmeticError) throw new ShellError(error.message);
    throw error;
  }
}

async function expandParameter(source: ExpansionSource, part: ParameterPart): Promise<Piece[]> {
  const { name, quoted, operator } = part;
  if (operator === "bad") throw new ShellError("syntax error: bad substitution");
  const isList = name === "@" || name === "*";
  const list = isList ? source.positional : undefined;
  const text = list ? list.join(" ") : source.parameter(name);

  if (operator === "length") {
    if (list) return [value(String(list.length), quoted)];
    return [value(String(byteLength(known(source, part, text))), quoted)];
  }
  if (operator === "-" || operator === "=" || operator === "?" || operator === "+") {
    const missing = text === undefined || (part.colon && text === "");
    const alternative = operator === "+" ? !missing : missing;
    if (!alternative)
      return operator === "+" ? (quoted ? [value("", true)] : []) : values(source, part, text);
    if (operator === "?") throw await missingParameter(source, part);
    if (operator === "=") {
      if (!/^[A-Za-z_]/.test(name)) throw new ShellError(`${name}: bad variable name`);
      const assigned = await expandText(source, part.word, { assignment: true });
      source.assign(name, assigned);
      return [value(assigned, quoted)];
    }
    const pieces = await expand(source, quoted ? part.word : withTilde(source, part.word, false), !quoted);
    return pieces.length === 0 && quoted ? [value("", true)] : pieces;
  }
  if (operator === "none") return values(source, part, text);
  if (isList) {
    const changed: string[] = [];
    for (const each of source.positional) changed.push(await changedBy(source, part, each));
    return listPieces(source, part, changed);
  }
  return [value(await changedBy(source, part, known(source, part, text)), quoted)];
}

/** Returns the length of a text as BusyBox counts it, in bytes. */
function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

function known(source: ExpansionSource, { name }: ParameterPart, text: string | undefined): string {
  if (text === undefined && source.unsetIsError && name !== "@" && name !== "*") {
    throw new ShellError(`${name}: parameter not set`);
  }
  return text ?? "";
}

function values(source: ExpansionSource, part: ParameterPart, text: string | undefined): Piece[] {
  const { name, quoted } = part;
  if (name === "@" || name === "*") return listPieces(source, part, source.positional);
  return [value(known(source, part, text), quoted)];
}

function listPieces(
  source: ExpansionSource,
  { name, quoted }: ParameterPart,
  list: readonly string[],
): Piece[] {
  if (name === "*" && quoted) return [value(list.join(separator(source)), true)];
  const next = name === "*" ? "next of *" : "next of @";
  return list.flatMap((each, at): Piece[] =>
    at === 0 ? [value(each, quoted)] : [next, value(each, quoted)],
  );
}

/** Returns the separator between the elements of `"$*"`. */
function separator(source: ExpansionSource): string {
  return (source.parameter("IFS") ?? " ").slice(0, 1);
}

async function missingParameter(
  source: ExpansionSource,
  { name, colon, word }: ParameterPart,
): Promise<ShellError> {
  const message = await expandText(source, word);
  return new ShellError(`${name}: ${message || `parameter not set${colon ? " or null" : ""}`}`);
}

/** Applies the operators `#`, `%`, `/` and `:` of a parameter expansion to a value. */
async function changedBy(source: ExpansionSource, part: ParameterPart, text: string): Promise<string> {
  const { operator, word, second } = part;
  if (operator === ":") {
    const start = compute(source, await expandText(source, word));
    const length = second && compute(source, await expandText(source, second));
    return substring(text, Number(start), length === undefined ? undefined : Number(length));
  }
  const pattern = await expandPattern(source, word);
  const longest = operator.length === 2;
  if (operator === "#" || operator === "##") return text.slice(matchedPrefix(pattern, text, longest) ?? 0);
  if (operator === "%" || operator === "%%") {
    return text.slice(0, matchedSuffix(pattern, text, longest) ?? text.length);
  }
  const replacement = second ? await expandText(source, second) : "";
  return replaceMatches(pattern, text, replacement, operator === "//");
}

function substring(text: string, start: number, length: number | undefined): string {
  const letters = [...text];
  const from = start < 0 ? letters.length + start : start;
  if (from < 0 || from > letters.length) return "";
  const end = length === undefined ? letters.length : length < 0 ? letters.length + length : from + length;
  return letters.slice(from, Math.max(from, end)).join("");
}

/** Splits unquoted text into fields at the separators, as POSIX defines it. */
function split(pieces: readonly Piece[], separators = " \t\n"): Segment[][] {
  const fields: Segment[][] = [];
  let field: Segment[] = [];
  let begun = false;
  /** Whether a blank has just ended a field. A separator that follows belongs to the same gap. */
  let inGap = false;
  const end = (): void => {
    fields.push(field);
    field = [];
    begun = false;
  };
  for (const piece of pieces) {
    if (typeof piece === "string") {
      if (begun) end();
      inGap = false;
      continue;
    }
    if (!piece.splits) {
      if (piece.text !== "" || piece.quoted) {
        field.push(piece);
        begun = true;
        inGap = false;
      }
      continue;
    }
    let plain = "";
    const keep = (): void => {
      if (plain !== "") field.push({ text: plain, quoted: false });
      plain = "";
    };
    for (const letter of piece.text) {
      if (!separators.includes(letter)) {
        plain += letter;
        begun = true;
        inGap = false;
        continue;
      }
      keep();
      const isBlank = letter === " " || letter === "\t" || letter === "\n";
      if (isBlank) {
        if (begun) {
          end();
          inGap = true;
        }
      } else if (inGap) inGap = false;
      else end();
    }
    keep();
  }
  if (begun) end();
  return fields;
}

/**
 * Replaces a tilde at the beginning by a home directory. In an assignment, tildes behind colons are replaced,
 * too.
 */
function withTilde(source: ExpansionSource, word: Word, assignment: boolean): Word {
  const [first] = word;
  const mayHave = assignment ? word.some((part) => part.kind === "text" && part.text.includes("~")) : true;
  if (!mayHave || (!assignment && !(first?.kind === "text" && !first.quoted && first.text.startsWith("~")))) {
    return word;
  }
  const parts: WordPart[] = [];
  let atStart = true;
  for (const [index, part] of word.entries()) {
    if (part.kind !== "text" || part.quoted) {
      parts.push(part);
      atStart = false;
      continue;
    }
    const isLast = index === word.length - 1;
    const chunks = assignment ? part.text.split(/(?<=:)/) : [part.text];
    for (const [at, chunk] of chunks.entries()) {
      const begins = at > 0 || atStart;
      const match = begins ? /^~([\w.-]*)(?=$|[/:])/.exec(chunk) : null;
      const whole = match !== null && (match[0].length < chunk.length || isLast);
      const home = whole ? source.home(match?.[1] as string) : undefined;
      if (home === undefined) parts.push({ ...part, text: chunk });
      else {
        parts.push({ kind: "text", text: home, quoted: true });
        const rest = chunk.slice(match?.[0].length);
        if (rest !== "") parts.push({ ...part, text: rest });
      }
    }
    atStart = assignment && part.text.endsWith(":");
  }
  return parts;
}
