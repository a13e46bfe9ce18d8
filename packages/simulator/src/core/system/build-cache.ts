import { engineError } from "@dryharbor/sdk/port";
import { parseDuration, TimestampError } from "@dryharbor/sdk/timestamp";
import type { Daemon } from "../daemon.js";
import { emitPruneEvent } from "../events/prune.js";
import { type FilterValues, filterValues } from "../filters/match.js";
import { readInstant } from "../unix-time.js";

/** Filters of the build cache that are accepted and match nothing here. */
const fields = ["label", "label!", "id", "parent", "type", "description", "inuse", "shared", "private"];

/**
 * Answers `POST /build/prune`. Nothing has been built here. @throws 400, or 500 on 20.10 for some, for an
 * invalid filter
 */
export function pruneBuildCache(daemon: Daemon, filters: FilterValues): object {
  const failed = (status: number, why: string) => engineError(status, `failed to prune build cache: ${why}`);
  const { badUntilStatus, unknownKey } = daemon.release.filters;
  const unknown = Object.keys(filters).find((key) => !["until", "unused-for", ...fields].includes(key));
  if (unknown !== undefined) throw failed(400, unknownKey(unknown));
  for (const key of ["until", "unused-for"]) {
    const [value, another] = filterValues(filters, key);
    if (another !== undefined) throw failed(400, "filters expect only one value");
    const problem = value === undefined ? undefined : ageProblem(daemon, value);
    if (problem !== undefined) throw failed(badUntilStatus, `"${key}" filter expects ${problem}`);
  }
  emitPruneEvent(daemon, "builder");
  return { CachesDeleted: null, SpaceReclaimed: 0 };
}

/** Returns what is wrong with an age, or `undefined`. */
function ageProblem({ release, clock }: Daemon, value: string): string | undefined {
  const takesTimes = release.system.buildCacheTakesTimes;
  try {
    if (takesTimes) readInstant(release, clock, value);
    else parseDuration(value);
    return undefined;
  } catch (error) {
    if (!(error instanceof TimestampError)) throw error;
    return `a duration (e.g., '24h')${takesTimes ? " or a timestamp" : ""}: ${error.message}`;
  }
}
