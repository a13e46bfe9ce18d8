import type { FileSystem, Files, Tree } from "@dryharbor/kernel/host";
import { type TarEntry, tarOf } from "@dryharbor/kernel/tar";
import { engineError } from "@dryharbor/sdk/port";
import { changesOf } from "../archive/changes.js";
import { layerEntries } from "../archive/layer.js";
import { UnpackError } from "../archive/unpack-error.js";
import type { Daemon } from "../daemon.js";
import { compareText } from "../go-order.js";
import { emptyLayer, type Layer } from "./layer.js";
import { layerOf, storedLayer } from "./layer-files.js";

/**
 * Makes the layer of what has changed in a file system. Returns `undefined` where nothing has.
 *
 * @throws 500 a file has the name of a whiteout that cannot be
 * @param more paths that the layer has although they have not changed
 */
export function layerOfChanges(
  daemon: Daemon,
  files: Files,
  system: FileSystem,
  below: Tree,
  more: readonly string[] = [],
): Layer | undefined {
  const changes = changesOf(system);
  const unchanged = more.filter((path) => changes.every(({ Path }) => Path !== path));
  const entries = layerEntries(
    daemon.release,
    files,
    [...unchanged.map((Path) => ({ Path, Kind: 0 as const })), ...changes].sort((one, other) =>
      compareText(inTreeOrder(one.Path), inTreeOrder(other.Path)),
    ),
    daemon.clock.now(),
  );
  const layer = layerOfEntries(daemon, entries, below);
  return layer.digest === emptyLayer ? undefined : storedLayer(daemon.release, layer);
}

/** Makes the layer. @throws 500 a file has the name of a whiteout that cannot be */
function layerOfEntries({ release }: Daemon, entries: readonly TarEntry[], below: Tree): Layer {
  try {
    return layerOf(tarOf(entries), below, release.images.storesContent ? undefined : release).layer;
  } catch (error) {
    if (!(error instanceof UnpackError)) throw error;
    throw engineError(500, release.archives.unpackFailure(error.message));
  }
}

/** Returns a text that sorts a directory before what is in it, and that before its neighbours. */
function inTreeOrder(path: string): string {
  return path.replaceAll("/", "\0");
}
