// The moments of `--since` and `--until`: `10m` ago, a date, or seconds since 1970.

import { readDuration } from "./duration.js";
import { CommandError } from "./errors.js";
import { quoted } from "./quoted.js";

const second = 1_000_000_000n;

/**
 * Reads the moment of a flag as docker does.
 *
 * @param flag the name of the flag, for errors
 * @param now nanoseconds since 1970
 * @returns what the engine takes: seconds since 1970, and behind a point nanoseconds
 * @throws {CommandError}
 */
export function readMoment(text: string, flag: string, now: bigint): string {
  try {
    return momentOf(text, now);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    throw new CommandError(`invalid value for ${quoted(flag)}: ${error.message}`);
  }
}

/** Reads a moment like {@link readMoment}; its errors name no flag. @throws {CommandError} */
export function momentOf(text: string, now: bigint): string {
  if (text !== "0") {
    try {
      return String((now - BigInt(readDuration(text))) / second);
    } catch {
      // No span of time: a date, or seconds.
    }
  }
  const date = dateOf(text);
  if (date !== undefined) return date;
  if (text.includes("-")) throw new CommandError(whyNoDate(text));
  if (/^[+-]?\d+(\.\d+)?$/.test(text)) return text;
  throw new CommandError(`failed to parse value as time or duration: ${quoted(text)}`);
}

function dateOf(text: string): string | undefined {
  const form = /^(\d{4}-\d\d-\d\d)(?:T(\d{1,2})(?::(\d\d))?(?::(\d\d)(?:\.(\d+))?)?)?(Z|[+-]\d\d:\d\d)?$/;
  const [whole, day, hours = "00", minutes = "00", seconds = "00", fraction = "", zone = "Z"] =
    form.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const milliseconds = Date.parse(`${day}T${hours.padStart(2, "0")}:${minutes}:${seconds}${zone}`);
  return Number.isNaN(milliseconds)
    ? undefined
    : `${milliseconds / 1000}.${fraction.slice(0, 9).padEnd(9, "0")}`;
}

/** What Go says of a text that is meant as a date. */
function whyNoDate(text: string): string {
  const zoned = /[zZ+]/.test(text) || text.split("-").length === 4;
  const zone = zoned ? "Z07:00" : "";
  const layout = text.includes(".")
    ? `2006-01-02T15:04:05.999999999${zone}`
    : text.includes("T")
      ? `2006-01-02T15:04:05${zone}`
      : `2006-01-02${zone}`;
  const parts: readonly (readonly [name: string, form: RegExp])[] = [
    ["2006", /^\d{4}/],
    ["-", /^-/],
    ["01", /^\d\d/],
    ["-", /^-/],
    ["02", /^\d\d/],
    ["T", /^T/],
    ["15", /^\d{1,2}/],
    [":", /^:/],
    ["04", /^\d\d/],
    [":", /^:/],
    ["05", /^\d\d/],
  ];
  let rest = text;
  for (const [name, form] of parts) {
    const found = form.exec(rest)?.[0];
    if (found === undefined && layout.includes(name)) {
      return `parsing time ${quoted(text)} as ${quoted(layout)}: cannot parse ${quoted(rest)} as ${quoted(name)}`;
    }
    rest = rest.slice(found?.length ?? 0);
  }
  return `parsing time ${quoted(text)}: extra text: ${quoted(rest)}`;
}
