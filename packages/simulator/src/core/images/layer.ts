// The layers of images: what one is, how a tar becomes one, and the files of several on top of each other.
// Import, commit and load make layers; `root.ts` asks for an image's files.

import { bytesIn, changed, emptyTree, type Tree } from "@dryharbor/kernel/host";
import { applyLayer } from "../archive/layer.js";
import type { UnpackStyle } from "../releases/archives.js";
import { readTar } from "@dryharbor/kernel/tar";
import { digestOfBytes } from "./digest.js";

/** One layer of an image's files. */
export interface Layer {
  /** The digest of the layer's archive, by which configurations name it (`diff_ids`). */
  readonly digest: string;
  /** The bytes of the layer's files. */
  readonly size: number;
  /**
   * A tar of the layer's changes. `null` for an image that was defined: its files come from its programs.
   */
  readonly archive: Uint8Array | null;
}

/** The digest of an empty archive. An image does not count it among its layers. */
export const emptyLayer = digestOfBytes(new Uint8Array(1024));

/**
 * Makes a layer from an archive, and the files that result on top of the layers below.
 *
 * @param style how the release unpacks a layer from elsewhere
 * @throws {TarError} if it is no archive; {UnpackError} if it cannot be unpacked
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

/** Returns the last of an image's layers. */
export function topLayer({ layers }: { readonly layers: readonly Layer[] }): Layer {
  return layers.at(-1) as Layer;
}

/** Returns the chain id of each layer, which stands for the layer together with all below it. */
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

/** Returns the files of layers, from the lowest, on top of `base`. */
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
