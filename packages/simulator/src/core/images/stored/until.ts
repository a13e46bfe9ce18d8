import { engineError } from "@dryharbor/sdk/port";
import { parseInstant, TimestampError } from "@dryharbor/sdk/timestamp";
import type { Daemon } from "../../daemon.js";
import { type FilterValues, filterValues } from "../../filters/match.js";

/** Returns the times of the filter `until` in nanoseconds. @throws 400 for what is no time */
export function readUntilFilter({ clock }: Daemon, filters: FilterValues): bigint[] {
  return filterValues(filters, "until").map((until) => {
    try {
      return parseInstant(until, clock);
    } catch (error) {
      if (error instanceof TimestampError) {
        throw engineError(400, `invalid value for 'until' filter: ${why(until, error)}`);
      }
      throw error;
    }
  });
}

/** Returns why a text is no time. Where nothing else is wrong, it is no number of seconds. */
function why(until: string, { message }: Error): string {
  const nothingElse = `failed to parse value as time or duration: ${JSON.stringify(until)}`;
  if (message !== nothingElse) return message;
  const [seconds] = until.split(".");
  return `failed to parse value as time or duration: invalid seconds ${JSON.stringify(seconds)}: invalid syntax`;
}
