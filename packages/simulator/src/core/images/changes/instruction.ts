import { engineError } from "@dryharbor/sdk/port";

/** One instruction of a Dockerfile. */
export interface Instruction {
  /** The instruction's name in upper case. */
  readonly name: string;
  /** The flags between name and arguments, such as `--interval=5s`. */
  readonly flags: readonly string[];
  readonly rest: string;
}

/**
 * Splits part of a Dockerfile into instructions. A backslash at the end continues a line; comments and empty
 * lines are skipped.
 *
 * @throws 400 if there are none
 */
export function instructionsIn(text: string): Instruction[] {
  const lines: string[] = [];
  let begun = "";
  for (const line of text.split(/\r?\n/)) {
    const trimmed = line.trimStart();
    if (trimmed.startsWith("#") || (begun !== "" && trimmed === "")) continue;
    if (/\\[ \t]*$/.test(line)) {
      begun += (begun === "" ? trimmed : line).replace(/\\[ \t]*$/, "");
      continue;
    }
    lines.push((begun + (begun === "" ? trimmed : line)).trim());
    begun = "";
  }
  lines.push(begun.trim());
  const instructions = lines.filter((line) => line !== "").map(instruction);
  if (instructions.length === 0) throw engineError(400, "file with no instructions");
  return instructions;
}

function instruction(line: string): Instruction {
  const [, name = "", rest = ""] = /^(\S+)\s*(.*)$/s.exec(line) ?? [];
  const flags: string[] = [];
  let left = rest;
  for (;;) {
    const [whole, flag] = /^(--\S+)\s*/.exec(left) ?? [];
    if (whole === undefined || flag === undefined) break;
    flags.push(flag);
    left = left.slice(whole.length);
  }
  return { name: name.toUpperCase(), flags, rest: left };
}

/** Parses a JSON list of strings. Returns `undefined` for anything else. */
export function jsonWords(text: string, readsPrefix = false): string[] | undefined {
  const trimmed = text.trimStart();
  if (!trimmed.startsWith("[")) return undefined;
  const whole = parsedWords(trimmed);
  if (whole || !readsPrefix) return whole;
  // Go's streaming decoder stops after the first value.
  for (let end = trimmed.indexOf("]"); end >= 0; end = trimmed.indexOf("]", end + 1)) {
    const words = parsedWords(trimmed.slice(0, end + 1));
    if (words) return words;
  }
  return undefined;
}

function parsedWords(text: string): string[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((word) => typeof word === "string") ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Parses `NAME=value …` or `NAME value`, with their quotes kept. @throws 400 */
export function namesAndValues(name: string, text: string): [name: string, value: string][] {
  const words = quotedWords(text);
  const [first] = words;
  if (first === undefined) return [];
  if (!first.includes("=")) {
    const [, key = "", value] = /^(\S+)\s+(.*)$/s.exec(text) ?? [];
    if (value === undefined) throw engineError(400, `${name} must have two arguments`);
    return [[key, value]];
  }
  return words.map((word) => {
    const equals = word.indexOf("=");
    if (equals < 0) {
      throw engineError(
        400,
        `Syntax error - can't find = in ${JSON.stringify(word)}. Must be of the form: name=value`,
      );
    }
    return [word.slice(0, equals), word.slice(equals + 1)];
  });
}

/** Splits words and keeps their quotes. Spaces inside quotes or after a backslash belong to a word. */
function quotedWords(text: string): string[] {
  return text.match(/(?:\\.|'[^']*'?|"(?:\\.|[^"\\])*"?|[^\s'"\\]|\\$)+/gs) ?? [];
}
