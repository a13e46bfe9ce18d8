import { engineError } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import { findImage, isIdPrefix } from "./find.js";
import type { Image } from "./image.js";
import { hostPlatform, type Platform, platformText, runsOn } from "./platform.js";
import { familiarString, parseReference, withDefaultTag } from "./reference.js";

/**
 * Returns the message about an image that is present for a platform other than `wanted`, or `undefined` if it
 * fits.
 *
 * @param name the image's name in the message
 */
export function platformMismatch(
  { release }: Daemon,
  image: Image,
  name: string,
  wanted: Platform,
): string | undefined {
  if (runsOn(image, wanted)) return undefined;
  return release.images.platformMismatch(name, platformText(wanted), platformText(image));
}

/** Returns what a store of content has of an image for a platform, or for the host's before any other. */
function storedFor(daemon: Daemon, image: Image, ref: string, wanted: Platform | undefined): Image {
  return variantFor(daemon, image, nameIn(daemon, image, ref), wanted);
}

/** The same of an image that was found. @param name the image's name in the message @throws 404 */
export function variantFor(daemon: Daemon, image: Image, name: string, wanted: Platform | undefined): Image {
  const all = [image, ...(image.others ?? [])];
  const found = all.find((one) => runsOn(one, wanted ?? hostPlatform)) ?? (wanted ? undefined : image);
  if (found) return found;
  throw engineError(
    404,
    daemon.release.images.platformMismatch(name, platformText(wanted ?? hostPlatform), platformText(image)),
  );
}

/** Returns the image's name as the store has it, where it was named by one. */
function nameIn({ release }: Daemon, image: Image, ref: string): string {
  if (isIdPrefix(image, ref)) {
    const [first] = image.references;
    return first ? familiarString(first) : image.id;
  }
  return familiarString(withDefaultTag(parseReference(release, ref)));
}

/** Returns the image if it fits the platform. @throws 404 if there is none, or it does not fit */
export function findImageFor(daemon: Daemon, ref: string, wanted: Platform | undefined): Image {
  const image = findImage(daemon, ref);
  if (daemon.release.images.storesContent) return storedFor(daemon, image, ref, wanted);
  const mismatch = wanted && platformMismatch(daemon, image, ref, wanted);
  if (mismatch !== undefined) throw engineError(404, mismatch);
  return image;
}
