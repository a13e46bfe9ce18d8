import { bytesIn } from "@dryharbor/kernel/host";
import { engineError } from "@dryharbor/sdk/port";
import { isOlder } from "../api-version.js";
import type { Daemon } from "../daemon.js";
import { emitPruneEvent } from "../events/prune.js";
import { acceptFilters, type FilterValues, filterValues, isPrunedByLabels } from "../filters/match.js";
import { parseBoolean } from "../strconv.js";
import { anonymousLabel } from "./create.js";
import { dropVolume } from "./remove.js";
import { hasOptions } from "./volume.js";

/**
 * Answers `POST /volumes/prune`: removes unused volumes, from API 1.42 on only anonymous ones. @throws 400
 */
export function pruneVolumes(
  daemon: Daemon,
  given: FilterValues = {},
  apiVersion?: string,
): { VolumesDeleted: string[]; SpaceReclaimed: number } {
  const { volumes, release } = daemon;
  const { prunesAnonymousOnly, tellsOfPruned } = release.volumes;
  const filters =
    prunesAnonymousOnly && isOlder(apiVersion, "1.42")
      ? { ...given, all: [...filterValues(given, "all").filter((value) => value !== "true"), "true"] }
      : given;
  const all = !prunesAnonymousOnly || readAll(filters);
  acceptFilters(release, filters, ["label", "label!", ...(prunesAnonymousOnly ? ["all"] : [])]);
  const deleted: string[] = [];
  let reclaimed = 0;
  for (const volume of [...volumes.values()]) {
    const labels = volume.labels ?? {};
    if (volume.holders.size > 0 || hasOptions(volume)) continue;
    if (!all && !Object.hasOwn(labels, anonymousLabel)) continue;
    if (!isPrunedByLabels(filters, labels)) continue;
    if (tellsOfPruned) dropVolume(daemon, volume);
    else volumes.delete(volume.name);
    deleted.push(volume.name);
    reclaimed += bytesIn(volume.files);
  }
  emitPruneEvent(daemon, "volume", reclaimed);
  return { VolumesDeleted: deleted, SpaceReclaimed: reclaimed };
}

function readAll(filters: FilterValues): boolean {
  const values = filterValues(filters, "all");
  const [value] = values;
  if (value === undefined) return false;
  if (values.length > 1) {
    throw engineError(400, `invalid filter 'all=[${values.join(" ")}]': only one value is expected`);
  }
  try {
    return parseBoolean(value);
  } catch (error) {
    throw engineError(400, `invalid filter 'all': ${(error as Error).message}`);
  }
}
