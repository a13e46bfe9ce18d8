// Dates and times as Go's time package reads them.
import { TimestampError } from "./timestamp-error.js";

const nanosecondsPerSecond = 1_000_000_000n;

const parts: Readonly<Record<string, RegExp>> = {
  "2006": /^\d{4}/,
  "01": /^\d{2}/,
  "02": /^\d{2}/,
  "15": /^\d{1,2}/,
  "04": /^\d{2}/,
  "05": /^\d{2}/,
  ".999999999": /^(\.\d+)?/,
  "Z07:00": /^(Z|[+-]\d{2}:\d{2})/,
};

const layoutPart = /2006|01|02|15|04|05|\.9+|Z07:00|[^\d]/g;

const ranges: readonly (readonly [part: string, name: string, first: number, last: number])[] = [
  ["01", "month", 1, 12],
  ["15", "hour", 0, 23],
  ["04", "minute", 0, 59],
  ["05", "second", 0, 59],
];

/** Go's layout of RFC 3339. */
export const rfc3339 = "2006-01-02T15:04:05Z07:00";

/** Parses a time as Go's time.Parse does, with its errors. */
export function parseTime(layout: string, text: string): bigint {
  const error = (why: string) =>
    new TimestampError(`parsing time ${JSON.stringify(text)} as ${JSON.stringify(layout)}: ${why}`);
  const failed = (why: string) => new TimestampError(`parsing time ${JSON.stringify(text)}: ${why}`);
  const found: Record<string, string> = {};
  let rest = text;
  for (const part of layout.match(layoutPart) ?? []) {
    const matched = parts[part] ? parts[part].exec(rest)?.[0] : rest.startsWith(part) ? part : undefined;
    if (matched === undefined) throw error(`cannot parse ${JSON.stringify(rest)} as ${JSON.stringify(part)}`);
    const range = ranges.find(([name]) => name === part);
    if (range && (Number(matched) < range[2] || Number(matched) > range[3]))
      throw failed(`${range[1]} out of range`);
    found[part] = matched;
    rest = rest.slice(matched.length);
    // A fraction of a second is accepted even if the layout has none.
    const fraction = part === "05" && !layout.includes(".9") ? /^\.\d+/.exec(rest)?.[0] : undefined;
    if (fraction !== undefined) {
      found[".999999999"] = fraction;
      rest = rest.slice(fraction.length);
    }
  }
  if (rest !== "") throw failed(`extra text: ${JSON.stringify(rest)}`);
  const number = (part: string) => Number(found[part] ?? 0);
  const date = new Date(0);
  date.setUTCFullYear(number("2006"), number("01") - 1, number("02"));
  if (date.getUTCDate() !== number("02")) throw failed("day out of range");
  date.setUTCHours(number("15"), number("04"), number("05"));
  const [, sign, hours, minutes] = /^([+-])(\d{2}):(\d{2})$/.exec(found["Z07:00"] ?? "") ?? [];
  const offset = (sign === "-" ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60;
  const fraction = (found[".999999999"] ?? "").slice(1, 10).padEnd(9, "0");
  return (BigInt(date.getTime() / 1000) - BigInt(offset)) * nanosecondsPerSecond + BigInt(fraction);
}
