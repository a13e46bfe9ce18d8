import { engineError, type VolumeListResponse } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import { readBooleanFilter } from "../filters/boolean.js";
import {
  acceptFilters,
  type FilterValues,
  filterValues,
  matchesExactly,
  matchesLabels,
  matchesPattern,
} from "../filters/match.js";
import { showVolume } from "./show.js";
import { localDriver } from "./volume.js";

/** Answers `GET /volumes` in order of creation; the engine's order varies. @throws 400 */
export function listVolumes(daemon: Daemon, filters: FilterValues = {}): VolumeListResponse {
  acceptFilters(daemon.release, filters, ["dangling", "driver", "label", "name"]);
  const dangling = readDangling(daemon, filters);
  const listed = [...daemon.volumes.values()].filter(
    ({ name, labels, holders }) =>
      matchesExactly(filters, "driver", localDriver) &&
      matchesPattern(daemon.release, filters, "name", name) &&
      matchesLabels(filters, "label", labels ?? {}) &&
      (dangling === undefined || dangling === (holders.size === 0)),
  );
  return { Volumes: listed.map((volume) => showVolume(daemon, volume)), Warnings: null };
}

/** Returns whether only unused volumes are asked for, or only used ones; `undefined` for all. */
function readDangling({ release }: Daemon, filters: FilterValues): boolean | undefined {
  if (!filters.dangling) return undefined;
  const values = filterValues(filters, "dangling");
  const dangling = readBooleanFilter(release.volumes.dangling, values);
  if (dangling !== undefined) return dangling;
  const shown = values.length > 0 ? `dangling=[${values.join(" ")}]` : "dangling";
  throw engineError(400, release.filters.unknownKey(shown));
}
