// What a file system is made of. Inodes are never changed: a change puts another in their place.

interface Attributes {
  /** Permissions, with set-user-id, set-group-id and the sticky bit: 12 bits. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Nanoseconds. */
  readonly mtime: bigint;
  /** How many names lead to it. Of a directory always 1: it has one place. */
  readonly links: number;
}

interface RegularFile extends Attributes {
  readonly type: "file";
  readonly content: Uint8Array;
}

export interface Directory extends Attributes {
  readonly type: "directory";
  /** Inode numbers by name. */
  readonly entries: ReadonlyMap<string, number>;
}

interface SymbolicLink extends Attributes {
  readonly type: "symlink";
  readonly target: string;
}

interface Device extends Attributes {
  readonly type: "character device" | "block device";
  readonly major: number;
  readonly minor: number;
}

interface Fifo extends Attributes {
  readonly type: "fifo";
}

export type Inode = RegularFile | Directory | SymbolicLink | Device | Fifo;

/** An inode that is not in a file system yet. */
export type NewInode =
  | Omit<RegularFile, "links">
  | Omit<Directory, "links">
  | Omit<SymbolicLink, "links">
  | Omit<Device, "links">
  | Omit<Fifo, "links">;

/** What `stat` says of its size. */
export function sizeOf(inode: Inode): number {
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

/** As ext4 has it: one block, or else a block for the index and blocks that are three quarters full. */
function directorySize(names: Iterable<string>): number {
  // `.`, `..` and the checksum.
  let used = 36;
  for (const name of names) used += 8 + Math.ceil(name.length / 4) * 4;
  return used <= block ? block : block * (1 + Math.max(2, Math.ceil(used / (block * 0.75))));
}
