import { overwritten, resized } from "./content.js";
import { FileError } from "./file-error.js";
import type { Inode } from "./inode.js";
import type { Mount } from "./mounts.js";
import { type FileStat, statOf } from "./stat.js";

/** How a file is opened, as `open(2)` has it. Nothing said: for reading. */
export interface OpenOptions {
  /** Default: true, unless it is opened for writing. */
  readonly read?: boolean;
  readonly write?: boolean;
  /** Everything is written at the end. Opens for writing. */
  readonly append?: boolean;
  readonly create?: boolean;
  /** With `create`: it must not be there yet. */
  readonly exclusive?: boolean;
  readonly truncate?: boolean;
  /** Permissions of a file that is made, before the umask is taken off. Default: 0666. */
  readonly mode?: number;
}

/** The character devices that can be read and written, by minor number under major 1. */
const devices = { null: 3, zero: 5 } as const;

/** A file that has been opened. It stays what it is where its name is removed or led elsewhere. */
export class FileHandle {
  readonly #mount: Mount;
  readonly #number: number;
  readonly #options: OpenOptions;
  readonly #now: () => bigint;
  #last: Inode;
  #position = 0;

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

  /** The next bytes; none at the end. @throws {FileError} it is a directory, or not opened for reading */
  read(length = Number.POSITIVE_INFINITY): Uint8Array {
    const { read = !isWritten(this.#options) } = this.#options;
    if (!read) throw new FileError("EBADF");
    const inode = this.#inode();
    if (inode.type === "directory") throw new FileError("EISDIR");
    if (inode.type === "character device" && inode.major === 1) {
      if (inode.minor === devices.null) return new Uint8Array();
      if (inode.minor === devices.zero) return new Uint8Array(Math.min(length, 65_536));
    }
    if (inode.type !== "file") throw new FileError("ENXIO");
    const data = inode.content.slice(this.#position, this.#position + length);
    this.#position += data.length;
    return data;
  }

  /** @throws {FileError} it is not opened for writing */
  write(data: Uint8Array): void {
    if (!isWritten(this.#options)) throw new FileError("EBADF");
    const inode = this.#inode();
    if (inode.type !== "file") return;
    if (this.#options.append) this.#position = inode.content.length;
    this.#put({ ...inode, content: overwritten(inode.content, this.#position, data), mtime: this.#now() });
    this.#position += data.length;
  }

  /** @throws {FileError} it is not opened for writing */
  truncate(size: number): void {
    if (!isWritten(this.#options)) throw new FileError("EINVAL");
    const inode = this.#inode();
    if (inode.type !== "file") return;
    this.#put({ ...inode, content: resized(inode.content, size), mtime: this.#now() });
  }

  /** Where the next byte is read or written. */
  seek(position: number): void {
    this.#position = position;
  }

  stat(): FileStat {
    return statOf(this.#mount, this.#number, this.#inode());
  }

  #inode(): Inode {
    return this.#mount.files().get(this.#number) ?? this.#last;
  }

  #put(inode: Inode): void {
    this.#last = inode;
    const files = this.#mount.files();
    if (!files.get(this.#number)) return;
    if (!this.#mount.change) throw new FileError("EROFS");
    this.#mount.change().put(this.#number, inode);
  }
}

export function isWritten({ write, append }: OpenOptions): boolean {
  return write === true || append === true;
}
