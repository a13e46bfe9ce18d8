// Flags that are spans of time, as Go reads them.
import { parseDuration, TimestampError } from "@dryharbor/sdk/timestamp";
import { FlagValueError } from "./errors.js";
import type { Flag, FlagOptions } from "./flags.js";

/** A span of time, such as `1m30s`, in nanoseconds. */
export function duration(options: FlagOptions = {}): Flag<number> {
  return { kind: "duration", initial: 0, read: readDuration, ...options };
}

function readDuration(value: string): number {
  try {
    return Number(parseDuration(value));
  } catch (error) {
    if (!(error instanceof TimestampError)) throw error;
    throw new FlagValueError(error.message);
  }
}
