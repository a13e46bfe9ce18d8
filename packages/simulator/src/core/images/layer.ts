import { bytesIn, changed, emptyTree, type Tree } from "@dryharbor/kernel/host";
import { applyLayer } from "../archive/layer.js";
import type { UnpackStyle } from "../releases/archives.js";
import { readTar } from "../tar/read.js";
import { digestOfBytes } from "./digest.js";

/** One layer of an image's files. */
export interface Layer {
  /** Of its archive: what configurations know it by. */
  readonly digest: string;
  /** Bytes of the files in it. */
  readonly size: number;
  /** A tar of what it changes of those below; `null` for an image that was defined: it has the files of its programs. */
  readonly archive: Uint8Array | null;
}

/** The digest of an archive with nothing in it. An image does not count it among its layers. */
export const emptyLayer = digestOfBytes(new Uint8Array(1024));

/**
 * @param style how the release takes a layer that comes from elsewhere
 * @throws {TarError} it is no archive; {UnpackError} it cannot be unpacked
 */
export function layerOf(
  archive: Uint8Array,
  below: Tree,
  style?: UnpackStyle,
): { readonly layer: Layer; readonly root: Tree } {
  let size = 0;
  const root = changed(below, (files, system) => {
    applyLayer(files, readTar(archive), style);
    size = bytesIn(system);
  });
  return { layer: { digest: digestOfBytes(archive), size, archive }, root };
}

/** The last of an image's layers. */
export function topLayer({ layers }: { readonly layers: readonly Layer[] }): Layer {
  return layers.at(-1) as Layer;
}

/** What layers are known by with all that is below them. */
export function chainIds(layers: readonly Pick<Layer, "digest">[]): string[] {
  const ids: string[] = [];
  for (const { digest } of layers) {
    const below = ids.at(-1);
    const text = `${below} ${digest}`;
    ids.push(below === undefined ? digest : digestOfBytes(new TextEncoder().encode(text)));
  }
  return ids;
}

const trees = new WeakMap<Layer, Tree>();

/** The files of layers, from the lowest, over those of `base`. */
export function treeOf(layers: readonly Layer[], base: Tree = emptyTree): Tree {
  let tree = base;
  for (const layer of layers) {
    if (layer.archive === null) continue;
    const known = trees.get(layer);
    tree = known ?? layerOf(layer.archive, tree).root;
    trees.set(layer, tree);
  }
  return tree;
}
