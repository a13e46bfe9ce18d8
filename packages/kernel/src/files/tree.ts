import type { Inode } from "./inode.js";

/** An immutable file system. File systems that are based on it share it. */
export interface Tree {
  readonly inodes: ReadonlyMap<number, Inode>;
  /** The number that the next inode gets. */
  readonly next: number;
}

/** The inode number of the root directory, in every file system. */
export const rootInode = 1;

/** A tree that has only an empty root directory. */
export const emptyTree: Tree = {
  inodes: new Map([
    [
      rootInode,
      { type: "directory", mode: 0o755, uid: 0, gid: 0, mtime: 0n, links: 1, entries: new Map() } as const,
    ],
  ]),
  next: 2,
};
