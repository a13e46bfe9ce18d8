// The files of layers: how a tar becomes a layer, and the files of several on top of each other. It is loaded with the first
// container, since it reads archives and a page that makes networks has none. Import, commit and load make layers;
// `root.ts` asks for an image's files.

import { bytesIn, changed, emptyTree, type Tree } from "@dryharbor/kernel/host";
import { readTar, type TarEntry, TarError } from "@dryharbor/kernel/tar";
import { goGzipped } from "@dryharbor/programs/gzip";
import type { Archive } from "../archive/archive.js";
import { applyLanded } from "../archive/landed.js";
import { type LandingOptions, landingOf } from "../archive/landing.js";
import { applyLayer } from "../archive/layer.js";
import type { UnpackStyle } from "../releases/archives.js";
import type { Release } from "../releases/release.js";
import { ociTypes } from "./content.js";
import { digestOfBytes } from "./digest.js";
import type { Layer, UnpackProblem } from "./layer.js";
import { bytesOnDisk } from "./unpacked.js";

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

/**
 * Makes a layer from an archive as a store of content unpacks it, and the files that result on top of the layers below.
 *
 * @param overlaid there are layers below
 * @param directory where containerd unpacks it
 * @throws {TarError} if it is no archive; {UnpackError} if it cannot be unpacked
 */
export function contentLayerOf(
  archive: Uint8Array,
  below: Tree,
  { overlaid, directory }: LandingOptions,
): { readonly layer: Layer; readonly root: Tree } {
  const { landed, left } = landingOf(readTar(archive), { overlaid, directory });
  let size = 0;
  const root = changed(below, (files, system) => {
    applyLanded(files, landed);
    size = bytesIn(system);
  });
  return { layer: { digest: digestOfBytes(archive), size, archive, unpacked: bytesOnDisk(left) }, root };
}

const trees = new WeakMap<Layer, Tree>();

/** Returns the files of layers, from the lowest, on top of `base`. */
export function treeOf(layers: readonly Layer[], base: Tree = emptyTree): Tree {
  let tree = base;
  for (const layer of layers) {
    if (layer.archive === null) continue;
    const known = trees.get(layer);
    tree = known ?? filesOf(layer, tree, layers[0] !== layer);
    trees.set(layer, tree);
  }
  return tree;
}

function filesOf({ archive, blob }: Layer, below: Tree, overlaid: boolean): Tree {
  const bytes = archive as Uint8Array;
  return blob ? contentLayerOf(bytes, below, { overlaid, directory: "" }).root : layerOf(bytes, below).root;
}

/**
 * Returns a layer that was made here as the release's store keeps it. A store of content compresses it.
 *
 * @param given the archive as it came, if it was compressed in a way that the store keeps
 */
export function storedLayer({ images }: Release, layer: Layer, given?: Archive["compressed"]): Layer {
  const { archive } = layer;
  if (!images.storesContent || archive === null) return layer;
  const bytes = given?.bytes ?? goGzipped(archive);
  const mediaType = given?.by === "zstd" ? ociTypes.zstdLayer : ociTypes.gzipLayer;
  return {
    ...layer,
    blob: { mediaType, digest: digestOfBytes(bytes), size: bytes.length, bytes },
    unpacked: layer.unpacked ?? bytesOnDisk(entriesOf(archive)),
  };
}

/**
 * Returns a layer that a store of content keeps although it cannot be unpacked: there is nothing in its files.
 *
 * @param problem why it cannot
 */
export function packedLayer(
  release: Release,
  archive: Uint8Array,
  problem: UnpackProblem,
  given?: Archive["compressed"],
): Layer {
  const { blob } = storedLayer(release, { digest: "", size: 0, archive }, given);
  return {
    digest: digestOfBytes(archive),
    size: 0,
    archive: nothing,
    unpacked: 0,
    ...(blob && { blob }),
    problem,
  };
}

const nothing = new Uint8Array(1024);

/** Returns the entries of an archive, as far as it can be read. */
export function entriesOf(archive: Uint8Array): TarEntry[] {
  const entries: TarEntry[] = [];
  try {
    for (const entry of readTar(archive)) entries.push(entry);
  } catch (error) {
    if (!(error instanceof TarError)) throw error;
  }
  return entries;
}
