// The moments of `since`, `until` and prunes, as the docker command and the daemon read them; see moby's
// api/types/time/timestamp.go.
import { parseDuration } from "./duration.js";
import { parseTime } from "./time.js";
import { TimestampError } from "./timestamp-error.js";

/** A clock, such as `{ now: () => 1_700_000_000_000_000_000n }`. */
interface Clock {
  now(): bigint;
}

const nanosecondsPerSecond = 1_000_000_000n;

/**
 * Reads a moment: a Go duration before now, a date or time like RFC 3339, or Unix seconds. A time without a zone is in
 * UTC.
 *
 * @param clock tells the nanoseconds since 1970. It is asked for a span of time alone
 * @returns seconds since 1970, and behind a point nanoseconds
 * @throws {TimestampError} with Go's message
 */
export function timestampOf(text: string, clock: Clock): string {
  const duration = text === "0" ? undefined : durationOf(text);
  if (duration !== undefined) return String(floored(clock.now() - duration));
  try {
    const then = parseTime(layoutFor(text), text);
    const seconds = floored(then);
    return `${seconds}.${String(then - seconds * nanosecondsPerSecond).padStart(9, "0")}`;
  } catch (error) {
    if (!(error instanceof TimestampError) || text.includes("-")) throw error;
  }
  try {
    parseUnixTime(text);
    return text;
  } catch {
    throw new TimestampError(`failed to parse value as time or duration: ${JSON.stringify(text)}`);
  }
}

/**
 * Reads a moment like {@link timestampOf}.
 *
 * @returns nanoseconds since 1970
 * @throws {TimestampError} with Go's message
 */
export function parseInstant(text: string, clock: Clock): bigint {
  return parseUnixTime(timestampOf(text, clock));
}

function durationOf(text: string): bigint | undefined {
  try {
    return parseDuration(text);
  } catch {
    return undefined;
  }
}

/** Whole seconds, rounded down as Go's Time.Unix does. */
function floored(nanoseconds: bigint): bigint {
  const rest = nanoseconds % nanosecondsPerSecond;
  return (nanoseconds - (rest < 0n ? rest + nanosecondsPerSecond : rest)) / nanosecondsPerSecond;
}

/** Parses `seconds` or `seconds.fraction` since 1970, as nanoseconds. @throws {TimestampError} with Go's message */
export function parseUnixTime(text: string): bigint {
  const [seconds, fraction] = cut(text, ".");
  const whole = parseInt64(seconds) * nanosecondsPerSecond;
  if (fraction === undefined) return whole;
  const part = parseInt64(fraction);
  const digits = BigInt(fraction.length);
  return whole + (digits <= 9n ? part * 10n ** (9n - digits) : part / 10n ** (digits - 9n));
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

function cut(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + separator.length)];
}
