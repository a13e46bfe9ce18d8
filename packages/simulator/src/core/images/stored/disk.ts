import type { Daemon } from "../../daemon.js";
import { contentOf, contentSize, unpackedSize } from "../content.js";
import type { Image } from "../image.js";
import { chainIds } from "../layer.js";

/** Something that images take on the disk: a file of the store, or the files of an unpacked layer. */
interface Part {
  readonly key: string;
  readonly size: number;
}

/** Returns what an image takes on the disk, each part once, without the layers of containers below its own. */
export function partsOf(daemon: Daemon, image: Image): Part[] {
  const { release } = daemon;
  const { target, manifest, config, layers } = contentOf(release, image);
  const files = [...(image.index ? [target] : []), manifest, config, ...layers];
  const chains = chainIds(image.layers);
  const parts = new Map(files.map(({ digest, size }) => [digest, size]));
  for (const [at, { unpacked = 0 }] of image.layers.entries()) parts.set(`unpacked ${chains[at]}`, unpacked);
  const own = Array.from(parts, ([key, size]) => ({ key, size }));
  const more = (image.others ?? [])
    .flatMap((other) => partsOf(daemon, other))
    .filter(({ key }) => !parts.has(key));
  return [...own, ...more];
}

/** Returns the layers of containers below those that were made of them. Neither a prune nor what is shared counts them. */
function initPartsOf({ layers }: Image): Part[] {
  const chains = chainIds(layers);
  return layers.map(({ init = 0 }, at) => ({ key: `init ${chains[at]}`, size: init }));
}

/** Returns the bytes of each of these images that others of them have too, by the image's id. */
export function storedSharedSizes(daemon: Daemon, images: readonly Image[]): ReadonlyMap<string, number> {
  const parts = new Map(images.map((image) => [image.id, partsOf(daemon, image)]));
  const users = new Map<string, number>();
  for (const of of parts.values()) for (const { key } of of) users.set(key, (users.get(key) ?? 0) + 1);
  return new Map(
    Array.from(parts, ([id, of]) => [
      id,
      of.filter(({ key }) => (users.get(key) ?? 0) > 1).reduce((sum, { size }) => sum + size, 0),
    ]),
  );
}

/** Returns the bytes that images take together, each part counted once. */
export function storedSize(daemon: Daemon, images: Iterable<Image>): number {
  const sizes = new Map<string, number>();
  for (const image of images) {
    for (const { key, size } of [...partsOf(daemon, image), ...initPartsOf(image)]) sizes.set(key, size);
  }
  return [...sizes.values()].reduce((sum, size) => sum + size, 0);
}

/** Returns the bytes of an image for all platforms that are here, as lists show them: without its index. */
export function wholeSize({ release }: Daemon, image: Image): number {
  return [image, ...(image.others ?? [])].reduce((sum, one) => {
    const index = one.index ? contentOf(release, one).target.size : 0;
    return sum + contentSize(release, one) - index + unpackedSize(one);
  }, 0);
}
