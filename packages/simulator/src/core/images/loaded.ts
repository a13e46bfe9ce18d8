import { FileError, type Files } from "@dryharbor/kernel";
import type { Tree } from "@dryharbor/kernel/host";
import { engineError, type ImageConfig } from "@dryharbor/sdk/port";
import { cleanPath } from "../archive/path.js";
import { UnpackError } from "../archive/unpack.js";
import type { Daemon } from "../daemon.js";
import { parseInstant } from "../filters/timestamp.js";
import { TarError } from "../tar/read.js";
import { wholeConfig } from "./config.js";
import { digestOfBytes } from "./digest.js";
import type { Image } from "./image.js";
import { type Layer, layerOf } from "./layer.js";
import { savedIdOf } from "./save.js";

/** An unpacked archive of images. */
export interface Unpacked {
  readonly files: Files;
  /** The engine's directory on the host, which messages mention. */
  readonly directory: string;
}

/** An image's configuration file in an archive. */
export interface ConfigFile {
  readonly architecture?: string;
  readonly author?: string;
  readonly comment?: string;
  readonly config?: Partial<ImageConfig> | null;
  readonly created?: string;
  readonly docker_version?: string;
  readonly history?: readonly {
    readonly created?: string;
    readonly created_by?: string;
    readonly author?: string;
    readonly comment?: string;
    readonly empty_layer?: boolean;
  }[];
  readonly rootfs?: { readonly diff_ids?: readonly string[] };
}

/** Reads a file of the archive. @throws 500 if it is missing */
export function readUnpacked({ files, directory }: Unpacked, path: string): Uint8Array {
  const clean = cleanPath(path);
  try {
    return files.read(clean);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw engineError(500, `open ${directory}${clean}: ${error.message.toLowerCase()}`);
  }
}

/** Parses JSON. @throws 500 */
export function json(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw engineError(500, "invalid JSON");
  }
}

/** Returns the image with this configuration if the daemon has it, or `undefined`. */
export function loadedBefore(daemon: Daemon, config: Uint8Array): Image | undefined {
  const id = digestOfBytes(config);
  return (
    daemon.images.get(id) ?? [...daemon.images.values()].find((image) => savedIdOf(daemon, image) === id)
  );
}

/**
 * Adds an image of an archive, or returns the one that the daemon has already.
 *
 * @param parent the id of the image below it, or an empty text
 */
export function addLoaded(
  daemon: Daemon,
  bytes: Uint8Array,
  layers: readonly Layer[],
  parent: string,
): Image {
  const existing = loadedBefore(daemon, bytes);
  if (existing) return existing;
  const config = json(bytes) as ConfigFile;
  const image: Image = {
    id: digestOfBytes(bytes),
    created: instant(daemon, config.created),
    config: wholeConfig(config.config ?? {}),
    architecture: config.architecture ?? "amd64",
    size: layers.reduce((sum, { size }) => sum + size, 0),
    layers,
    history: (config.history ?? []).map((entry) => ({
      created: instant(daemon, entry.created),
      createdBy: entry.created_by ?? "",
      author: entry.author ?? "",
      comment: entry.comment ?? "",
      empty: entry.empty_layer ?? false,
    })),
    parent,
    author: config.author ?? "",
    comment: config.comment ?? "",
    container: null,
    dockerVersion: config.docker_version ?? "",
    like: null,
    executables: new Set(),
    inert: false,
    references: [],
    taggedAt: 0n,
  };
  daemon.images.add(image);
  return image;
}

function instant({ clock }: Daemon, time: string | undefined): bigint {
  return time === undefined || time.startsWith("0001-") ? 0n : parseInstant(time, clock);
}

/** Reads a layer on top of those below. @throws 500 if it is missing or cannot be unpacked */
export function loadLayer(
  daemon: Daemon,
  from: Unpacked,
  path: string,
  below: Tree,
): { readonly layer: Layer; readonly root: Tree } {
  try {
    return layerOf(readUnpacked(from, path), below, daemon.release.archives.unpacking);
  } catch (error) {
    if (error instanceof TarError || error instanceof UnpackError) {
      throw engineError(500, daemon.release.archives.unpackFailure(error.message));
    }
    throw error;
  }
}
