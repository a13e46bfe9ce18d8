// Inodes: the objects that a file system consists of. An inode is never changed; a change replaces it by
// another.

interface Attributes {
  /** The permissions with set-user-id, set-group-id and the sticky bit: 12 bits. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** The time of the last change, in nanoseconds since 1970. */
  readonly mtime: bigint;
  /** The number of names (hard links). A directory has only one name, so the number is always 1. */
  readonly links: number;
  /** The size that `stat` shows, where it does not follow from the content. */
  readonly shownSize?: number;
  /** The number of links that `stat` shows, where it does not follow from the rest. */
  readonly shownLinks?: number;
}

interface RegularFile extends Attributes {
  readonly type: "file";
  readonly content: Uint8Array;
}

/** A directory. */
export interface Directory extends Attributes {
  readonly type: "directory";
  /** Inode numbers by name. */
  readonly entries: ReadonlyMap<string, number>;
}

interface SymbolicLink extends Attributes {
  readonly type: "symlink";
  readonly target: string;
  /** Whether the link leads to the PID of the process that reads it, whatever its target says. */
  readonly isOfReader?: boolean;
}

interface Device extends Attributes {
  readonly type: "character device" | "block device";
  readonly major: number;
  readonly minor: number;
}

/** A FIFO, or the socket that a process listens on. */
interface Special extends Attributes {
  readonly type: "fifo" | "socket";
}

/** An inode: a file, a directory, a symbolic link, a device, a FIFO or a socket. */
export type Inode = RegularFile | Directory | SymbolicLink | Device | Special;

/** An inode that is not in a file system yet. */
export type NewInode =
  | Omit<RegularFile, "links">
  | Omit<Directory, "links">
  | Omit<SymbolicLink, "links">
  | Omit<Device, "links">
  | Omit<Special, "links">;

/** The attributes of an inode that can be changed by themselves. */
export type ChangedAttributes = Partial<Pick<Attributes, "mode" | "uid" | "gid" | "mtime">>;

/** Returns the size of an inode in bytes, as stat(2) shows it. */
export function sizeOf(inode: Inode): number {
  if (inode.shownSize !== undefined) return inode.shownSize;
  switch (inode.type) {
    case "file":
      return inode.content.length;
    case "directory":
      return directorySize(inode.entries.keys());
    case "symlink":
      return new TextEncoder().encode(inode.target).length;
    default:
      return 0;
  }
}

const block = 4096;

/**
 * Returns the size of a directory as in ext4: one block, or an index block and blocks that are three quarters
 * full.
 */
function directorySize(names: Iterable<string>): number {
  // `.`, `..` and the checksum.
  let used = 36;
  for (const name of names) used += 8 + Math.ceil(name.length / 4) * 4;
  return used <= block ? block : block * (1 + Math.max(2, Math.ceil(used / (block * 0.75))));
}

/** Returns where a symbolic link leads. @param pid the process that reads it */
export function targetOf({ target, isOfReader }: SymbolicLink, pid: number): string {
  return isOfReader ? String(pid) : target;
}
