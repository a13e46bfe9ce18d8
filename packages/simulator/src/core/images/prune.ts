import { EngineError, engineError, type ImageRemoval } from "@dryharbor/sdk/port";
import { TimestampError } from "@dryharbor/sdk/timestamp";
import type { Daemon } from "../daemon.js";
import { emitPruneEvent } from "../events/prune.js";
import {
  acceptFilters,
  type FilterValues,
  filterValues,
  isPrunedByLabels,
  readYesOrNo,
} from "../filters/match.js";
import { readInstant } from "../unix-time.js";
import { childrenOf } from "./children.js";
import { hexOf } from "./digest.js";
import type { Image } from "./image.js";
import { chainIds } from "./layer.js";
import { familiarString } from "./reference.js";
import { removeImage } from "./remove.js";
import { pruneStored } from "./stored/prune.js";

/** The answer of `POST /images/prune`. */
export interface ImagesPruned {
  readonly ImagesDeleted: ImageRemoval[] | null;
  /** The reclaimed space in bytes. */
  readonly SpaceReclaimed: number;
}

/**
 * Answers `POST /images/prune`: removes unused images without a tag, or all unused ones with
 * `dangling=false`. @throws 400, 500
 */
export function pruneImages(daemon: Daemon, filters: FilterValues = {}): ImagesPruned {
  if (daemon.release.images.storesContent) return pruneStored(daemon, filters);
  acceptFilters(daemon.release, filters, ["dangling", "label", "label!", "until"]);
  const danglingOnly = readYesOrNo(daemon.release, filters, "dangling") ?? true;
  const until = readUntil(daemon, filters);
  const removed: ImageRemoval[] = [];
  let reclaimed = 0;
  for (const image of [...daemon.images.values()]) {
    if (until !== undefined && image.created > until) continue;
    if (!isPrunedByLabels(filters, image.config.Labels ?? {})) continue;
    const hasTag = image.references.some(({ tag }) => tag !== "");
    if (danglingOnly && hasTag) continue;
    if (image.references.length === 0 && childrenOf(daemon, image).length > 0) continue;
    const sizes = layerSizes(image);
    const names = image.references.map(familiarString);
    for (const name of names.length > 0 ? names : [hexOf(image.id)]) {
      const gone = removeIfUnused(daemon, name);
      removed.push(...gone);
      for (const one of gone) if ("Deleted" in one) reclaimed += sizes.get(one.Deleted) ?? 0;
    }
  }
  emitPruneEvent(daemon, "image", reclaimed);
  return { ImagesDeleted: removed.length > 0 ? removed : null, SpaceReclaimed: reclaimed };
}

/** Parses `until` as the list does, but accepts only one. @throws 500 */
function readUntil({ release, clock }: Daemon, filters: FilterValues): bigint | undefined {
  const [until, another] = filterValues(filters, "until");
  if (another !== undefined) throw engineError(500, "more than one until filter specified");
  try {
    return until === undefined ? undefined : readInstant(release, clock, until);
  } catch (error) {
    if (error instanceof TimestampError) throw engineError(500, error.message);
    throw error;
  }
}

/** Returns the sizes of an image's layers by the ids that removals report. */
function layerSizes({ layers }: Image): Map<string, number> {
  return new Map(chainIds(layers).map((id, at) => [id, layers[at]?.size ?? 0]));
}

/** Removes an image by one of its names unless a container uses it. */
function removeIfUnused(daemon: Daemon, name: string): ImageRemoval[] {
  try {
    return removeImage(daemon, name);
  } catch (error) {
    if (error instanceof EngineError) return [];
    throw error;
  }
}
