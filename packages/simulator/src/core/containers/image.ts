import { EngineError } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import { findImage } from "../images/find.js";
import type { Image } from "../images/image.js";

/** Returns the image that a reference names, or `undefined` when there is none. */
export function imageIfAny(daemon: Daemon, ref: string): Image | undefined {
  try {
    return findImage(daemon, ref);
  } catch (error) {
    if (error instanceof EngineError) return undefined;
    throw error;
  }
}
