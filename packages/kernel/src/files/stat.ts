import { type Inode, sizeOf } from "./inode.js";
import { type Mount, mountTime } from "./mounts.js";

/** What there is to know of a file beside its content. */
export interface FileStat {
  readonly type: Inode["type"];
  /** Permissions, with set-user-id, set-group-id and the sticky bit. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Bytes. */
  readonly size: number;
  /** When it was changed last, in nanoseconds. */
  readonly mtime: bigint;
  /** How many names lead to it; of a directory, one for itself, one for its name and one for each directory in it. */
  readonly links: number;
  /** Its number, the same for all its names. */
  readonly inode: number;
  /** What it is mounted with: the numbers are unique within. */
  readonly system: object;
  /** Of a device; 0 for anything else. */
  readonly major: number;
  readonly minor: number;
}

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
    links: type === "directory" ? 2 + directoriesIn(mount, inode.entries) : inode.links,
    inode: number,
    system: mount,
    major: isDevice ? inode.major : 0,
    minor: isDevice ? inode.minor : 0,
  };
}

function directoriesIn({ files }: Mount, entries: ReadonlyMap<string, number>): number {
  const all = files();
  let count = 0;
  for (const number of entries.values()) if (all.get(number)?.type === "directory") count++;
  return count;
}
