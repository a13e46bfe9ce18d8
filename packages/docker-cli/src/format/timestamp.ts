// Points in time as `--since` and `--until` take them: Unix seconds, a date and time, or a time span that ends now.
import { CommandError } from "../command/errors.js";
import { quoted } from "../command/quoted.js";
import { readDuration } from "../templates/duration.js";

/**
 * The time as the engine takes it: Unix seconds, perhaps with nanoseconds. Times without a zone are UTC.
 *
 * @param now nanoseconds since 1970
 * @throws {CommandError} it is none
 */
export function timestamp(value: string, now: bigint): string {
  const span = value === "0" ? undefined : readDuration(value);
  if (span !== undefined) return String((now - span) / 1_000_000_000n);
  const match = value.match(
    /^(\d{4}-\d\d-\d\d)(?:T(\d\d)(?::(\d\d)(?::(\d\d)(\.\d+)?)?)?)?(Z|z|[+-]\d\d:\d\d)?$/,
  );
  if (match) {
    const [, date, hour = "00", minute = "00", second = "00", fraction = "", zone = "Z"] = match;
    const milliseconds = Date.parse(`${date}T${hour}:${minute}:${second}${zone.toUpperCase()}`);
    if (!Number.isNaN(milliseconds)) {
      return `${milliseconds / 1000}.${fraction.slice(1, 10).padEnd(9, "0")}`;
    }
  }
  if (/^-?\d+(\.\d+)?$/.test(value)) return value;
  if (value.includes("-")) throw new CommandError(parsingError(value));
  throw new CommandError(`failed to parse value as time or duration: ${quoted(value)}`);
}

/** Go's text for a date that it cannot read. */
function parsingError(value: string): string {
  const layout = value.includes("T") ? "2006-01-02T15:04:05" : "2006-01-02";
  return `parsing time ${quoted(value)} as ${quoted(layout)}: cannot parse ${quoted(value)} as "2006"`;
}
