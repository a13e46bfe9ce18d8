import type { Inode } from "./inode.js";

/** A file system that nobody changes any more. All file systems over it share it. */
export interface Tree {
  readonly inodes: ReadonlyMap<number, Inode>;
  /** The number that the next inode gets. */
  readonly next: number;
}

/** The number of every file system's root directory. */
export const rootInode = 1;

/** A root directory with nothing in it. */
export const emptyTree: Tree = {
  inodes: new Map([
    [
      rootInode,
      { type: "directory", mode: 0o755, uid: 0, gid: 0, mtime: 0n, links: 1, entries: new Map() } as const,
    ],
  ]),
  next: 2,
};
