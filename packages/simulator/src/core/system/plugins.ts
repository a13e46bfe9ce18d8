import { engineError } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import { readBooleanFilter } from "../filters/boolean.js";
import { acceptFilters, type FilterValues, filterValues } from "../filters/match.js";

/** Answers `GET /plugins`. There are none. @throws 400 for an invalid filter */
export function listPlugins({ release }: Daemon, filters: FilterValues): [] {
  acceptFilters(release, filters, ["enabled", "capability"]);
  const values = filterValues(filters, "enabled");
  if (filters.enabled && readBooleanFilter(release.system.pluginsEnabled, values) === undefined) {
    throw engineError(400, release.filters.unknownKey(`enabled=[${values.join(" ")}]`));
  }
  return [];
}
