// The directories of a container's own files that overlayfs merges from several layers: those of the image that the
// container's layer has too, and those of the layer that the engine lays between the two.
import { type FileSystem, rootInode, type Tree } from "@dryharbor/kernel/host";

/** Tells whether a directory is merged, so that `stat` counts no links of it. Seen on the three engines. */
export function isMerged(base: Tree, layer: FileSystem | null, directory: number): boolean {
  return (
    directory === rootInode ||
    directory === etcOf(base) ||
    (layer?.base.inodes.has(directory) && inBoth(layer, directory)) === true
  );
}

/** The engine's own layer has /etc, /dev, /proc and /sys. All but the first are mounted over. */
function etcOf({ inodes }: Tree): number | undefined {
  const root = inodes.get(rootInode);
  return root?.type === "directory" ? root.entries.get("etc") : undefined;
}

interface Known {
  readonly revision: number;
  readonly directories: ReadonlySet<number>;
}

const known = new WeakMap<FileSystem, Known>();

function inBoth(layer: FileSystem, directory: number): boolean {
  let found = known.get(layer);
  if (found?.revision !== layer.revision) {
    found = { revision: layer.revision, directories: copiedUp(layer) };
    known.set(layer, found);
  }
  return found.directories.has(directory);
}

/** Returns the directories that the layer has: those that were changed, and those above whatever was. */
function copiedUp(layer: FileSystem): ReadonlySet<number> {
  const directories = new Set<number>();
  const isIn = (number: number): boolean => {
    const inode = layer.get(number);
    let changed = layer.changed.has(number);
    if (inode?.type !== "directory") return changed;
    for (const entry of inode.entries.values()) changed = isIn(entry) || changed;
    if (changed) directories.add(number);
    return changed;
  };
  isIn(rootInode);
  return directories;
}
