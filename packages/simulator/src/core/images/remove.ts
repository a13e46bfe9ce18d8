import { engineError, type ImageRemoval } from "@dryharbor/sdk/port";
import { type Container, isRunning } from "../containers/container.js";
import type { Daemon } from "../daemon.js";
import { shortId } from "../id.js";
import { childrenOf } from "./children.js";
import { containersOf } from "./containers.js";
import { hexOf } from "./digest.js";
import { emitImageEvent } from "./events.js";
import { findImage, isIdPrefix } from "./find.js";
import type { Image } from "./image.js";
import { chainIds } from "./layer.js";
import type { Platform } from "./platform.js";
import { findImageFor } from "./platform-mismatch.js";
import { familiarString, parseReference, type Reference, withDefaultTag } from "./reference.js";
import { removeStored } from "./stored/remove.js";

export interface RemoveOptions {
  readonly force?: boolean;
  /** Remove only what the image has for these; before 29, refuse where it is for others. */
  readonly platforms?: readonly Platform[];
}

/**
 * Answers `DELETE /images/{name}`. A tag or digest loses its name, and the last one takes the image with it.
 * An id removes the image if one repository has all its names.
 *
 * @throws 404 if there is none; 409 if a container uses it, or if several repositories have it
 */
export function removeImage(
  daemon: Daemon,
  ref: string,
  { force = false, platforms = [] }: RemoveOptions = {},
): ImageRemoval[] {
  if (ref.trim() === "") throw engineError(400, "image name cannot be blank");
  if (daemon.release.images.storesContent) return removeStored(daemon, ref, { force, platforms });
  for (const platform of platforms) findImageFor(daemon, ref, platform);
  const image = findImage(daemon, ref);
  if (isIdPrefix(image, ref)) {
    // Names in one repository do not protect the image; names in several do.
    const protects = isOfOneRepository(image.references) ? [] : image.references;
    const conflict = conflictOf(daemon, image, { force, references: protects });
    if (conflict) throw engineError(409, conflict.message);
    return deleteImage(daemon, image);
  }

  if (!force && isOfOneRepository(image.references)) {
    const [container] = containersOf(daemon, image.id);
    if (container) throw mustForce(ref, container, image);
  }
  const removed = untag(daemon, image, withDefaultTag(parseReference(daemon.release, ref)));
  if (image.references.length > 0) return removed;
  const conflict = conflictOf(daemon, image, { force, references: [] });
  // A container that uses the image keeps it, without a name. Nothing else can prevent the removal here.
  return conflict ? removed : [...removed, ...deleteImage(daemon, image)];
}

/** Returns whether all names are in one repository, with at most one tag among them. */
function isOfOneRepository(references: readonly Reference[]): boolean {
  const [first] = references;
  return (
    first !== undefined &&
    references.every(({ repository }) => repository === first.repository) &&
    references.filter(({ tag }) => tag !== "").length <= 1
  );
}

/** Removes a name. The last tag of a repository takes that repository's digests with it. */
function untag(daemon: Daemon, image: Image, reference: Reference): ImageRemoval[] {
  daemon.images.unrefer(reference);
  emitImageEvent(daemon, "untag", image.id, image.id, image);
  const removed = [{ Untagged: familiarString(reference) }];
  const siblings = image.references.filter(({ repository }) => repository === reference.repository);
  if (reference.digest === "" && siblings.every(({ tag }) => tag === "")) {
    for (const sibling of siblings) {
      daemon.images.unrefer(sibling);
      removed.push({ Untagged: familiarString(sibling) });
    }
  }
  return removed;
}

/**
 * Deletes an image with its remaining names, the layers that nothing else uses, and the images below it that
 * have no name. Layers that a container uses stay.
 */
function deleteImage(daemon: Daemon, image: Image): ImageRemoval[] {
  const removed: ImageRemoval[] = image.references.map((reference) => ({
    Untagged: familiarString(reference),
  }));
  for (const _ of removed) emitImageEvent(daemon, "untag", image.id, image.id, image);
  daemon.images.delete(image);
  image.taggedAt = 0n;
  emitImageEvent(daemon, "delete", image.id, image.id);
  removed.push({ Deleted: image.id });
  if (containersOf(daemon, image.id).length === 0) {
    const kept = new Set([...daemon.images.values()].flatMap(({ layers }) => chainIds(layers)));
    const gone = chainIds(image.layers).filter((id) => !kept.has(id));
    removed.push(...gone.reverse().map((id) => ({ Deleted: id })));
  }
  const parent = daemon.images.get(image.parent);
  if (!parent || parent.references.length > 0) return removed;
  const conflict = conflictOf(daemon, parent, { force: false, references: [] });
  return conflict ? removed : [...removed, ...deleteImage(daemon, parent)];
}

/**
 * Returns why an image cannot be deleted: an image on top of it or a running container, and, without force, a
 * stopped container or its names.
 */
function conflictOf(
  daemon: Daemon,
  image: Image,
  { force, references }: { readonly force: boolean; readonly references: readonly Reference[] },
): { readonly message: string } | undefined {
  const containers = containersOf(daemon, image.id);
  const running = containers.find(hasProcess);
  const [stopped] = containers;
  const conflict = (how: string, why: string) => ({
    message: `conflict: unable to delete ${shortImageId(image)} (${how} be forced) - ${why}`,
  });
  if (childrenOf(daemon, image).length > 0) return conflict("cannot", "image has dependent child images");
  if (running) {
    return conflict("cannot", `image is being used by running container ${shortId(running.id)}`);
  }
  if (force) return undefined;
  if (references.length > 0) return conflict("must", "image is referenced in multiple repositories");
  if (stopped) return conflict("must", `image is being used by stopped container ${shortId(stopped.id)}`);
  return undefined;
}

/** Returns whether a container has a process. A restarting one counts. */
function hasProcess(container: Container): boolean {
  return isRunning(container) || container.state.status === "restarting";
}

function mustForce(ref: string, container: Container, image: Image): Error {
  return engineError(
    409,
    `conflict: unable to remove repository reference ${JSON.stringify(ref)} (must force) - container ${shortId(container.id)} is using its referenced image ${shortImageId(image)}`,
  );
}

function shortImageId(image: Image): string {
  return shortId(hexOf(image.id));
}
