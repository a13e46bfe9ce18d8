import { engineError } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import { findImage } from "./find.js";
import type { Image } from "./image.js";
import { type Platform, platformText, runsOn } from "./platform.js";

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

/** Returns the image if it fits the platform. @throws 404 if there is none, or it does not fit */
export function findImageFor(daemon: Daemon, ref: string, wanted: Platform | undefined): Image {
  const image = findImage(daemon, ref);
  const mismatch = wanted && platformMismatch(daemon, image, ref, wanted);
  if (mismatch !== undefined) throw engineError(404, mismatch);
  return image;
}
