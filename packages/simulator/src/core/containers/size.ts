import { bytesIn } from "@dryharbor/kernel/host";
import type { Daemon } from "../daemon.js";
import { unpackedSize } from "../images/content.js";
import type { Container } from "./container.js";
import { blocksOf, initLayerSize } from "./disk-blocks.js";

/** Returns the bytes of a container's files: its own (the changes), and all of them with the image's. */
export function sizeOfContainer(
  { release }: Daemon,
  { layer, image, paths }: Container,
): { readonly own: number; readonly all: number } {
  if (release.images.storesContent) {
    const own = blocksOf(layer, paths.copied);
    return { own, all: own + initLayerSize(image) + (image ? unpackedSize(image) : 0) };
  }
  const own = layer ? bytesIn(layer) : 0;
  return { own, all: own + (image?.size ?? 0) };
}
