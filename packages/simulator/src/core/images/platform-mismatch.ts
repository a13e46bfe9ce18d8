import { engineError } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import { findImage } from "./find.js";
import type { Image } from "./image.js";
import { hostPlatform, type Platform, platformText } from "./platform.js";

/**
 * What is said of an image that is here for another platform than `wanted`; `undefined` where it suits. Images say
 * nothing of a variant, and so are taken for any.
 *
 * @param name the image, as the message has it
 */
export function platformMismatch(
  { release }: Daemon,
  { architecture }: Image,
  name: string,
  wanted: Platform,
): string | undefined {
  const { os } = hostPlatform;
  if (wanted.os === os && wanted.architecture === architecture) return undefined;
  return release.images.platformMismatch(name, platformText(wanted), `${os}/${architecture}`);
}

/** @throws 404 no such image, or not for that platform */
export function findImageFor(daemon: Daemon, ref: string, wanted: Platform | undefined): Image {
  const image = findImage(daemon, ref);
  const mismatch = wanted && platformMismatch(daemon, image, ref, wanted);
  if (mismatch !== undefined) throw engineError(404, mismatch);
  return image;
}
