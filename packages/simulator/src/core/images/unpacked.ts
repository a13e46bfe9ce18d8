// How much of the host's disk the files of a layer take, as containerd's snapshotter counts it: whole blocks of every
// inode in the layer's directory. The numbers are those of ext4.

import type { TarEntry } from "@dryharbor/kernel/tar";
import { baseName, cleanPath, parentOf } from "../archive/path.js";

const block = 4096;
/** A symbolic link of fewer bytes is kept in its inode. */
const longLink = 60;
/** What a directory's first block has besides entries: those of itself and its parent, and a checksum. */
const directoryHead = 36;
/** How full the further blocks of a directory are, which are split when they are full. */
const splitFill = 3072;

/** Returns the bytes that the files of a layer take on the host's disk. */
export function bytesOnDisk(entries: Iterable<TarEntry>): number {
  const files = new Map<string, number>();
  const directories = new Map<string, number>([["/", 0]]);
  const enter = (path: string) => {
    for (let at = path; at !== "/"; at = parentOf(at)) {
      const directory = parentOf(at);
      const known = directories.has(directory);
      directories.set(directory, (directories.get(directory) ?? 0) + entrySize(baseName(at)));
      if (known) break;
    }
  };
  for (const entry of entries) {
    const path = cleanPath(entry.name);
    if (path === "/") continue;
    if (!files.has(path) && !directories.has(path)) enter(path);
    if (entry.type === "directory") {
      files.delete(path);
      if (!directories.has(path)) directories.set(path, 0);
    } else {
      files.set(path, bytesOf(entry));
    }
  }
  let sum = 0;
  for (const bytes of files.values()) sum += bytes;
  for (const bytes of directories.values()) sum += directorySize(bytes);
  return sum;
}

function bytesOf({ type, content, linkName }: TarEntry): number {
  if (type === "file") return Math.ceil(content.length / block) * block;
  return type === "symlink" && linkName.length >= longLink ? block : 0;
}

function entrySize(name: string): number {
  return 8 + Math.ceil(new TextEncoder().encode(name).length / 4) * 4;
}

/** A directory of more than one block has one more, by which names are found. */
function directorySize(entries: number): number {
  if (entries + directoryHead <= block) return block;
  return (1 + Math.max(2, Math.ceil(entries / splitFill))) * block;
}
