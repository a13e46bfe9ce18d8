// The file operations of a process: open, read, write, rename, stat and the others, over all mounts. Programs
// reach them as `files` of their `ProcessContext`; the code that sets processes up makes them from a mount
// table.
import type { Capabilities } from "../capabilities.js";
import { FileError } from "./file-error.js";
import { FileHandle, isWritten, type OpenOptions } from "./file-handle.js";
import type { Entry, FileSystemDriver } from "./file-system-driver.js";
import { type ChangedAttributes, type Inode, type NewInode, targetOf } from "./inode.js";
import type { Mount, MountTable } from "./mounts.js";
import {
  type Access,
  mayGive,
  mayLink,
  mayRemoveFrom,
  owns,
  permits,
  readAccess,
  searchAccess,
  writeAccess,
} from "./permissions.js";
import { type FileStat, statOf } from "./stat.js";
import { isTooLong, type Place, type Slot, walk } from "./walk.js";

/** The working directory, umask and user with which {@link Files} work. */
export interface FilesOptions {
  /** The absolute path at which relative paths begin. Default: `/`. */
  readonly cwd?: string;
  /** The permissions that a new file does not get. Default: 022. */
  readonly umask?: number;
  /** The user that owns new files, and whose permissions count. Default: 0, which is root. */
  readonly uid?: number;
  /** The group that owns new files. Default: 0, which is root. */
  readonly gid?: number;
  /** The user's supplementary groups. Default: none. */
  readonly groups?: readonly number[];
  /** The PID of the process, which `/proc/self` leads to. Default: 1. */
  readonly pid?: number;
  /** What the user may do when it is root. Default: everything. */
  readonly capabilities?: Capabilities;
}

/**
 * The file operations of a process, over all mounts. Paths are resolved as Linux resolves them. An operation
 * that fails throws a {@link FileError} with the errno that Linux gives.
 */
export class Files {
  readonly #mounts: MountTable;
  readonly #now: () => bigint;
  readonly #options: Required<Omit<FilesOptions, "capabilities">> & Pick<FilesOptions, "capabilities">;

  /** @param now returns the time of a change, in nanoseconds since 1970 */
  constructor(mounts: MountTable, now: () => bigint, options: FilesOptions = {}) {
    this.#mounts = mounts;
    this.#now = now;
    this.#options = { cwd: "/", umask: 0o022, uid: 0, gid: 0, groups: [], pid: 1, ...options };
  }

  /** The absolute path at which relative paths begin. */
  get cwd(): string {
    return this.#options.cwd;
  }

  /** Returns the same files with another working directory, umask or user. */
  with(options: FilesOptions): Files {
    return new Files(this.#mounts, this.#now, { ...this.#options, ...options });
  }

  /** Returns the same files with a directory as their root, as chroot(2) does it. */
  rooted(path: string): Files {
    const mounts = this.#mounts;
    const { mount, number, path: root } = this.#find(path);
    const top = { ...mount, root: number };
    const within = {
      get: (at: string) => (at === "/" ? top : mounts.get(root === "/" ? at : `${root}${at}`)),
    };
    return new Files(within, this.#now, { ...this.#options, cwd: "/" });
  }

  /** Opens a file, and creates it when `options.create` is set. */
  open(path: string, options: OpenOptions = {}): FileHandle {
    const { create = false, exclusive = false, truncate = false, mode = 0o666 } = options;
    const slot = this.#walk(path, !(create && exclusive));
    if (slot.place) {
      if (create && exclusive) throw new FileError("EEXIST");
      const { inode, mount } = slot.place;
      if (isWritten(options)) {
        if (inode.type === "directory") throw new FileError("EISDIR");
        if (inode.type === "file" && !mount.change) throw new FileError("EROFS");
      }
      if (inode.type === "fifo" || inode.type === "socket" || inode.type === "block device") {
        throw new FileError("ENXIO");
      }
      const write = isWritten(options);
      const read = options.read ?? !write;
      if (inode.type === "file" || inode.type === "directory") {
        this.#require(inode, (read ? readAccess : 0) | (write ? writeAccess : 0));
      }
      if (inode.type === "file") {
        mount.files().checkAccess?.(slot.place.number, { read, write });
      }
      const opened = new FileHandle(slot.place, options, this.#now);
      if (truncate && isWritten(options)) opened.truncate(0);
      return opened;
    }
    if (!create) throw new FileError("ENOENT");
    if (path.endsWith("/")) throw new FileError("EISDIR");
    return new FileHandle(
      this.#make(slot, { type: "file", content: new Uint8Array(), ...this.#attributes(mode) }),
      options,
      this.#now,
    );
  }

  /** Reads a whole file. */
  read(path: string): Uint8Array {
    return this.open(path).read();
  }

  /**
   * Returns the content of a regular file without copying it. The caller must not change the array. Symbolic
   * links at the end of the path are not followed. Returns an empty array for anything but a regular file.
   */
  content(path: string): Uint8Array {
    const { inode } = this.#find(path, false);
    return inode.type === "file" ? inode.content : new Uint8Array();
  }

  /**
   * Replaces the content of a file, or appends to it with `append`. Creates the file when it does not exist.
   */
  write(
    path: string,
    data: Uint8Array | string,
    { append = false, mode }: { readonly append?: boolean; readonly mode?: number } = {},
  ): void {
    const file = this.open(path, {
      write: true,
      create: true,
      append,
      truncate: !append,
      ...(mode !== undefined && { mode }),
    });
    file.write(typeof data === "string" ? new TextEncoder().encode(data) : data);
  }

  /** Returns the names in a directory in sorted order, without `.` and `..`. */
  list(path: string): string[] {
    const { inode } = this.#find(path);
    if (inode.type !== "directory") throw new FileError("ENOTDIR");
    this.#require(inode, readAccess);
    return [...inode.entries.keys()].sort();
  }

  /** Returns the attributes of a file. Follows symbolic links. */
  stat(path: string): FileStat {
    const { mount, number, inode } = this.#find(path);
    return statOf(mount, number, inode);
  }

  /** Returns the attributes of a file, or of a symbolic link itself. */
  lstat(path: string): FileStat {
    const { mount, number, inode } = this.#find(path, false);
    return statOf(mount, number, inode);
  }

  /** Returns the attributes of a file like {@link stat}, or `undefined` when there is no such file. */
  statIfThere(path: string): FileStat | undefined {
    const place = this.#look(path, true);
    return place && statOf(place.mount, place.number, place.inode);
  }

  /**
   * Returns the content of an executable file and its path without symbolic links. The caller must not change
   * the content. Returns `undefined` when there is no such file or it is not executable.
   */
  executable(path: string): { readonly content: Uint8Array; readonly realpath: string } | undefined {
    const place = this.#look(path, true);
    if (place?.inode.type !== "file" || !permits(this.#options, place.inode, searchAccess)) return undefined;
    return { content: place.inode.content, realpath: place.path };
  }

  /** Returns whether a file exists. Follows symbolic links. */
  exists(path: string): boolean {
    return this.#look(path, true) !== undefined;
  }

  /**
   * Returns whether a file exists like {@link exists}. A symbolic link counts, even when it leads nowhere.
   */
  isThere(path: string): boolean {
    return this.#look(path, false) !== undefined;
  }

  /** Returns whether a path leads to a directory. Follows symbolic links. */
  isDirectory(path: string): boolean {
    return this.#look(path, true)?.inode.type === "directory";
  }

  /**
   * Returns whether a file is there and the user may do with it what is wanted.
   *
   * @param wanted as in a mode: 4 reads, 2 writes, 1 executes a file or looks names up in a directory
   */
  permits(path: string, wanted: Access): boolean {
    const place = this.#look(path, true);
    return place !== undefined && permits(this.#options, place.inode, wanted);
  }

  /** Checks that a directory can be a working directory. Follows symbolic links. */
  checkEnter(path: string): void {
    const { inode } = this.#find(path);
    if (inode.type !== "directory") throw new FileError("ENOTDIR");
    this.#require(inode, searchAccess);
  }

  /** Returns the absolute path without symbolic links. */
  realpath(path: string): string {
    return this.#find(path).path;
  }

  /** Returns the target of a symbolic link. */
  readlink(path: string): string {
    const { inode } = this.#find(path, false);
    if (inode.type !== "symlink") throw new FileError("EINVAL");
    return targetOf(inode, this.#options.pid);
  }

  /** Creates a directory. */
  mkdir(path: string, mode = 0o777): void {
    const slot = this.#walk(path, false);
    if (slot.place) throw new FileError("EEXIST");
    this.#make(slot, { type: "directory", entries: new Map(), ...this.#attributes(mode) });
  }

  /** Creates a directory and its missing parents. Does nothing when the path exists. */
  makeDirectories(path: string, mode = 0o777): void {
    if (this.exists(path)) return;
    const parent = path.replace(/\/+$/, "").replace(/[^/]+$/, "");
    if (parent !== "") this.makeDirectories(parent, mode);
    this.mkdir(path, mode);
  }

  /** Creates a symbolic link at `path` that leads to `target`. */
  symlink(target: string, path: string): void {
    if (target === "") throw new FileError("ENOENT");
    if (isTooLong(target)) throw new FileError("ENAMETOOLONG");
    const slot = this.#free(path);
    this.#make(slot, { type: "symlink", target, ...this.#attributes(0o777), mode: 0o777 });
  }

  /** Creates a hard link: `path` becomes another name of the file at `existing`. */
  link(existing: string, path: string): void {
    const { mount, number, inode } = this.#find(existing, false);
    const { directory, name } = this.#free(path);
    if (inode.type === "directory") throw new FileError("EPERM");
    if (directory.mount !== mount) throw new FileError("EXDEV");
    if (!mayLink(this.#options, inode)) throw new FileError("EPERM");
    this.#requireChange(directory);
    changeable(mount).link(number, { directory: directory.number, name }, this.#now());
  }

  /** Creates a device, a FIFO or a socket that nobody listens on. */
  mknod(
    path: string,
    device:
      | { readonly type: "fifo" | "socket" }
      | {
          readonly type: "character device" | "block device";
          readonly major: number;
          readonly minor: number;
        },
    mode = 0o666,
  ): void {
    this.#make(this.#free(path), { ...device, ...this.#attributes(mode) });
  }

  /** Removes a name of a file. The file goes with its last name. */
  unlink(path: string): void {
    const slot = this.#walk(path, false);
    const place = this.#removable(slot);
    if (place.inode.type === "directory") throw new FileError("EISDIR");
    this.#refuseMounted(place);
    changeable(slot.directory.mount).unlink(entryOf(slot), this.#now());
  }

  /** Removes an empty directory. */
  rmdir(path: string): void {
    const slot = this.#walk(path, false);
    const place = this.#removable(slot);
    if (place.inode.type !== "directory") throw new FileError("ENOTDIR");
    this.#refuseMounted(place);
    if (place.inode.entries.size > 0) throw new FileError("ENOTEMPTY");
    changeable(slot.directory.mount).unlink(entryOf(slot), this.#now());
  }

  /** Removes a file, or a directory with everything in it. */
  remove(path: string): void {
    const { inode } = this.#find(path, false);
    if (inode.type !== "directory") {
      this.unlink(path);
      return;
    }
    for (const name of inode.entries.keys()) this.remove(`${path}/${name}`);
    this.rmdir(path);
  }

  /** Renames a file or directory. Replaces a file or an empty directory at `to`. */
  rename(from: string, to: string): void {
    const source = this.#walk(from, false);
    const moved = found(source);
    const target = this.#walk(to, false);
    const there = target.place;
    this.#refuseMounted(moved);
    if (there) this.#refuseMounted(there);
    if (source.directory.mount !== target.directory.mount) throw new FileError("EXDEV");
    if (there && there.number === moved.number) return;
    this.#removable(source);
    if (there) this.#removable(target);
    else this.#requireChange(target.directory);
    const isDirectory = moved.inode.type === "directory";
    if (isDirectory && source.directory.number !== target.directory.number) {
      this.#require(moved.inode, writeAccess);
    }
    if (isDirectory && `${target.path}/`.startsWith(`${moved.path}/`)) throw new FileError("EINVAL");
    if (there) {
      if (isDirectory && there.inode.type !== "directory") throw new FileError("ENOTDIR");
      if (!isDirectory && there.inode.type === "directory") throw new FileError("EISDIR");
      if (there.inode.type === "directory" && there.inode.entries.size > 0) throw new FileError("ENOTEMPTY");
    } else if (!isDirectory && to.endsWith("/")) throw new FileError("ENOTDIR");
    changeable(source.directory.mount).move(entryOf(source), entryOf(target), this.#now());
  }

  /** Changes the permissions of a file. Follows symbolic links. */
  chmod(path: string, mode: number): void {
    const place = this.#find(path);
    if (!owns(this.#options, place.inode)) throw new FileError("EPERM");
    this.#change(place, { mode: mode & 0o7777 });
  }

  /** Changes the owner of a file. @param follow whether to follow a symbolic link at the end of the path */
  chown(path: string, uid: number, gid: number, follow = true): void {
    const place = this.#find(path, follow);
    if (!mayGive(this.#options, place.inode, uid, gid)) throw new FileError("EPERM");
    this.#change(place, { uid, gid });
  }

  /**
   * Changes the time of a file's last change. Whoever may write a file may give it the present time.
   *
   * @param mtime the time in nanoseconds since 1970, or `"now"`
   * @param follow whether to follow a symbolic link at the end of the path
   */
  setTime(path: string, mtime: bigint | "now", follow = true): void {
    const place = this.#find(path, follow);
    if (!owns(this.#options, place.inode)) {
      if (mtime !== "now") throw new FileError("EPERM");
      this.#require(place.inode, writeAccess);
    }
    this.#change(place, { mtime: mtime === "now" ? this.#now() : mtime });
  }

  #change({ mount, number }: Place, attributes: ChangedAttributes): void {
    changeable(mount).change(number, attributes);
  }

  #attributes(mode: number): {
    readonly mode: number;
    readonly uid: number;
    readonly gid: number;
    readonly mtime: bigint;
  } {
    const { umask, uid, gid } = this.#options;
    return { mode: mode & ~umask & 0o7777, uid, gid, mtime: this.#now() };
  }

  #make({ directory, name }: Slot, given: NewInode): { mount: Mount; number: number; inode: Inode } {
    if (directory.inode.type !== "directory") throw new FileError("ENOTDIR");
    this.#requireChange(directory);
    const files = changeable(directory.mount);
    const number = files.make({ directory: directory.number, name }, given, this.#now());
    const inode = files.get(number);
    if (!inode) throw new FileError("ENOENT");
    return { mount: directory.mount, number, inode };
  }

  #walk(path: string, follow: boolean): Slot {
    const slot = walk(this.#mounts, path, this.#options.cwd, follow, this.#options);
    if (typeof slot === "string") throw new FileError(slot);
    return slot;
  }

  #look(path: string, follow: boolean): Place | undefined {
    const slot = walk(this.#mounts, path, this.#options.cwd, follow, this.#options);
    return typeof slot === "string" ? undefined : slot.place;
  }

  #find(path: string, follow = true): Place {
    return found(this.#walk(path, follow));
  }

  /** Finds a name that does not exist yet. @throws {FileError} It exists. */
  #free(path: string): Slot {
    const slot = this.#walk(path, false);
    if (slot.place) throw new FileError("EEXIST");
    if (path.endsWith("/")) throw new FileError("ENOENT");
    return slot;
  }

  #require(inode: Inode, wanted: Access): void {
    if (!permits(this.#options, inode, wanted)) throw new FileError("EACCES");
  }

  /** Checks that the user may add names to a directory, and remove them. */
  #requireChange({ inode }: Place): void {
    this.#require(inode, writeAccess | searchAccess);
  }

  /** Returns the file that has a name, if the user may remove the name. */
  #removable(slot: Slot): Place {
    const place = found(slot);
    this.#requireChange(slot.directory);
    if (!mayRemoveFrom(this.#options, slot.directory.inode, place.inode)) throw new FileError("EPERM");
    return place;
  }

  #refuseMounted({ path }: Place): void {
    if (this.#mounts.get(path)) throw new FileError("EBUSY");
  }
}

function found({ place }: Slot): Place {
  if (!place) throw new FileError("ENOENT");
  return place;
}

function entryOf({ directory, name }: Slot): Entry {
  return { directory: directory.number, name };
}

function changeable({ change }: Mount): FileSystemDriver {
  if (!change) throw new FileError("EROFS");
  return change();
}
