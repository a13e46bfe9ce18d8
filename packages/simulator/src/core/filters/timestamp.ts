import type { Clock } from "@dryharbor/kernel/host";

/** Thrown for a text that Go's time and strconv packages cannot parse, with their message. */
export class TimestampError extends Error {}

const nanosecondsPerSecond = 1_000_000_000n;

/** Parses `seconds` or `seconds.fraction` since 1970, as nanoseconds. */
export function parseUnixTime(text: string): bigint {
  const [seconds, fraction] = cut(text, ".");
  const whole = parseInt64(seconds) * nanosecondsPerSecond;
  if (fraction === undefined) return whole;
  const part = parseInt64(fraction);
  const digits = BigInt(fraction.length);
  return whole + (digits <= 9n ? part * 10n ** (9n - digits) : part / 10n ** (digits - 9n));
}

/**
 * Parses a time of `since`, `until` or a prune, as nanoseconds: a Go duration before now, a date or time like
 * RFC 3339, or Unix seconds. A time without a zone is in the daemon's zone, which is UTC.
 */
export function parseInstant(text: string, clock: Clock): bigint {
  const duration = text === "0" ? undefined : parseDuration(text);
  if (duration !== undefined) {
    const then = clock.now() - duration;
    return then - (((then % nanosecondsPerSecond) + nanosecondsPerSecond) % nanosecondsPerSecond);
  }
  try {
    return parseTime(layoutFor(text), text);
  } catch (error) {
    if (!(error instanceof TimestampError) || text.includes("-")) throw error;
  }
  try {
    return parseUnixTime(text);
  } catch {
    throw new TimestampError(`failed to parse value as time or duration: ${JSON.stringify(text)}`);
  }
}

/** Parses an integer as Go's strconv.ParseInt does, with base 10 and 64 bits. */
function parseInt64(text: string): bigint {
  const error = (why: string) =>
    new TimestampError(`strconv.ParseInt: parsing ${JSON.stringify(text)}: ${why}`);
  if (!/^[+-]?\d+$/.test(text)) throw error("invalid syntax");
  const value = BigInt(text.replace(/^\+/, ""));
  if (BigInt.asIntN(64, value) !== value) throw error("value out of range");
  return value;
}

const unitNanoseconds: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  "\u00b5s": 1e3,
  "\u03bcs": 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};

/** Parses a duration as Go's time.ParseDuration does: `1h30m`, `-1.5s`, `0`. */
function parseDuration(text: string): bigint | undefined {
  const match = /^([+-]?)(.+)$/s.exec(text);
  if (!match) return undefined;
  const [, sign, rest] = match as unknown as [string, string, string];
  if (rest === "0") return 0n;
  const part = /(\d+\.?\d*|\.\d+)([^\d.]+)/y;
  let total = 0n;
  while (part.lastIndex < rest.length) {
    const [, amount, unit] = part.exec(rest) ?? [];
    const scale = unit === undefined ? undefined : unitNanoseconds[unit];
    if (amount === undefined || scale === undefined) return undefined;
    const [whole, fraction = ""] = amount.split(".");
    total += BigInt(whole || "0") * BigInt(scale);
    total += (BigInt(fraction || "0") * BigInt(scale)) / 10n ** BigInt(fraction.length);
  }
  return sign === "-" ? -total : total;
}

/** Returns the Go layout by which a text is parsed; see moby's api/types/time. */
function layoutFor(text: string): string {
  const zoned = /[zZ+]/.test(text) || text.split("-").length - 1 === 3;
  const zone = zoned ? "Z07:00" : "";
  if (text.includes(".")) return `2006-01-02T15:04:05.999999999${zone}`;
  if (!text.includes("T")) return `2006-01-02${zone}`;
  let colons = text.split(":").length - 1;
  if (zoned && !/[zZ]/.test(text) && colons > 0) colons--;
  return `2006-01-02T${["15", "15:04"][colons] ?? "15:04:05"}${zone}`;
}

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

function cut(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + separator.length)];
}

/** Returns what is wrong with a Go duration, or `undefined`. */
export function durationProblem(text: string): string | undefined {
  if (text === "0" || parseDuration(text) !== undefined) return undefined;
  const quoted = JSON.stringify(text);
  const [, unit] = /^[+-]?(?:\d+\.?\d*|\.\d+)([^.\d]*)/.exec(text) ?? [];
  if (unit === undefined) return `time: invalid duration ${quoted}`;
  if (unit === "") return `time: missing unit in duration ${quoted}`;
  return Object.hasOwn(unitNanoseconds, unit)
    ? `time: invalid duration ${quoted}`
    : `time: unknown unit ${JSON.stringify(unit)} in duration ${quoted}`;
}
