import type { Daemon } from "../daemon.js";
import type { Image } from "./image.js";

/** Returns the images that were committed on this one. */
export function childrenOf({ images }: Daemon, { id }: Image): Image[] {
  return [...images.values()].filter(({ parent }) => parent === id);
}
