// Durations, sizes and command lines as compose's files have them.

import { ComposeError } from "./error.js";

const nanoseconds: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
  d: 86_400_000_000_000n,
  w: 604_800_000_000_000n,
};

/**
 * Reads a duration such as `1m30s` or `1d`, in nanoseconds.
 * @throws {ComposeError} in Go's words.
 */
export function parseDuration(text: string): number {
  const invalid = (reason = "invalid duration ") =>
    new ComposeError(`time: ${reason}${JSON.stringify(text)}`);
  let rest = text.replace(/^[-+]/, "");
  if (rest === "0") return 0;
  if (rest === "") throw invalid();
  let total = 0n;
  while (rest !== "") {
    const number = /^([0-9]*)(?:\.([0-9]*))?/.exec(rest);
    if (!number?.[0] || number[0] === ".") throw invalid();
    rest = rest.slice(number[0].length);
    const unit = /^[^.0-9]*/.exec(rest)?.[0] ?? "";
    if (unit === "") throw invalid("missing unit in duration ");
    const scale = nanoseconds[unit];
    if (scale === undefined) {
      throw new ComposeError(
        `time: unknown unit ${JSON.stringify(unit)} in duration ${JSON.stringify(text)}`,
      );
    }
    rest = rest.slice(unit.length);
    const fraction = number[2] ?? "";
    total += BigInt(number[1] || "0") * scale;
    if (fraction) total += (BigInt(fraction) * scale) / 10n ** BigInt(fraction.length);
  }
  return Number(text.startsWith("-") ? -total : total);
}

/** A duration as Go prints it: `1m30s`, `100ms`. */
export function formatDuration(duration: number): string {
  if (duration === 0) return "0s";
  const sign = duration < 0 ? "-" : "";
  const total = Math.abs(duration);
  const trimmed = (value: number, digits: number) => value.toFixed(digits).replace(/\.?0+$/, "");
  if (total < 1e3) return `${sign}${total}ns`;
  if (total < 1e6) return `${sign}${trimmed(total / 1e3, 3)}µs`;
  if (total < 1e9) return `${sign}${trimmed(total / 1e6, 6)}ms`;
  const hours = Math.floor(total / 3.6e12);
  const minutes = Math.floor((total % 3.6e12) / 6e10);
  const seconds = (total % 6e10) / 1e9;
  const secondsText = Number.isInteger(seconds) ? `${seconds}s` : `${trimmed(seconds, 9)}s`;
  if (hours > 0) return `${sign}${hours}h${minutes}m${secondsText}`;
  return minutes > 0 ? `${sign}${minutes}m${secondsText}` : `${sign}${secondsText}`;
}

/**
 * Reads a size in bytes, with units of 1024: `64m`, `1.5gb`.
 * @throws {ComposeError} in Go's words.
 */
export function parseSize(text: string): number {
  const sizes = "kmgtp";
  const end = Math.max(...[..."0123456789. "].map((character) => text.lastIndexOf(character)));
  if (end < 0) throw new ComposeError(`invalid size: '${text}'`);
  const withSpace = text[end] === " ";
  const number = text.slice(0, withSpace ? end : end + 1);
  const unit = text.slice(end + 1).toLowerCase();
  if (number === "" || Number.isNaN(Number(number)) || /\s/.test(number)) {
    throw new ComposeError(`strconv.ParseFloat: parsing ${JSON.stringify(number)}: invalid syntax`);
  }
  const size = Number(number);
  if (size < 0) throw new ComposeError(`invalid size: '${text}'`);
  if (unit === "" || unit === "b") return Math.trunc(size);
  const power = sizes.indexOf(unit[0] ?? "");
  if (power < 0 || !/^(.|.b|.ib)$/.test(unit)) throw new ComposeError(`invalid suffix: '${unit}'`);
  return Math.trunc(size * 1024 ** (power + 1));
}

/**
 * Splits a command line into words, as a shell would without expanding anything.
 * @throws {ComposeError} a quote without its end.
 */
export function shellWords(line: string): string[] {
  const words: string[] = [];
  let word = "";
  let begun = false;
  let quote = "";
  let escaped = false;
  for (const character of line) {
    if (escaped) {
      word += character;
      escaped = false;
      begun = true;
    } else if (character === "\\") {
      if (quote === "'") word += character;
      else escaped = true;
    } else if (quote) {
      if (character === quote) quote = "";
      else word += character;
    } else if (character === '"' || character === "'") {
      quote = character;
      begun = true;
    } else if (/[ \t\r\n]/.test(character)) {
      if (begun) words.push(word);
      word = "";
      begun = false;
    } else if (";&|<>".includes(character)) {
      if (character === ">" && /^[0-9]/.test(word)) begun = false;
      break;
    } else if ("()".includes(character)) {
      throw new ComposeError("invalid command line string");
    } else {
      word += character;
      begun = true;
    }
  }
  if (begun) words.push(word);
  if (escaped || quote) throw new ComposeError("invalid command line string");
  return words;
}
