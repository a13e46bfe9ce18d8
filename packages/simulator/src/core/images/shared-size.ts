import type { Daemon } from "../daemon.js";
import type { Image } from "./image.js";

/** How many bytes of each image are in layers that others have, too, by its id. */
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

/** Bytes of all layers, each counted once. */
export function layersSize({ images }: Daemon): number {
  const sizes = new Map<string, number>();
  for (const image of images.values()) {
    for (const { chain, size } of chainsOf(image)) sizes.set(chain, size);
  }
  return [...sizes.values()].reduce((sum, size) => sum + size, 0);
}

/** Layers are the same only with all that is below them. */
function chainsOf({ layers }: Image): { readonly chain: string; readonly size: number }[] {
  let chain = "";
  return layers.map(({ digest, size }) => {
    chain += digest;
    return { chain, size };
  });
}
