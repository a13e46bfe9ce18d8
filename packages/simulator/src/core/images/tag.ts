import { EngineError, engineError } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import { emitImageEvent } from "./events.js";
import { findImage } from "./find.js";
import type { Image } from "./image.js";
import {
  canonicalString,
  familiarName,
  familiarString,
  parseReference,
  type Reference,
  withDefaultTag,
  withTag,
} from "./reference.js";
import { broughtAs, keepNameless, meantName } from "./stored/show.js";

/**
 * Answers `POST /images/{name}/tag`.
 *
 * @returns whether there was something to do
 * @throws 404 if there is no such image; 400 (500 on 20.10) for an invalid target
 */
export function tagImage(
  daemon: Daemon,
  ref: string,
  { repo, tag = "" }: { readonly repo: string; readonly tag?: string },
): boolean {
  if (daemon.release.images.tagReadsSourceFirst) {
    const image = findImage(daemon, ref);
    const given = withStatus(500, () => readTarget(daemon, repo, tag));
    addTag(daemon, given, image, familiarString(given));
    return true;
  }
  // The engine answers 200 instead of 201 and does nothing. Seen on 26.1 and 28.5 without repo.
  if (repo === "") return false;
  const target = withDefaultTag(readTarget(daemon, repo, tag));
  refuseAlgorithm(target);
  const image = withStatus(404, () => findImage(daemon, ref));
  addTag(daemon, target, image, familiarString(target));
  const came = image.broughtAs && broughtAs(image, meantName(daemon, image, ref));
  if (came !== undefined) image.broughtAs = { ...image.broughtAs, [canonicalString(target)]: came };
  return true;
}

/**
 * Reads the name of a new tag.
 * @throws 400 for an invalid name, and from 26.1 on for one with a digest
 */
export function readTarget(daemon: Daemon, repo: string, tag: string): Reference {
  const target = parseReference(daemon.release, repo);
  if (daemon.release.images.tagReadsSourceFirst) {
    return tag === "" ? target : withTag({ ...target, digest: "" }, tag);
  }
  if (target.digest !== "") throw engineError(400, "cannot import digest reference");
  return tag === "" ? target : withTag(target, tag);
}

function refuseAlgorithm(target: Reference): void {
  if (familiarName(target) === "sha256") {
    throw engineError(400, "refusing to create an ambiguous tag using digest algorithm as name");
  }
}

/**
 * Makes a tag refer to an image, and emits the event.
 * @throws 400 for a name that no tag may have
 */
export function addTag(daemon: Daemon, target: Reference, image: Image, name: string): void {
  if (target.digest !== "") throw engineError(400, "refusing to create a tag with a digest reference");
  if (daemon.release.images.refusesAlgorithmNames) refuseAlgorithm(target);
  const before = daemon.images.referenced(withDefaultTag(target));
  const known = before === image;
  if (before && !known) keepNameless(before, withDefaultTag(target));
  daemon.images.refer(withDefaultTag(target), image);
  if (!known) image.dangles = false;
  if (!known || !daemon.release.images.storesContent) image.taggedAt = daemon.clock.now();
  emitImageEvent(daemon, "tag", image.id, name, image);
}

/** Returns the tag's name in the event of an import or a commit. */
export function toldTag({ release }: Daemon, given: Reference): string {
  return familiarString(release.images.tellsTagAsGiven ? given : withDefaultTag(given));
}

/** Returns what `read` returns. An engine error gets another status. */
function withStatus<T>(status: number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof EngineError ? engineError(status, error.message) : error;
  }
}
