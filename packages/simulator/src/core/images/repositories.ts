import { emptyTree, type Tree } from "@dryharbor/kernel/host";
import { engineError } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import { sortedByKey } from "../go-order.js";
import { goJson } from "../json/encode.js";
import type { Release } from "../releases/release.js";
import { type OldConfig, readOldConfig, readRepositories } from "./archive-files.js";
import type { Image } from "./image.js";
import type { Layer } from "./layer.js";
import { addLoaded, checkSystem, loadLayer, readUnpacked, type Unpacked } from "./loaded.js";
import { authorAndCommand } from "./new-image.js";
import { parseReference, type Reference, withTag } from "./reference.js";

/** The image of one directory, with what the images above it need: its layers, files and history. */
interface Loaded {
  readonly image: Image;
  readonly layers: readonly Layer[];
  readonly root: Tree;
  readonly history: readonly object[];
}

/**
 * Loads an archive without a manifest, in which every directory is an image and the file `repositories` has
 * the tags. Follows moby's image/tarexport legacyLoad. The load reports no image.
 *
 * @param name called for each tag
 * @throws 500 if something is missing; images loaded before stay
 */
export function loadRepositories(
  daemon: Daemon,
  from: Unpacked,
  name: (reference: Reference, image: Image) => void,
): void {
  const loaded = new Map<string, Loaded>();
  for (const entry of from.files.list("/")) {
    if (from.files.lstat(`/${entry}`).type === "directory") loadDirectory(daemon, from, entry, loaded);
  }
  const repositories = readRepositories(daemon.release, readUnpacked(from, "repositories"));
  for (const [repository, tags] of Object.entries(repositories)) {
    for (const [tag, directory] of Object.entries(tags ?? {})) {
      const found = loaded.get(directory);
      if (!found) throw engineError(500, `invalid target ID: ${directory}`);
      name(withTag(parseReference(daemon.release, repository), tag), found.image);
    }
  }
}

function loadDirectory(
  daemon: Daemon,
  from: Unpacked,
  directory: string,
  loaded: Map<string, Loaded>,
): Loaded {
  const before = loaded.get(directory);
  if (before) return before;
  const { known: old, whole } = readOldConfig(daemon.release, readUnpacked(from, `${directory}/json`));
  checkSystem(old.os);
  const parent = old.parent ? loadDirectory(daemon, from, old.parent, loaded) : undefined;
  const { layer, root } = loadLayer(daemon, from, `${directory}/layer.tar`, parent?.root ?? emptyTree);
  const layers = [...(parent?.layers ?? []), layer];
  const history = [...(parent?.history ?? []), historyOf(daemon, old)];
  const bytes = newConfig(daemon.release, whole, layers, history);
  const image = addLoaded(daemon, bytes, layers, parent?.image.id ?? "");
  const result = { image, layers, root, history };
  loaded.set(directory, result);
  return result;
}

/** Returns a history entry. The order of its keys matters, since the image's id is a digest of them. */
function historyOf({ release }: Daemon, { created, author, comment, container_config }: OldConfig): object {
  const command = [container_config?.Cmd ?? []].flat().join(" ");
  return {
    ...(created !== undefined && { created }),
    ...authorAndCommand(release, author, command),
    ...(comment && { comment }),
  };
}

/** The keys that a configuration no longer has. moby's image/v1 MakeConfigFromV1Config. */
const dropped: readonly string[] = ["id", "parent", "Size", "parent_id", "layer_id", "throwaway"];

function newConfig(
  release: Release,
  old: Readonly<Record<string, unknown>>,
  layers: readonly Layer[],
  history: readonly object[],
): Uint8Array {
  const config = {
    ...Object.fromEntries(Object.entries(old).filter(([key]) => !dropped.includes(key))),
    rootfs: { type: "layers", diff_ids: layers.map(({ digest }) => digest) },
    history,
  };
  return new TextEncoder().encode(goJson(release, sortedByKey(config)));
}
