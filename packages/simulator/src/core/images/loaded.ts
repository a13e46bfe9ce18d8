import { FileError, type Files } from "@dryharbor/kernel";
import type { Tree } from "@dryharbor/kernel/host";
import { TarError } from "@dryharbor/kernel/tar";
import { type ContainerConfig, engineError } from "@dryharbor/sdk/port";
import { parseInstant } from "@dryharbor/sdk/timestamp";
import type { ImageArchive } from "../archive/archive.js";
import { cleanPath, parentOf } from "../archive/path.js";
import { UnpackError } from "../archive/unpack-error.js";
import type { Daemon } from "../daemon.js";
import { readConfigFile } from "./archive-files.js";
import { wholeConfig } from "./config.js";
import { digestOfBytes } from "./digest.js";
import type { Image } from "./image.js";
import type { Layer } from "./layer.js";
import { layerOf } from "./layer-files.js";
import { hostPlatform, normalPlatform } from "./platform.js";
import { savedIdOf } from "./save.js";

/** An unpacked archive of images. */
export interface Unpacked {
  readonly files: Files;
  /** The engine's directory on the host, which messages mention. */
  readonly directory: string;
  /** Decompresses a layer. */
  readonly plain: ImageArchive["plain"];
}

/**
 * Reads a file of the archive. Symbolic links lead to files of the archive only.
 *
 * @throws 500 if it is missing, or outside of the archive
 */
export function readUnpacked({ files, directory }: Unpacked, path: string): Uint8Array {
  const whole = cleanPath(`${directory}/${path}`);
  if (whole !== directory && !whole.startsWith(`${directory}/`)) {
    throw engineError(500, `evalSymlinksInScope: ${whole} is not in ${directory}`);
  }
  const place = followed(files, whole.slice(directory.length) || "/");
  try {
    return files.read(place);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const verb = error.code === "EISDIR" ? "read" : "open";
    throw engineError(
      500,
      `${verb} ${directory}${place === "/" ? "" : place}: ${error.message.toLowerCase()}`,
    );
  }
}

/** Returns where a chain of symbolic links ends, which need not be a file. */
function followed(files: Files, path: string): string {
  let place = path;
  for (let links = 0; links < 255; links++) {
    if (!files.isThere(place) || files.lstat(place).type !== "symlink") return place;
    const target = files.readlink(place);
    place = cleanPath(target.startsWith("/") ? target : `${parentOf(place)}/${target}`);
  }
  return place;
}

/** Checks the system of an image. @throws 500 for another than that of the host */
export function checkSystem(os = ""): void {
  if (os !== "" && normalPlatform({ ...hostPlatform, os }).os !== hostPlatform.os) {
    throw engineError(500, `cannot load ${os} image on ${hostPlatform.os}`);
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
  const config = readConfigFile(daemon.release, bytes);
  const history = config.history ?? [];
  if (history.filter(({ empty_layer }) => !empty_layer).length > layers.length) {
    throw engineError(500, "too many non-empty layers in History section");
  }
  const image: Image = {
    id: digestOfBytes(bytes),
    created: instant(daemon, config.created),
    ...inZone(config.created),
    config: wholeConfig(config.config ?? {}),
    ...(!config.config && { showsNoConfig: true as const }),
    os: config.os ?? "",
    ...(config["os.version"] && { osVersion: config["os.version"] }),
    architecture: config.architecture ?? "",
    variant: config.variant ?? "",
    file: new TextDecoder().decode(bytes),
    size: layers.reduce((sum, { size }) => sum + size, 0),
    layers,
    history: history.map((entry) => ({
      created: instant(daemon, entry.created),
      createdBy: entry.created_by ?? "",
      author: entry.author ?? "",
      comment: entry.comment ?? "",
      empty: entry.empty_layer ?? false,
    })),
    parent,
    author: config.author ?? "",
    comment: config.comment ?? "",
    container: config.container
      ? { id: config.container, config: config.container_config ?? ({} as ContainerConfig) }
      : null,
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

/** Returns a time that is not in UTC as Go writes it: without zeros at the end of its fraction. */
function inZone(time = ""): Pick<Image, "createdInZone"> {
  const [, until, fraction = "", zone] = /^([^.]+?)(\.\d+)?([+-]\d{2}:\d{2})$/.exec(time) ?? [];
  if (until === undefined || zone === "+00:00" || zone === "-00:00") return {};
  return { createdInZone: `${until}${fraction.replace(/\.?0+$/, "")}${zone}` };
}

/** Reads a layer on top of those below. @throws 500 if it is missing or cannot be unpacked */
export function loadLayer(
  daemon: Daemon,
  from: Unpacked,
  path: string,
  below: Tree,
): { readonly layer: Layer; readonly root: Tree } {
  try {
    return layerOf(from.plain(readUnpacked(from, path)), below, daemon.release);
  } catch (error) {
    if (error instanceof TarError || error instanceof UnpackError) {
      throw engineError(500, daemon.release.archives.unpackFailure(error.message));
    }
    throw error;
  }
}
