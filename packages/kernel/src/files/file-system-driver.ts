import type { ChangedAttributes, Inode, NewInode } from "./inode.js";

/** A name in a directory of a file system. */
export interface Entry {
  /** The number of the directory's inode. */
  readonly directory: number;
  readonly name: string;
}

/** An inode that is kept reachable. */
export interface HeldInode {
  readonly number: number;
  letGo(): void;
}

/**
 * A file system as mounts see it. `FileSystem` is the one in memory. Another kind of file system can be mounted
 * by giving an object of this shape, such as one over the files of a real machine.
 *
 * Every operation takes numbers of inodes. Whoever calls has walked the path, has checked that names are free
 * or taken as the operation needs it, and never gives a name with a slash, `.` or `..`. An operation that
 * fails throws a `FileError`. `now` is the time of a change in nanoseconds since 1970. A file system with a
 * clock of its own need not use it.
 */
export interface FileSystemDriver {
  /**
   * Returns an inode, or `undefined` when it is gone. The number of the root stays the same.
   *
   * The content of a file and the entries of a directory may be looked up when they are asked for.
   */
  get(number: number): Inode | undefined;
  /**
   * Refuses to open a file that may not be read or written. It is missing where everybody may do everything, as in
   * memory.
   */
  checkAccess?(number: number, how: { readonly read: boolean; readonly write: boolean }): void;
  /** Reads at most `length` bytes of a file. Returns an empty array at its end. */
  read(number: number, position: number, length: number): Uint8Array;
  /** Makes a file under a free name and returns its number. */
  make(at: Entry, inode: NewInode, now: bigint): number;
  /** Gives an inode that is no directory another, free name. */
  link(number: number, at: Entry, now: bigint): void;
  /** Removes a name of an inode, which goes with its last name. A directory is empty. */
  unlink(at: Entry, now: bigint): void;
  /** Gives what is at `from` the name `to`. What has that name is replaced. */
  move(from: Entry, to: Entry, now: bigint): void;
  /** Changes permissions, owner or time. */
  change(number: number, attributes: ChangedAttributes): void;
  /** Writes into a file. A gap between its end and `position` is filled with zero bytes. */
  write(number: number, position: number, data: Uint8Array, now: bigint): void;
  /**
   * Keeps an inode reachable even when its last name goes. A mount that lasts calls it. It is missing where that
   * cannot be done.
   *
   * @returns the number by which it can be reached until `letGo` is called
   */
  hold?(number: number): HeldInode;
  /** Changes the size of a file: cut off, or extended by zero bytes. */
  resize(number: number, size: number, now: bigint): void;
}
