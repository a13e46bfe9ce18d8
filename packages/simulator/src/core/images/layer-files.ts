// The files of layers: how a tar becomes a layer, and the files of several on top of each other. It is loaded with the first
// container, since it reads archives and a page that makes networks has none. Import, commit and load make layers;
// `root.ts` asks for an image's files.

import { bytesIn, changed, emptyTree, type Tree } from "@dryharbor/kernel/host";
import { readTar } from "@dryharbor/kernel/tar";
import { applyLayer } from "../archive/layer.js";
import type { UnpackStyle } from "../releases/archives.js";
import { digestOfBytes } from "./digest.js";
import type { Layer } from "./layer.js";

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
