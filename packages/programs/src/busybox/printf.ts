import { applet } from "./applet.js";
import { readEscape } from "./escapes.js";
import { type Conversion, formatFloating, formatInteger, padded } from "./number-format.js";

const help = `printf FORMAT [ARG]...

Format and print ARG(s) according to FORMAT (a-la C printf)`;

/** The result of `printf`: its output, its error messages and its exit code. */
export interface Formatted {
  readonly bytes: Uint8Array;
  readonly problems: readonly string[];
  readonly code: number;
}

const encoder = new TextEncoder();

/** Formats arguments. The format is used again until it has consumed all arguments. */
export function formatted([format = "", ...args]: readonly string[]): Formatted {
  const bytes: number[] = [];
  const problems: string[] = [];
  const rest = [...args];
  let code = 0;
  const complain = (problem: string): void => {
    problems.push(problem);
    code = 1;
  };
  for (;;) {
    const before = rest.length;
    const outcome = formatOnce(format, rest, bytes, complain);
    if (outcome === "stop") break;
    if (outcome === "invalid") {
      code = 1;
      break;
    }
    if (rest.length === 0 || rest.length === before) break;
  }
  return { bytes: Uint8Array.from(bytes), problems, code };
}

/** Applies the format once and removes the arguments that it consumes from `args`. */
function formatOnce(
  format: string,
  args: string[],
  bytes: number[],
  complain: (problem: string) => void,
): "done" | "stop" | "invalid" {
  let at = 0;
  const write = (text: string): void => {
    bytes.push(...encoder.encode(text));
  };
  while (at < format.length) {
    const letter = format[at] as string;
    if (letter === "\\") {
      if (format[at + 1] === "c") return "stop";
      const found = readEscape(format.slice(at), false);
      bytes.push(found.byte);
      at += found.length;
      continue;
    }
    if (letter !== "%") {
      const plain = /^[^\\%]+/.exec(format.slice(at))?.[0] as string;
      write(plain);
      at += plain.length;
      continue;
    }
    if (format[at + 1] === "%") {
      write("%");
      at += 2;
      continue;
    }
    const match = /^%([-+ #0]*)(\*|\d*)(?:\.(\*|-?\d*))?(?:[hlLjzt]*)([a-zA-Z]?)/.exec(format.slice(at));
    const [whole = "%", flags = "", width = "", precision, conversion = ""] = match ?? [];
    if (!"diouxXfFeEgGcsb".includes(conversion) || conversion === "") {
      complain(`${format.slice(at).replace(/^(%[-+ #0]*[\d.*]*)[hlLjzt]+/, "$1")}: invalid format`);
      return "invalid";
    }
    at += whole.length;
    const wide = width === "*" ? Number(args.shift() ?? 0) : width === "" ? undefined : Number(width);
    const precise =
      precision === undefined ? undefined : Number((precision === "*" ? args.shift() : precision) || 0);
    const spec: Conversion = {
      flags: wide !== undefined && wide < 0 ? `${flags}-` : flags,
      width: Math.abs(wide ?? 0),
      precision: precise === undefined || precise < 0 ? undefined : precise,
      letter: conversion,
    };
    const argument = args.shift();
    if (conversion === "b") {
      if (!escapedInto(argument ?? "", bytes)) return "stop";
    } else write(converted(spec, argument, complain));
  }
  return "done";
}

function converted(
  spec: Conversion,
  argument: string | undefined,
  complain: (problem: string) => void,
): string {
  const { letter: conversion, precision } = spec;
  if (conversion === "s") {
    return padded(spec, precision === undefined ? (argument ?? "") : (argument ?? "").slice(0, precision));
  }
  if (conversion === "c") return padded(spec, (argument ?? "").slice(0, 1));
  if ("fFeEgG".includes(conversion)) {
    const value = Number(argument === undefined || argument === "" ? 0 : argument);
    if (Number.isNaN(value)) complain(`invalid number '${argument}'`);
    return formatFloating(spec, Number.isNaN(value) ? 0 : value);
  }
  const value = integer(argument ?? "");
  if (value === undefined) complain(`invalid number '${argument ?? ""}'`);
  return formatInteger(spec, value ?? 0n, 64);
}

/**
 * Parses a whole number: decimal, octal, hexadecimal, or a quote before a letter, which stands for its code.
 */
function integer(text: string): bigint | undefined {
  if (/^["']/.test(text)) return BigInt(text.codePointAt(1) ?? 0);
  const match = /^\s*([+-]?)(0[xX][0-9a-fA-F]+|\d+)$/.exec(text);
  if (!match) return undefined;
  const [, sign, digits = "0"] = match;
  if (/^0\d/.test(digits) && /[89]/.test(digits)) return undefined;
  const value = BigInt(/^0\d/.test(digits) ? `0o${digits.slice(1)}` : digits);
  return sign === "-" ? -value : value;
}

/** Appends an argument of `%b` with its escapes replaced. Returns `false` when `\c` ends the output. */
function escapedInto(text: string, bytes: number[]): boolean {
  let rest = text;
  while (rest !== "") {
    if (rest.startsWith("\\c")) return false;
    if (rest.startsWith("\\")) {
      const found = readEscape(rest, true);
      bytes.push(found.byte);
      rest = rest.slice(found.length);
      continue;
    }
    const plain = /^[^\\]+/.exec(rest)?.[0] as string;
    bytes.push(...encoder.encode(plain));
    rest = rest.slice(plain.length);
  }
  return true;
}

/** `printf FORMAT [ARG]...`: prints arguments in a format. */
export const printf = applet({ help }, async (process, { name, usage, operands }) => {
  const args = operands[0] === "--" ? operands.slice(1) : operands;
  if (args.length === 0) return usage(process);
  const { bytes, problems, code } = formatted(args);
  for (const problem of problems) process.stderr(`${name}: ${problem}\n`);
  process.stdout(bytes);
  return code;
});
