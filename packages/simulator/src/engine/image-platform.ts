import { engineError } from "@dryharbor/sdk/port";
import { isOlder } from "../core/api-version.js";
import type { Daemon } from "../core/daemon.js";
import type { Platform } from "../core/images/platform.js";
import { readPlatform } from "../requests/platform.js";

/**
 * Reads the parameter `platform` of a push, a save or a load. It may be given once, or more often to newer releases, which the first satisfies.
 *
 * @param since the API version that knows it first; older ones ignore it
 * @returns `undefined` where none is asked for
 * @throws 400 what is no platform, or several
 */
export function askedPlatform(
  { daemon, apiVersion }: { readonly daemon: Daemon; readonly apiVersion: string },
  given: readonly string[],
  since: string,
): Platform | undefined {
  if (isOlder(apiVersion, since)) return undefined;
  const { severalPlatforms } = daemon.release.images;
  if (
    given.length > 1 &&
    (severalPlatforms.since === undefined || isOlder(apiVersion, severalPlatforms.since))
  ) {
    throw engineError(400, severalPlatforms.problem);
  }
  const [text = ""] = given;
  return text === "" ? undefined : readPlatform(daemon.release, text);
}

/**
 * Reads which part of an image an inspect shows: what is for a platform, or the manifests that it consists of.
 *
 * @throws 400 what is no platform, or both
 */
export function inspectedPart(
  { daemon, apiVersion }: { readonly daemon: Daemon; readonly apiVersion: string },
  given: { readonly platform: string; readonly manifests: boolean },
): { readonly platform: Platform | undefined; readonly manifests: boolean } {
  const { manifests } = given;
  const asked = isOlder(apiVersion, "1.49") ? "" : given.platform;
  if (asked !== "" && manifests) {
    throw engineError(400, "conflicting options: manifests and platform options cannot both be set");
  }
  return { platform: asked === "" ? undefined : readPlatform(daemon.release, asked), manifests };
}
