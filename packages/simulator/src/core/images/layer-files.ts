// The files of layers: how a tar becomes a layer, and the files of several on top of each other. It is loaded with the first
// container, since it reads archives and a page that makes networks has none. Import, commit and load make layers;
// `root.ts` asks for an image's files.

import { bytesIn, changed, emptyTree, type Files, type Tree } from "@dryharbor/kernel/host";
import { readEveryEntry, readTar, type TarEntry, TarError } from "@dryharbor/kernel/tar";
import { goGzipped } from "@dryharbor/programs/gzip";
import { engineError } from "@dryharbor/sdk/port";
import type { Archive } from "../archive/archive.js";
import { cleanName } from "../archive/clean-name.js";
import { type LandingOptions, landingOf } from "../archive/landing.js";
import { acceptedLayer, type Hidden, laidOver, unpackLayer } from "../archive/layer.js";
import type { Release } from "../releases/release.js";
import { ociTypes } from "./content.js";
import { digestOfBytes } from "./digest.js";
import type { Layer, UnpackProblem } from "./layer.js";
import { bytesOnDisk } from "./unpacked.js";

/**
 * Makes a layer from an archive as a store of layers unpacks it, and the files that result on top of the layers below.
 *
 * @param release what unpacks it. Default: the layer was accepted before
 * @throws {TarError} if it is no archive; {UnpackError} if it cannot be unpacked; 500 if it repeats a name
 */
export function layerOf(
  archive: Uint8Array,
  below: Tree,
  release?: Release,
): { readonly layer: Layer; readonly root: Tree } {
  let size = 0;
  let hidden: Hidden = { opaque: new Set() };
  const own = changed(emptyTree, (files, system) => {
    hidden = release ? unpackNew(files, archive, release) : unpackAccepted(files, archive);
    size = bytesIn(system);
  });
  const layer = { digest: digestOfBytes(archive), size, archive };
  return { layer, root: laidOver(below, own, hidden) };
}

function unpackAccepted(files: Files, archive: Uint8Array): Hidden {
  return unpackLayer(files, readTar(archive), acceptedLayer);
}

/** Unpacks a layer from elsewhere, as the release's store of layers does. */
function unpackNew(files: Files, archive: Uint8Array, { archives }: Release): Hidden {
  const refusal = engineError(500, archives.brokenStream("duplicates of file paths not supported"));
  let isRefused = false;
  const seen = new Set<string>();
  const entries = function* () {
    for (const entry of readEveryEntry(archive)) {
      yield entry;
      const name = cleanName(entry.name);
      isRefused = seen.has(name);
      if (isRefused && !archives.repeatedNameEndsLayer) throw refusal;
      if (isRefused) return;
      seen.add(name);
    }
  };
  const hidden = unpackLayer(files, entries(), archives.unpacking);
  if (isRefused) throw refusal;
  return hidden;
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
  const { own, hidden, left } = landingOf(readEveryEntry(archive), { overlaid, directory });
  const size = bytesIn({ changed: own.inodes });
  const layer = { digest: digestOfBytes(archive), size, archive, unpacked: bytesOnDisk(left) };
  return { layer, root: laidOver(below, own, hidden) };
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
