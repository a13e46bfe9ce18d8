// How much of the host's disk a container's own files take, as containerd's snapshotter counts it: whole blocks of every
// inode in the directory that overlayfs writes to. The numbers are those of ext4.

import { type FileSystem, type Inode, rootInode, sizeOf } from "@dryharbor/kernel/host";
import { changesOf } from "../archive/changes.js";
import { parentOf } from "../archive/path.js";
import type { Image } from "../images/image.js";
import { rootOf } from "../images/root.js";

const block = 4096;

/** Directories that every container has. An image may have them, or the same layer of a container that it was made from. */
const everywhere = ["/dev/pts", "/dev/shm", "/proc", "/sys"];

/**
 * Returns the bytes of the layer between a container's own and its image: the root, /dev and /etc, for `/etc/hosts` and the
 * like, and the directories that the image lacks.
 */
export function initLayerSize(image: Image | null | undefined): number {
  const hasAll = image?.layers.some(({ init }) => init !== undefined) ?? false;
  const made = hasAll
    ? []
    : everywhere.filter((path) => !image || inodeAt(rootOf(image).inodes, path) === undefined);
  return (3 + made.length) * block;
}

/**
 * Returns the bytes of a container's own files on the host's disk; at least those of their directory.
 *
 * @param copiesEtc the engine has mounted its own /etc/hosts over the container's, which copies /etc from below
 */
export function blocksOf(layer: FileSystem | null | undefined, copiesEtc = false): number {
  let sum = copiesEtc ? 3 * block : block;
  if (!layer) return sum;
  const seen = new Set<number>();
  const added = new Set<string>();
  for (const { Path, Kind } of changesOf(layer)) {
    if (Kind === 2 || (copiesEtc && Path === "/etc")) continue;
    if (Kind === 1) added.add(Path);
    const number = inodeAt(layer, Path);
    const inode = number === undefined ? undefined : layer.get(number);
    if (number === undefined || !inode || seen.has(number)) continue;
    seen.add(number);
    // A file that was copied from the image has a block of attributes that tell of it.
    const isCopied = layer.base.inodes.get(number) !== undefined && !added.has(parentOf(Path));
    sum += sizeOnDisk(inode, isCopied);
  }
  return sum;
}

function sizeOnDisk(inode: Inode, isCopied: boolean): number {
  if (inode.type === "directory") return block;
  if (inode.type !== "file") return 0;
  return Math.ceil(sizeOf(inode) / block) * block + (isCopied ? block : 0);
}

function inodeAt(layer: Pick<ReadonlyMap<number, Inode>, "get">, path: string): number | undefined {
  let number: number | undefined = rootInode;
  for (const name of path.split("/").filter(Boolean)) {
    const directory: Inode | undefined = number === undefined ? undefined : layer.get(number);
    number = directory?.type === "directory" ? directory.entries.get(name) : undefined;
  }
  return number;
}
