import type { FileSystemDriver } from "./file-system-driver.js";

/** A mount: a file system, or one inode of it, at a path. */
export interface Mount {
  /**
   * Returns the file system for reading. It is called for each operation, because the file system may be
   * replaced.
   */
  readonly files: () => FileSystemDriver;
  /** Returns the file system for writing. `undefined` when the mount is read-only. */
  readonly change: (() => FileSystemDriver) | undefined;
  /** The number of the inode that is mounted. */
  readonly root: number;
  /** The time of the files whose own time is {@link mountTime}, in nanoseconds since 1970. */
  readonly since?: bigint;
  /** Tells whether a directory is merged from several layers. `stat` counts no links of it, as overlayfs does. */
  readonly isMerged?: (directory: number) => boolean;
}

/**
 * A marker for the time of a file: `stat` shows the time of its mount. Mounts that share a tree each show
 * their own.
 */
export const mountTime = -1n;

/** The mounts by absolute path without symbolic links. `/` is always mounted. */
export interface MountTable {
  get(path: string): Mount | undefined;
}
