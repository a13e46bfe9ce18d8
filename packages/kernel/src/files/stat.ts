import { type Inode, sizeOf } from "./inode.js";
import { type Mount, mountTime } from "./mounts.js";

/** The attributes of a file, as stat(2) returns them. */
export interface FileStat {
  readonly type: Inode["type"];
  /** The permissions with set-user-id, set-group-id and the sticky bit: 12 bits. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** The size in bytes. */
  readonly size: number;
  /** The time of the last change, in nanoseconds since 1970. */
  readonly mtime: bigint;
  /** The number of links. For a directory: its name, its `.`, and the `..` of each directory in it; 1 where it is merged. */
  readonly links: number;
  /** The inode number. All names of a file share it. */
  readonly inode: number;
  /** The identity of the mount. Inode numbers are unique within it. */
  readonly system: object;
  /** The major number of a device. 0 for other files. */
  readonly major: number;
  /** The minor number of a device. 0 for other files. */
  readonly minor: number;
}

/** Returns the attributes of an inode that was found in a mount. */
export function statOf(mount: Mount, number: number, inode: Inode): FileStat {
  const { type, mode, uid, gid, mtime } = inode;
  const isDevice = type === "character device" || type === "block device";
  return {
    type,
    mode,
    uid,
    gid,
    size: sizeOf(inode),
    mtime: mtime === mountTime ? (mount.since ?? 0n) : mtime,
    links: linksOf(mount, number, inode),
    inode: number,
    system: mount,
    major: isDevice ? inode.major : 0,
    minor: isDevice ? inode.minor : 0,
  };
}

function linksOf(mount: Mount, number: number, inode: Inode): number {
  if (inode.shownLinks !== undefined) return inode.shownLinks;
  if (inode.type !== "directory") return inode.links;
  return mount.isMerged?.(number) ? 1 : 2 + directoriesIn(mount, inode.entries);
}

function directoriesIn({ files }: Mount, entries: ReadonlyMap<string, number>): number {
  const all = files();
  let count = 0;
  for (const number of entries.values()) if (all.get(number)?.type === "directory") count++;
  return count;
}
