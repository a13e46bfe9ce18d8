import { emptyTree, FileSystem, Files, rootInode } from "@dryharbor/kernel/host";
import { readEveryEntry, TarError } from "@dryharbor/kernel/tar";
import { EngineError, engineError } from "@dryharbor/sdk/port";
import type { ImageArchive } from "../archive/archive.js";
import { unpack } from "../archive/unpack.js";
import { UnpackError } from "../archive/unpack-error.js";
import type { Daemon } from "../daemon.js";
import { type ManifestLine, readConfigFile, readManifest } from "./archive-files.js";
import { emitImageEvent } from "./events.js";
import type { Image } from "./image.js";
import type { Layer } from "./layer.js";
import { treeOf } from "./layer-files.js";
import { addLoaded, checkSystem, loadedBefore, loadLayer, readUnpacked, type Unpacked } from "./loaded.js";
import { isSamePlatform, type Platform } from "./platform.js";
import { familiarString, parseReference, type Reference } from "./reference.js";
import { loadRepositories } from "./repositories.js";
import { loadStored } from "./stored/load.js";

/** The progress of a load, and the error that ended it. */
export interface Loaded {
  readonly steps: readonly { readonly stream?: string }[];
  readonly failure?: EngineError;
}

/**
 * Answers `POST /images/load`: adds the images of an archive that {@link saveImages} or an engine made.
 * Errors are part of the answer.
 *
 * @param platform the platform whose images are loaded; default all
 */
export function loadImages(daemon: Daemon, archive: ImageArchive, platform?: Platform): Loaded {
  if (daemon.release.images.storesContent) return loadStored(daemon, archive, platform);
  const steps: { stream?: string }[] = [];
  try {
    const from = unpacked(daemon, archive);
    if (!from.files.isThere("/manifest.json")) {
      loadRepositories(daemon, from, (reference, image) => {
        const renamed = renames(daemon, reference, image);
        if (renamed) steps.push({ stream: renamed });
        daemon.images.refer(reference, image);
      });
    } else loadManifest(daemon, from, platform, steps);
    return { steps };
  } catch (error) {
    if (error instanceof EngineError) return { steps, failure: error };
    throw error;
  }
}

function loadManifest(
  daemon: Daemon,
  from: Unpacked,
  platform: Platform | undefined,
  steps: { stream?: string }[],
): void {
  const loaded: { readonly image: Image; readonly parent: string }[] = [];
  let named = false;
  for (const line of readManifest(daemon.release, readUnpacked(from, "manifest.json"))) {
    const image = loadImage(daemon, from, line, platform);
    if (!image) continue;
    named = false;
    for (const name of line.RepoTags ?? []) {
      const reference = parseReference(daemon.release, name);
      if (reference.tag === "") throw engineError(500, `invalid tag ${JSON.stringify(name)}`);
      const renamed = renames(daemon, reference, image);
      if (renamed) steps.push({ stream: renamed });
      daemon.images.refer(reference, image);
      steps.push({ stream: `Loaded image: ${familiarString(reference)}\n` });
      named = true;
    }
    loaded.push({ image, parent: line.Parent ?? "" });
    emitImageEvent(daemon, "load", image.id, image.id, image);
  }
  setParents(daemon, loaded);
  // The engine tells all ids in one piece, unless the last image has a name.
  const ids = loaded.map(({ image }) => `Loaded image ID: ${image.id}\n`).join("");
  if (!named) steps.push(ids === "" ? {} : { stream: ids });
}

/** Makes images of the archive parents of each other. @throws 500 for an image that is no parent of another */
function setParents(
  daemon: Daemon,
  loaded: readonly { readonly image: Image; readonly parent: string }[],
): void {
  for (const { image, parent: id } of loaded) {
    const parent = loaded.find((other) => other.image.id === id && other.image !== image)?.image;
    if (!parent) continue;
    if (!isParent(parent, image)) {
      throw engineError(500, `image ${parent.id} is not a valid parent for ${image.id}`);
    }
    daemon.images.setParent(image, parent.id);
  }
}

/** Returns whether an image has one step more than another. */
function isParent(parent: Image, image: Image): boolean {
  if (image.history.length === 0 && parent.history.length === 0) return true;
  if (image.history.length - parent.history.length !== 1) return false;
  return parent.history.every((step, at) => {
    const own = image.history[at] as typeof step;
    return (Object.keys(step) as (keyof typeof step)[]).every((key) => step[key] === own[key]);
  });
}

function unpacked(daemon: Daemon, archive: ImageArchive): Unpacked {
  const { archives } = daemon.release;
  const directory = `${daemon.settings.dataRoot}/tmp/docker-import-${1_000_000_000 + daemon.random.below(2 ** 31)}`;
  const system = new FileSystem(emptyTree);
  const mount = { files: () => system, change: () => system, root: rootInode };
  const files = new Files(new Map([["/", mount]]), () => 0n);
  try {
    unpack(files, "/", readEveryEntry(archive.read()), { style: archives.unpacking, onDisk: true });
  } catch (error) {
    if (!(error instanceof TarError || error instanceof UnpackError)) throw error;
    throw engineError(500, archives.unpackFailure(error.message));
  }
  return { files, directory, plain: (file) => archive.plain(file) };
}

function renames({ images }: Daemon, reference: Reference, image: Image): string | undefined {
  const old = images.referenced(reference);
  if (!old || old === image) return undefined;
  const name = familiarString(reference);
  return `The image ${name} already exists, renaming the old one with ID ${old.id} to empty string\n`;
}

/** Loads one image. @returns `undefined` for one of another platform than asked for */
function loadImage(
  daemon: Daemon,
  from: Unpacked,
  { Config = "", Layers }: ManifestLine,
  platform: Platform | undefined,
): Image | undefined {
  const bytes = readUnpacked(from, Config);
  const config = readConfigFile(daemon.release, bytes);
  const { os = "", architecture = "", variant = "" } = config;
  checkSystem(os);
  if (platform && !isSamePlatform({ os, architecture, variant }, platform)) return undefined;
  const existing = loadedBefore(daemon, bytes);
  if (existing) return existing;
  const digests = config.rootfs?.diff_ids ?? [];
  const paths = Layers ?? [];
  if (digests.length !== paths.length) {
    throw engineError(
      500,
      `invalid manifest, layers length mismatch: expected ${paths.length}, got ${digests.length}`,
    );
  }
  return addLoaded(daemon, bytes, loadLayers(daemon, from, paths, digests), "");
}

function loadLayers(
  daemon: Daemon,
  from: Unpacked,
  paths: readonly string[],
  digests: readonly string[],
): Layer[] {
  const layers: Layer[] = [];
  for (const [at, path] of paths.entries()) {
    const digest = digests[at] ?? "";
    const layer = presentLayer(daemon, layers, digest) ?? loadLayer(daemon, from, path, treeOf(layers)).layer;
    if (layer.digest !== digest) {
      throw engineError(
        500,
        `invalid diffID for layer ${at}: expected ${JSON.stringify(digest)}, got ${JSON.stringify(layer.digest)}`,
      );
    }
    layers.push(layer);
  }
  return layers;
}

/** Returns the layer that the engine has on top of the same layers. It is not read again. */
function presentLayer({ images }: Daemon, below: readonly Layer[], digest: string): Layer | undefined {
  for (const { layers } of images.values()) {
    const layer = layers[below.length];
    if (layer?.digest === digest && below.every((one, at) => one.digest === layers[at]?.digest)) return layer;
  }
  return undefined;
}
