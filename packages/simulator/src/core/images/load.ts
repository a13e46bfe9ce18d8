import { emptyTree, FileSystem, Files, rootInode } from "@dryharbor/kernel/host";
import { EngineError, engineError } from "@dryharbor/sdk/port";
import type { Archive } from "../archive/archive.js";
import { UnpackError, unpack } from "../archive/unpack.js";
import type { Daemon } from "../daemon.js";
import { readTar, TarError } from "../tar/read.js";
import { emitImageEvent } from "./events.js";
import type { Image } from "./image.js";
import type { Layer } from "./layer.js";
import {
  addLoaded,
  type ConfigFile,
  json,
  loadedBefore,
  loadLayer,
  readUnpacked,
  type Unpacked,
} from "./loaded.js";
import { familiarString, parseReference, type Reference, withDefaultTag } from "./reference.js";
import { loadRepositories } from "./repositories.js";

/** The progress of a load, and the error that ended it. */
export interface Loaded {
  readonly steps: readonly { readonly stream: string }[];
  readonly failure?: EngineError;
}

interface ManifestLine {
  readonly Config: string;
  readonly RepoTags: readonly string[] | null;
  readonly Layers: readonly string[] | null;
}

/**
 * Answers `POST /images/load`: adds the images of an archive that {@link saveImages} or an engine made.
 * Errors are part of the answer.
 */
export function loadImages(daemon: Daemon, archive: Archive): Loaded {
  const steps: { stream: string }[] = [];
  try {
    const from = unpacked(daemon, archive);
    if (!from.files.exists("/manifest.json")) {
      loadRepositories(daemon, from, (reference, image) => {
        const renamed = renames(daemon, reference, image);
        if (renamed) steps.push({ stream: renamed });
        daemon.images.refer(reference, image);
      });
      return { steps };
    }
    for (const line of json(readUnpacked(from, "manifest.json")) as readonly ManifestLine[]) {
      const image = loadImage(daemon, from, line);
      const names = (line.RepoTags ?? []).map((name) => withDefaultTag(parseReference(daemon.release, name)));
      for (const reference of names) {
        const renamed = renames(daemon, reference, image);
        if (renamed) steps.push({ stream: renamed });
        daemon.images.refer(reference, image);
        steps.push({ stream: `Loaded image: ${familiarString(reference)}\n` });
      }
      if (names.length === 0) steps.push({ stream: `Loaded image ID: ${image.id}\n` });
      emitImageEvent(daemon, "load", image.id, image.id, image);
    }
    return { steps };
  } catch (error) {
    if (error instanceof EngineError) return { steps, failure: error };
    throw error;
  }
}

function unpacked(daemon: Daemon, archive: Archive): Unpacked {
  const { archives } = daemon.release;
  const directory = `${daemon.settings.dataRoot}/tmp/docker-import-${1_000_000_000 + daemon.random.below(2 ** 31)}`;
  const system = new FileSystem(emptyTree);
  const mount = { files: () => system, change: () => system, root: rootInode };
  const files = new Files(new Map([["/", mount]]), () => 0n);
  try {
    unpack(files, "/", readTar(archive.read()), { style: archives.unpacking });
  } catch (error) {
    if (!(error instanceof TarError || error instanceof UnpackError)) throw error;
    throw engineError(500, archives.unpackFailure(error.message));
  }
  return { files, directory };
}

function renames({ images }: Daemon, reference: Reference, image: Image): string | undefined {
  const old = images.referenced(reference);
  if (!old || old === image) return undefined;
  const name = familiarString(reference);
  return `The image ${name} already exists, renaming the old one with ID ${old.id} to empty string\n`;
}

function loadImage(daemon: Daemon, from: Unpacked, { Config, Layers }: ManifestLine): Image {
  const bytes = readUnpacked(from, Config);
  const existing = loadedBefore(daemon, bytes);
  if (existing) return existing;
  const digests = (json(bytes) as ConfigFile).rootfs?.diff_ids ?? [];
  const paths = Layers ?? [];
  if (digests.length !== paths.length) {
    throw engineError(
      500,
      `invalid manifest, layers length mismatch: expected ${digests.length}, got ${paths.length}`,
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
  let below = emptyTree;
  return paths.map((path, at) => {
    const { layer, root } = loadLayer(daemon, from, path, below);
    below = root;
    if (layer.digest === digests[at]) return layer;
    throw engineError(
      500,
      `invalid diffID for layer ${at}: expected ${JSON.stringify(digests[at])}, got ${JSON.stringify(layer.digest)}`,
    );
  });
}
