import type { ImageRemoval } from "@dryharbor/sdk/port";
import type { Daemon } from "../../daemon.js";
import { acceptFilters, type FilterValues, readYesOrNo } from "../../filters/match.js";
import { compareText } from "../../go-order.js";
import { containersOf } from "../containers.js";
import { hexOf } from "../digest.js";
import { emitImageEvent } from "../events.js";
import type { Image } from "../image.js";
import type { ImagesPruned } from "../prune.js";
import {
  canonicalString,
  familiarString,
  parseReference,
  type Reference,
  withDefaultTag,
} from "../reference.js";
import { partsOf } from "./disk.js";
import { storedFilter } from "./list.js";

/** A name of an image, or an image without one. */
interface Named {
  readonly image: Image;
  readonly reference: Reference | undefined;
}

/**
 * Answers `POST /images/prune`: removes images without a name, or with `dangling=false` all names that no container was
 * created by. @throws 400
 */
export function pruneStored(daemon: Daemon, filters: FilterValues): ImagesPruned {
  acceptFilters(daemon.release, filters, ["dangling", "label", "label!", "until"]);
  const danglingOnly = readYesOrNo(daemon.release, filters, "dangling") ?? true;
  const passes = storedFilter(daemon, filters);
  const images = [...daemon.images.values()];
  const candidates = images
    .filter(passes)
    .flatMap((image) => namesOf(image, danglingOnly))
    .filter((named) => !isUsedByName(daemon, named))
    .sort((one, other) => compareText(keyOf(one), keyOf(other)));
  const counts = new Map(
    images.map(({ id, dangles, references }) => [
      id,
      Math.max(1, references.length + Number(dangles ?? false)),
    ]),
  );
  const removed: ImageRemoval[] = [];
  let reclaimed = 0;
  for (const { image, reference } of candidates) {
    const count = counts.get(image.id) ?? 1;
    if (count > 1) counts.set(image.id, count - 1);
    else if (isUsedById(daemon, image)) continue;
    const name = reference ? familiarString(reference) : image.id;
    const parts = partsOf(daemon, image);
    if (reference) daemon.images.unrefer(reference);
    else image.dangles = false;
    if (image.references.length === 0 && !image.dangles) daemon.images.delete(image);
    emitImageEvent(daemon, "untag", image.id, name);
    removed.push({ Untagged: name });
    if (image.references.length > 0 || image.dangles) continue;
    const kept = new Set(
      [...daemon.images.values()].flatMap((other) => partsOf(daemon, other).map(({ key }) => key)),
    );
    const held = containersOf(daemon, image.id).length > 0;
    for (const { key, size } of parts)
      if (!kept.has(key) && !(held && key.startsWith("unpacked"))) reclaimed += size;
    removed.push({ Deleted: image.id });
    emitImageEvent(daemon, "delete", image.id, name);
  }
  return { ImagesDeleted: removed.length > 0 ? removed : null, SpaceReclaimed: reclaimed };
}

function namesOf(image: Image, danglingOnly: boolean): Named[] {
  const nameless: Named[] =
    image.references.length === 0 || image.dangles ? [{ image, reference: undefined }] : [];
  if (image.references.length === 0) return nameless;
  if (danglingOnly) return nameless;
  return [...nameless, ...image.references.map((reference) => ({ image, reference }))];
}

function keyOf({ image, reference }: Named): string {
  return reference ? canonicalString(reference) : `moby-dangling@${image.id}`;
}

/** Returns whether a container was created by this name, or has the image that lost its name. */
function isUsedByName(daemon: Daemon, { image, reference }: Named): boolean {
  if (!reference) return containersOf(daemon, image.id).length > 0;
  return [...daemon.containers.byId.values()].some(({ config }) => {
    try {
      const asked = withDefaultTag(parseReference(daemon.release, String(config.Image ?? "")));
      return canonicalString(asked) === canonicalString(reference);
    } catch {
      return false;
    }
  });
}

/** Returns whether a container was created by the image's id, or by a name with its digest. */
function isUsedById(daemon: Daemon, { id }: Image): boolean {
  return containersOf(daemon, id).some(({ config }) => {
    const asked = String(config.Image ?? "");
    return hexOf(id).startsWith(asked.replace(/^sha256:/, "")) || asked.endsWith(`@${id}`);
  });
}
