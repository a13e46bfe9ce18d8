import { isOlder } from "../core/api-version.js";
import { type Push, pushImage } from "../core/images/push.js";
import { readPlatform } from "../requests/platform.js";
import type { Session } from "./session.js";

/** `POST /images/{name}/push`, for a platform from API 1.46 on. */
export function push(
  { daemon, apiVersion }: Session,
  name: string,
  { tag, platform }: { readonly tag: string; readonly platform: string },
): Push {
  const wanted =
    platform === "" || isOlder(apiVersion, "1.46") ? undefined : readPlatform(daemon.release, platform);
  return pushImage(daemon, name, { tag, platform: wanted });
}
