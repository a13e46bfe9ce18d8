import type { FileSystem, Files, Tree } from "@dryharbor/kernel/host";
import { tarOf } from "@dryharbor/kernel/tar";
import { changesOf } from "../archive/changes.js";
import { layerEntries } from "../archive/layer.js";
import type { Daemon } from "../daemon.js";
import { emptyLayer, type Layer } from "./layer.js";
import { layerOf, storedLayer } from "./layer-files.js";

/** Makes the layer of what has changed in a file system. Returns `undefined` where nothing has. */
export function layerOfChanges(
  daemon: Daemon,
  files: Files,
  system: FileSystem,
  below: Tree,
): Layer | undefined {
  const entries = layerEntries(daemon.release, files, changesOf(system), daemon.clock.now());
  const { layer } = layerOf(tarOf(entries), below);
  return layer.digest === emptyLayer ? undefined : storedLayer(daemon.release, layer);
}
