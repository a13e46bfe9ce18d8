import { chanceOf } from "./chance.js";
import { overwritten, resized } from "./content.js";
import { FileError } from "./file-error.js";
import type { FileSystemDriver } from "./file-system-driver.js";
import { type Inode, sizeOf } from "./inode.js";
import type { Mount } from "./mounts.js";
import { type FileStat, statOf } from "./stat.js";

/** Options for opening a file, like the flags of open(2). Default: for reading. */
export interface OpenOptions {
  /** Opens for reading. Default: true, unless the file is opened for writing. */
  readonly read?: boolean;
  /** Opens for writing. */
  readonly write?: boolean;
  /** Opens for writing. Every write goes to the end of the file. */
  readonly append?: boolean;
  /** Creates the file when it does not exist. */
  readonly create?: boolean;
  /** With `create`: fails when the file exists. */
  readonly exclusive?: boolean;
  /** Removes the content of a file that is opened for writing. */
  readonly truncate?: boolean;
  /** The permissions of a new file before the umask is applied. Default: 0666. */
  readonly mode?: number;
}

/** The minor numbers of the character devices that can be read and written. Their major number is 1. */
const devices = { null: 3, zero: 5, random: 8, urandom: 9 } as const;
/** The most bytes that one read of them returns, and what a read without a limit returns. */
const mostAtOnce = 2 ** 26;
const someAtOnce = 65_536;

/**
 * A handle of an open file, with a position. It stays valid when the file's name is removed or given to
 * another file.
 */
export class FileHandle {
  readonly #mount: Mount;
  readonly #number: number;
  readonly #options: OpenOptions;
  readonly #now: () => bigint;
  #last: Inode;
  #position = 0;
  /** Returns bytes by chance, for /dev/random. */
  #chance: ((size: number) => Uint8Array) | undefined;

  constructor(
    at: { readonly mount: Mount; readonly number: number; readonly inode: Inode },
    options: OpenOptions,
    now: () => bigint,
  ) {
    this.#mount = at.mount;
    this.#number = at.number;
    this.#last = at.inode;
    this.#options = options;
    this.#now = now;
  }

  /**
   * Reads at most `length` bytes from the position. Returns an empty array at the end.
   * @throws {FileError} The file is a directory, or is not open for reading.
   */
  read(length = Number.POSITIVE_INFINITY): Uint8Array {
    const { read = !isWritten(this.#options) } = this.#options;
    if (!read) throw new FileError("EBADF");
    const inode = this.#inode();
    if (inode.type === "directory") throw new FileError("EISDIR");
    if (inode.type === "character device" && inode.major === 1) {
      if (inode.minor === devices.null) return new Uint8Array();
      const size = Number.isFinite(length) ? Math.min(length, mostAtOnce) : someAtOnce;
      if (inode.minor === devices.zero) return new Uint8Array(size);
      if (inode.minor === devices.random || inode.minor === devices.urandom) {
        this.#chance ??= chanceOf(this.#now());
        return this.#chance(size);
      }
    }
    if (inode.type !== "file") throw new FileError("ENXIO");
    const files = this.#there();
    const data = files
      ? files.read(this.#number, this.#position, length)
      : inode.content.slice(this.#position, this.#position + length);
    this.#position += data.length;
    return data;
  }

  /**
   * Writes at the position, or at the end with `append`.
   *
   * @throws {FileError} The file is not open for writing.
   */
  write(data: Uint8Array): void {
    if (!isWritten(this.#options)) throw new FileError("EBADF");
    const inode = this.#inode();
    if (inode.type !== "file") return;
    if (this.#options.append) this.#position = sizeOf(inode);
    const now = this.#now();
    const files = this.#changeable();
    if (files) files.write(this.#number, this.#position, data, now);
    else this.#last = { ...inode, content: overwritten(inode.content, this.#position, data), mtime: now };
    this.#position += data.length;
  }

  /** Changes the size of the file, in bytes. @throws {FileError} The file is not open for writing. */
  truncate(size: number): void {
    if (!isWritten(this.#options)) throw new FileError("EINVAL");
    const inode = this.#inode();
    if (inode.type !== "file") return;
    const now = this.#now();
    const files = this.#changeable();
    if (files) files.resize(this.#number, size, now);
    else this.#last = { ...inode, content: resized(inode.content, size), mtime: now };
  }

  /** Sets the position of the next read or write, in bytes. */
  seek(position: number): void {
    this.#position = position;
  }

  /** Tells of the open file, whatever has become of its name. */
  stat(): FileStat {
    return statOf(this.#mount, this.#number, this.#inode());
  }

  /** Returns the inode, or what it last was when its last name is gone. */
  #inode(): Inode {
    this.#last = this.#mount.files().get(this.#number) ?? this.#last;
    return this.#last;
  }

  /** Returns the file system, or `undefined` when it does not have the inode any more. */
  #there(): FileSystemDriver | undefined {
    const files = this.#mount.files();
    return files.get(this.#number) && files;
  }

  /** Returns the file system like {@link #there}, for writing. */
  #changeable(): FileSystemDriver | undefined {
    if (!this.#there()) return undefined;
    if (!this.#mount.change) throw new FileError("EROFS");
    return this.#mount.change();
  }
}

/** Returns whether options open a file for writing. */
export function isWritten({ write, append }: OpenOptions): boolean {
  return write === true || append === true;
}
