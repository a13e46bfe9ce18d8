// Removal of images from a store of content, in which each name is an image of its own.

import { engineError, type ImageRemoval } from "@dryharbor/sdk/port";
import { type Container, isRunning } from "../../containers/container.js";
import type { Daemon } from "../../daemon.js";
import { shortId } from "../../id.js";
import { childrenOf } from "../children.js";
import { containersOf } from "../containers.js";
import { contentOf } from "../content.js";
import { hexOf } from "../digest.js";
import { emitImageEvent } from "../events.js";
import { findImage, isIdPrefix } from "../find.js";
import type { Image } from "../image.js";
import { type Platform, platformText, runsOn } from "../platform.js";
import {
  canonicalString,
  familiarString,
  parseReference,
  type Reference,
  withDefaultTag,
} from "../reference.js";
import { keepNameless } from "./show.js";

/** What may prevent a removal. A running container always does. */
interface Guards {
  readonly names: boolean;
  readonly stopped: boolean;
}

/** Answers `DELETE /images/{name}`. @throws 404, 409 */
export function removeStored(
  daemon: Daemon,
  ref: string,
  { force, platforms }: { readonly force: boolean; readonly platforms: readonly Platform[] },
): ImageRemoval[] {
  if (platforms.length > 0 && !force) {
    throw engineError(
      400,
      "Content will be removed from all images referencing this variant. Use \u2014-force to force delete.",
    );
  }
  const image = findImage(daemon, ref);
  if (platforms.length > 0) return platforms.map((platform) => removePlatform(daemon, image, platform));
  const all = image.references;
  if (isIdPrefix(image, ref)) {
    const single = sameNames(undefined, all).length === all.length;
    return deleteAll(daemon, image, { names: !force && !single, stopped: !force });
  }
  const reference = withDefaultTag(parseReference(daemon.release, ref));
  const same = sameNames(reference, all);
  if (same.length !== all.length) return untag(daemon, image, same);
  const [user] = usersOf(daemon, image);
  const known = all.find((one) => canonicalString(one) === canonicalString(reference));
  if (user && known) {
    if (!force) throw inUse(familiarString(known), user, image);
    keepNameless(image, known);
    daemon.images.unrefer(known);
    return [untagged(daemon, image, familiarString(known))];
  }
  return deleteAll(daemon, image, { names: !force && namesOf(image) <= 1, stopped: !force });
}

/** Removes what an image has for a platform. What is left of one without any is more than on an engine. */
function removePlatform(daemon: Daemon, image: Image, platform: Platform): ImageRemoval {
  const { others = [] } = image;
  const found = [image, ...others].find((one) => runsOn(one, platform));
  if (!found) {
    const [first] = image.references;
    throw engineError(
      404,
      `failed to delete platform ${platformText(platform)} for image ${image.id}: image with reference ${first ? familiarString(first) : image.id} was found but does not provide any platform`,
    );
  }
  if (found !== image) image.others = others.filter((one) => one !== found);
  return { Deleted: contentOf(daemon.release, found).manifest.digest };
}

/** Returns the containers that were created from an image, or that have it mounted. */
function usersOf(daemon: Daemon, image: Image): Container[] {
  return containersOf(daemon, image.id);
}

/**
 * Returns the names that count as one: those of the same repository and tag, with the digests in that repository if it has
 * no other tag there. A name with a digest stands for all tags of its repository.
 */
function sameNames(named: Reference | undefined, all: readonly Reference[]): Reference[] {
  const [first] = all;
  const wanted = named ?? first;
  if (!wanted) return [...all];
  const allTags = named !== undefined && named.tag === "" && named.digest !== "";
  let tag = wanted.tag;
  let digests: Reference[] | undefined = [];
  const same: Reference[] = [];
  for (const reference of all) {
    if (reference.repository !== wanted.repository) continue;
    if (!allTags) {
      if (reference.tag === "") {
        digests?.push(reference);
        continue;
      }
      if (tag === "") tag = reference.tag;
      else if (tag !== reference.tag) {
        digests = undefined;
        continue;
      }
    }
    same.push(reference);
  }
  return [...same, ...(digests ?? [])];
}

function untag(daemon: Daemon, image: Image, names: readonly Reference[]): ImageRemoval[] {
  const removed = names.map((reference) => {
    daemon.images.unrefer(reference);
    return untagged(daemon, image, familiarString(reference));
  });
  if (!image.dangles) return removed;
  image.dangles = false;
  return [...removed, untagged(daemon, image, `moby-dangling@${image.id}`)];
}

/** Returns how many names the store has of an image. One that dangles has one more, which nobody gave it. */
function namesOf({ dangles, references }: Image): number {
  return references.length + Number(dangles ?? false);
}

function untagged(daemon: Daemon, { id }: Image, name: string): ImageRemoval {
  emitImageEvent(daemon, "untag", id, name);
  return { Untagged: name };
}

/** Deletes an image with all its names, and then those below it that have none. */
function deleteAll(daemon: Daemon, image: Image, guards: Guards): ImageRemoval[] {
  const all = image.references;
  const parents = parentsOf(daemon, image);
  const removed: ImageRemoval[] = [];
  // An image with one name stays without it where others were made on it.
  const names = namesOf(image);
  const stays = names === 1 && all.length === 1 && guards.names && childrenOf(daemon, image).length > 0;
  check(daemon, image, names, guards);
  for (const reference of all) {
    daemon.images.unrefer(reference);
    removed.push(untagged(daemon, image, familiarString(reference)));
  }
  if (!stays) daemon.images.delete(image);
  emitImageEvent(daemon, "delete", image.id, image.id, stays ? image : undefined);
  removed.push({ Deleted: image.id });
  for (const parent of parents) {
    if (parent.references.length > 0 || conflictOf(daemon, parent, names, { names: true, stopped: true }))
      break;
    daemon.images.delete(parent);
    emitImageEvent(daemon, "delete", parent.id, parent.id);
    removed.push({ Deleted: parent.id });
  }
  return removed;
}

/** Returns the images below one, from the next. There is none if one of them is gone. */
function parentsOf({ images }: Daemon, image: Image): Image[] {
  const parents: Image[] = [];
  for (let at = image; at.parent !== ""; ) {
    const parent = images.get(at.parent);
    if (!parent) return [];
    parents.push(parent);
    at = parent;
  }
  return parents;
}

function check(daemon: Daemon, image: Image, names: number, guards: Guards): void {
  const message = conflictOf(daemon, image, names, guards);
  if (message !== undefined) throw engineError(409, message);
}

/** Returns why an image cannot be deleted, or `undefined`. @param names how many names the removed image has */
function conflictOf(daemon: Daemon, image: Image, names: number, guards: Guards): string | undefined {
  const containers = containersOf(daemon, image.id);
  const conflict = (how: string, why: string) =>
    `conflict: unable to delete ${shortId(hexOf(image.id))} (${how} be forced) - ${why}`;
  const running = containers.find(hasProcess);
  if (running) return conflict("cannot", `image is being used by running container ${shortId(running.id)}`);
  const [stopped] = containers;
  if (guards.stopped && stopped) {
    return conflict("must", `image is being used by stopped container ${shortId(stopped.id)}`);
  }
  if (guards.names && names > 1) return conflict("must", "image is referenced in multiple repositories");
  return undefined;
}

function hasProcess(container: Container): boolean {
  return isRunning(container) || container.state.status === "restarting";
}

function inUse(name: string, container: Container, image: Image): Error {
  return engineError(
    409,
    `conflict: unable to delete ${name} (must be forced) - container ${shortId(container.id)} is using its referenced image ${shortId(hexOf(image.id))}`,
  );
}
