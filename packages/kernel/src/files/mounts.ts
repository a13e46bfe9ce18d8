import type { FileSystem } from "./file-system.js";

/** A file system, or one inode of it, that is mounted at some path. */
export interface Mount {
  /** To read from. Asked anew each time: another may have changed it. */
  readonly files: () => FileSystem;
  /** To change; `undefined` where it is mounted for reading only. */
  readonly change: (() => FileSystem) | undefined;
  /** The inode at the path. */
  readonly root: number;
  /** Nanoseconds: the time of files whose own is {@link mountTime}. */
  readonly since?: bigint;
}

/** The time of files that came with the mount, which they share with others. */
export const mountTime = -1n;

/** All that is mounted, by absolute path without symbolic links; there is always `/`. */
export interface MountTable {
  get(path: string): Mount | undefined;
}
