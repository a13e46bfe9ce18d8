// The moments of `--since` and `--until`: `10m` ago, a date, or seconds since 1970.
import { TimestampError, timestampOf } from "@dryharbor/sdk/timestamp";
import { CommandError } from "./errors.js";
import { quoted } from "./quoted.js";

/**
 * Reads the moment of a flag as docker does.
 *
 * @param flag the name of the flag, for errors
 * @param now nanoseconds since 1970
 * @returns what the engine takes: seconds since 1970, and behind a point nanoseconds
 * @throws {CommandError}
 */
export function readMoment(text: string, flag: string, now: bigint): string {
  return read(text, now, `invalid value for ${quoted(flag)}: `);
}

/** Reads a moment like {@link readMoment}; its errors name no flag. @throws {CommandError} */
export function momentOf(text: string, now: bigint): string {
  return read(text, now, "");
}

function read(text: string, now: bigint, prefix: string): string {
  try {
    return timestampOf(text, { now: () => now });
  } catch (error) {
    if (!(error instanceof TimestampError)) throw error;
    throw new CommandError(`${prefix}${error.message}`);
  }
}
