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

/** What words are made of besides their letters. */
export interface ExpansionSource {
  readonly positional: readonly string[];
  readonly unsetIsError: boolean;
  readonly globs: boolean;
  /** A variable, or a special parameter but `@` and `*`. */
  parameter(name: string): string | undefined;
  /** @throws {ShellError} it is read only */
  assign(name: string, value: string): void;
  /** What a command writes. */
  substitute(body: Command | undefined): Promise<string>;
  /** The home of a user; empty for the shell's own. */
  home(user: string): string | undefined;
  /** Paths that match, in order. */
  glob(pattern: Pattern): string[];
}

/** A piece of a word that has been expanded; `next of @` and `next of *` are where a list goes on to its next field. */
type Piece =
  | { readonly text: string; readonly quoted: boolean; readonly splits: boolean }
  | "next of @"
  | "next of *";

interface Segment {
  readonly text: string;
  readonly quoted: boolean;
}

/** The words of a command: each becomes as many fields as it comes to. */
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

/** A word that stays one, as in an assignment. */
export async function expandText(
  source: ExpansionSource,
  word: Word,
  { assignment = false } = {},
): Promise<string> {
  return joined(source, await expand(source, withTilde(source, word, assignment), false)).text;
}

/** A word that is compared with: what is quoted in it stands for itself. */
export async function expandPattern(source: ExpansionSource, word: Word): Promise<Pattern> {
  const pieces = await expand(source, withTilde(source, word, false), false);
  return patternOf(joined(source, pieces).segments);
}

/** Text that is expanded as in double quotes, where tildes mean nothing: a here-document. */
export async function expandDocument(source: ExpansionSource, word: Word): Promise<string> {
  return joined(source, await expand(source, word, false)).text;
}

function patternOf(segments: readonly Segment[]): Pattern {
  return segments.map(({ text, quoted }) => (quoted ? literalPattern(text) : text)).join("");
}

/** One field of all pieces: those of lists with something between. */
function joined(source: ExpansionSource, pieces: readonly Piece[]): { text: string; segments: Segment[] } {
  const segments = pieces.map((piece) => {
    if (typeof piece === "object") return piece;
    return { text: piece === "next of @" ? " " : separator(source), quoted: true };
  });
  return { text: segments.map(({ text }) => text).join(""), segments };
}

/** @param splits whether letters outside of quotes divide fields, as those behind `${x:-` do */
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

/** @throws {ShellError} it is no expression */
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

/** Letters are bytes to BusyBox. */
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

/** What stands between the fields of `"$*"`. */
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

/** What `#`, `%`, `/` and `:` make of a value. */
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

/** Divides what is outside of quotes at the separators, as POSIX has it. */
function split(pieces: readonly Piece[], separators = " \t\n"): Segment[][] {
  const fields: Segment[][] = [];
  let field: Segment[] = [];
  let begun = false;
  /** A blank has ended the last field: a separator that follows is part of the same gap. */
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

/** Puts homes in the place of tildes at the beginning, and in an assignment behind colons, too. */
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
