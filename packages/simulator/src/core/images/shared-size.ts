import type { Daemon } from "../daemon.js";
import type { Image } from "./image.js";

/** Returns the bytes of each image that are in layers of other images too, by the image's id. */
export function sharedSizes({ images }: Daemon): ReadonlyMap<string, number> {
  const users = new Map<string, number>();
  for (const image of images.values()) {
    for (const { chain } of chainsOf(image)) users.set(chain, (users.get(chain) ?? 0) + 1);
  }
  return new Map(
    Array.from(images.values(), (image) => {
      const shared = chainsOf(image).filter(({ chain }) => (users.get(chain) ?? 0) > 1);
      return [image.id, shared.reduce((sum, { size }) => sum + size, 0)] as const;
    }),
  );
}

/** Returns the bytes of all layers, each counted once. */
export function layersSize({ images }: Daemon): number {
  const sizes = new Map<string, number>();
  for (const image of images.values()) {
    for (const { chain, size } of chainsOf(image)) sizes.set(chain, size);
  }
  return [...sizes.values()].reduce((sum, size) => sum + size, 0);
}

/** Returns the layers with a key. Two layers are the same only if all layers below them are. */
function chainsOf({ layers }: Image): { readonly chain: string; readonly size: number }[] {
  let chain = "";
  return layers.map(({ digest, size }) => {
    chain += digest;
    return { chain, size };
  });
}
