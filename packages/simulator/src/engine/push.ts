import { type Push, pushImage } from "../core/images/push.js";
import { askedPlatform } from "./image-platform.js";
import type { Session } from "./session.js";

/** `POST /images/{name}/push`, for a platform from API 1.46 on. */
export function push(
  session: Session,
  name: string,
  { tag, platform }: { readonly tag: string; readonly platform: string },
): Push {
  const wanted = askedPlatform(session, [platform], "1.46");
  return pushImage(session.daemon, name, { tag, platform: wanted });
}
