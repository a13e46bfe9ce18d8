import { EngineError, engineError, type ImageRemoval } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import { emitPruneEvent } from "../events/prune.js";
import {
  acceptFilters,
  type FilterValues,
  filterValues,
  isPrunedByLabels,
  readYesOrNo,
} from "../filters/match.js";
import { parseInstant, TimestampError } from "../filters/timestamp.js";
import { hexOf } from "./digest.js";
import type { Image } from "./image.js";
import { chainIds } from "./layer.js";
import { familiarString } from "./reference.js";
import { childrenOf, removeImage } from "./remove.js";

/** Answer of `POST /images/prune`. */
export interface ImagesPruned {
  readonly ImagesDeleted: ImageRemoval[] | null;
  /** Bytes. */
  readonly SpaceReclaimed: number;
}

/** `POST /images/prune`: images without a tag, or with `dangling=false` all, that no container uses. @throws 400, 500 */
export function pruneImages(daemon: Daemon, filters: FilterValues = {}): ImagesPruned {
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

/** As the list's, but one at most. @throws 500 */
function readUntil({ clock }: Daemon, filters: FilterValues): bigint | undefined {
  const [until, another] = filterValues(filters, "until");
  if (another !== undefined) throw engineError(500, "more than one until filter specified");
  try {
    return until === undefined ? undefined : parseInstant(until, clock);
  } catch (error) {
    if (error instanceof TimestampError) throw engineError(500, error.message);
    throw error;
  }
}

/** By what removals call layers. */
function layerSizes({ layers }: Image): Map<string, number> {
  return new Map(chainIds(layers).map((id, at) => [id, layers[at]?.size ?? 0]));
}

/** What a container uses is passed over. */
function removeIfUnused(daemon: Daemon, name: string): ImageRemoval[] {
  try {
    return removeImage(daemon, name);
  } catch (error) {
    if (error instanceof EngineError) return [];
    throw error;
  }
}
