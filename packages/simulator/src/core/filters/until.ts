import type { Clock } from "@dryharbor/kernel/host";
import { engineError } from "@dryharbor/sdk/port";
import { TimestampError } from "@dryharbor/sdk/timestamp";
import type { Release } from "../releases/release.js";
import { readInstant } from "../unix-time.js";
import { type FilterValues, filterValues } from "./match.js";

/**
 * Returns the time of a prune's filter `until` in nanoseconds, or `undefined` without one. Objects created
 * after it are kept.
 */
export function readUntil(release: Release, clock: Clock, filters: FilterValues): bigint | undefined {
  const [until, another] = filterValues(filters, "until");
  if (until === undefined) return undefined;
  const status = release.filters.badUntilStatus;
  if (another !== undefined) throw engineError(status, "more than one until filter specified");
  try {
    return readInstant(release, clock, until);
  } catch (error) {
    if (error instanceof TimestampError) throw engineError(status, error.message);
    throw error;
  }
}
