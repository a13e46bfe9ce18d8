// A folder of the real machine as a file system that the simulated host mounts.

import {
  type BigIntStats,
  chmodSync,
  chownSync,
  closeSync,
  constants,
  fchmodSync,
  ftruncateSync,
  lchownSync,
  linkSync,
  lutimesSync,
  mkdirSync,
  openSync,
  readdirSync,
  readlinkSync,
  readSync,
  renameSync,
  rmdirSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeSync,
} from "node:fs";
import { FileError } from "@dryharbor/kernel";
import {
  type ChangedAttributes,
  type Entry,
  type FileSystemDriver,
  type HeldInode,
  type Inode,
  type NewInode,
  rootInode,
} from "@dryharbor/kernel/host";
import { asFileErrors } from "./file-errors.js";
import { byDescriptor, byPath, checked, type Opened, type Opener } from "./opened.js";

/** Where an inode was last seen. */
interface Seen extends Entry {
  /** The device and inode of the machine. */
  readonly key: string;
}

/**
 * A folder of the real machine. Every operation works on the machine's files at once, as the user of this process.
 * Nothing that it is asked for leads out of the folder: names are looked up one by one in open directories, and
 * symbolic links are never followed here. Where they lead is decided by whoever walks the path, in his own view.
 *
 * Owners, modes, sizes and times are those of the machine. New files belong to the user of this process. Devices
 * and FIFOs cannot be made.
 */
export class Folder implements FileSystemDriver {
  readonly #opener: Opener;
  readonly #seen = new Map<number, Seen>();
  readonly #numbers = new Map<string, number>();
  /** What stays open for somebody, by a number of its own. */
  readonly #held = new Map<number, Opened>();
  #next = rootInode + 1;

  /**
   * @param path an absolute path without symbolic links, of a directory
   * @param opener how what lies in it is opened. Default: the safest way that the machine has
   */
  constructor(path: string, opener = process.platform === "linux" ? byDescriptor(path) : byPath(path)) {
    this.#opener = opener;
  }

  /** Closes the folder. It must not be used afterwards. */
  close(): void {
    for (const opened of this.#held.values()) opened.close();
    this.#held.clear();
    this.#opener.close();
  }

  hold(number: number): HeldInode {
    if (!this.#opener.holds) return { number, letGo() {} };
    const opened = asFileErrors(() => this.#open(number));
    // Under its own number the file may have been replaced by then.
    const alias = this.#next++;
    this.#held.set(alias, opened);
    return {
      number: alias,
      letGo: () => {
        if (this.#held.delete(alias)) opened.close();
      },
    };
  }

  get(number: number): Inode | undefined {
    try {
      return this.#at(number, ({ stat }) => this.#inode(number, stat));
    } catch (error) {
      if (error instanceof FileError && gone.has(error.code)) return undefined;
      throw error;
    }
  }

  checkAccess(number: number, { read, write }: { readonly read: boolean; readonly write: boolean }): void {
    const { O_RDONLY, O_WRONLY, O_RDWR } = constants;
    this.#file(number, read && write ? O_RDWR : write ? O_WRONLY : O_RDONLY, () => {});
  }

  read(number: number, position: number, length: number): Uint8Array {
    return this.#file(number, constants.O_RDONLY, (file, stat) => {
      const room = Math.max(0, Math.min(length, Number(stat.size) - position));
      const data = new Uint8Array(room);
      let filled = 0;
      while (filled < room) {
        const read = readSync(file, data, filled, room - filled, position + filled);
        if (read === 0) break;
        filled += read;
      }
      return data.subarray(0, filled);
    });
  }

  make({ directory, name }: Entry, inode: NewInode): number {
    return this.#at(directory, ({ path }) => {
      const at = `${path}/${checked(name)}`;
      switch (inode.type) {
        case "file": {
          const { O_CREAT, O_EXCL, O_WRONLY, O_NOFOLLOW } = constants;
          const file = openSync(at, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW, inode.mode);
          try {
            // The umask of this process is not that of the container's.
            fchmodSync(file, inode.mode);
            if (inode.content.length > 0) writeAll(file, inode.content, 0);
          } finally {
            closeSync(file);
          }
          break;
        }
        case "directory":
          mkdirSync(at, inode.mode);
          break;
        case "symlink":
          symlinkSync(inode.target, at);
          break;
        default:
          throw new FileError("EPERM");
      }
      const number = this.#lookUp(directory, name);
      if (number === undefined) throw new FileError("ENOENT");
      if (inode.type === "directory") this.change(number, { mode: inode.mode });
      return number;
    });
  }

  link(number: number, { directory, name }: Entry): void {
    const { directory: from, name: old } = this.#place(number);
    this.#at(from, (source) =>
      this.#at(directory, (target) =>
        linkSync(`${source.path}/${checked(old)}`, `${target.path}/${checked(name)}`),
      ),
    );
  }

  unlink({ directory, name }: Entry): void {
    const number = this.#lookUp(directory, name);
    if (number === undefined) throw new FileError("ENOENT");
    const stat = this.#at(number, (opened) => opened.stat);
    this.#at(directory, ({ path }) => {
      const at = `${path}/${checked(name)}`;
      if (stat.isDirectory()) rmdirSync(at);
      else unlinkSync(at);
    });
    if (stat.isDirectory() || stat.nlink === 1n) this.#forget(number);
  }

  move(from: Entry, to: Entry): void {
    const moved = this.#lookUp(from.directory, from.name);
    const replaced = this.#lookUp(to.directory, to.name);
    if (moved === undefined) throw new FileError("ENOENT");
    this.#at(from.directory, (source) =>
      this.#at(to.directory, (target) =>
        renameSync(`${source.path}/${checked(from.name)}`, `${target.path}/${checked(to.name)}`),
      ),
    );
    if (replaced !== undefined && replaced !== moved) this.#forget(replaced);
    const seen = this.#seen.get(moved);
    if (seen) this.#seen.set(moved, { ...seen, ...to });
  }

  change(number: number, { mode, uid, gid, mtime }: ChangedAttributes): void {
    this.#at(number, ({ path, stat }) => {
      const isLink = stat.isSymbolicLink();
      // A path that leads to a link itself cannot be used for what follows links.
      const named = <T>(act: (path: string) => T): T => {
        const { directory, name } = this.#place(number);
        return this.#at(directory, (above) => act(`${above.path}/${checked(name)}`));
      };
      const owner = [uid ?? Number(stat.uid), gid ?? Number(stat.gid)] as const;
      if (owner[0] !== Number(stat.uid) || owner[1] !== Number(stat.gid)) {
        if (isLink) named((at) => lchownSync(at, ...owner));
        else chownSync(path, ...owner);
      }
      if (mode !== undefined && !isLink) chmodSync(path, mode);
      if (mtime !== undefined) {
        const times = [seconds(stat.atimeNs), seconds(mtime)] as const;
        if (isLink) named((at) => lutimesSync(at, ...times));
        else utimesSync(path, ...times);
      }
    });
  }

  write(number: number, position: number, data: Uint8Array): void {
    this.#file(number, constants.O_WRONLY, (file) => writeAll(file, data, position));
  }

  resize(number: number, size: number): void {
    this.#file(number, constants.O_WRONLY, (file) => ftruncateSync(file, size));
  }

  /** Returns the number of what has a name in a directory, or `undefined`. */
  #lookUp(directory: number, name: string): number | undefined {
    return asFileErrors(() => {
      let opened: Opened;
      try {
        const { from, names } = this.#way(directory);
        opened = this.#opener.open([...names, name], from);
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code === "ENOENT" || code === "ENOTDIR" || code === "ELOOP") return undefined;
        throw error;
      }
      opened.close();
      const key = keyOf(opened.stat);
      const number = this.#numbers.get(key) ?? this.#next++;
      this.#numbers.set(key, number);
      this.#seen.set(number, { directory, name, key });
      return number;
    });
  }

  /** Lists the names in a directory. Those that are no UTF-8 are left out, since no program could name them. */
  #list(directory: number): string[] {
    return this.#at(directory, ({ path }) => {
      const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
      return readdirSync(path, { encoding: "buffer" }).flatMap((bytes) => {
        try {
          return decoder.decode(bytes);
        } catch {
          return [];
        }
      });
    });
  }

  #inode(number: number, stat: BigIntStats): Inode {
    const common = {
      mode: Number(stat.mode & 0o7777n),
      uid: Number(stat.uid),
      gid: Number(stat.gid),
      mtime: stat.mtimeNs,
      links: Number(stat.nlink),
      shownLinks: Number(stat.nlink),
      shownSize: Number(stat.size),
    };
    if (stat.isFile()) {
      const content = () => this.read(number, 0, Number.POSITIVE_INFINITY);
      return {
        ...common,
        type: "file",
        get content() {
          return content();
        },
      };
    }
    if (stat.isDirectory()) {
      const entries = new Entries(
        (name) => this.#lookUp(number, name),
        () => this.#list(number),
      );
      return { ...common, type: "directory", entries };
    }
    if (stat.isSymbolicLink()) {
      const { directory, name } = this.#place(number);
      const target = this.#at(directory, (above) => readlinkSync(`${above.path}/${checked(name)}`));
      return { ...common, type: "symlink", target };
    }
    if (stat.isFIFO()) return { ...common, type: "fifo" };
    if (stat.isSocket()) return { ...common, type: "socket" };
    const type = stat.isBlockDevice() ? "block device" : "character device";
    return { ...common, type, major: Number((stat.rdev >> 8n) & 0xfffn), minor: Number(stat.rdev & 0xffn) };
  }

  /** Opens a regular file, whose inode has been reached before. */
  #file<T>(number: number, flags: number, use: (file: number, stat: BigIntStats) => T): T {
    return this.#at(number, ({ path, stat }) => {
      if (!stat.isFile()) throw new FileError(stat.isDirectory() ? "EISDIR" : "ENXIO");
      const noFollow = path.startsWith("/proc/self/fd/") ? 0 : constants.O_NOFOLLOW;
      const file = openSync(path, flags | constants.O_NONBLOCK | noFollow);
      try {
        return use(file, stat);
      } finally {
        closeSync(file);
      }
    });
  }

  /** Reaches an inode and does something with it. @throws {FileError} ESTALE when it is not where it was */
  #at<T>(number: number, use: (opened: Opened) => T): T {
    return asFileErrors(() => {
      const opened = this.#open(number);
      try {
        return use(opened);
      } finally {
        opened.close();
      }
    });
  }

  #open(number: number): Opened {
    const held = this.#held.get(number);
    if (held) return held.again();
    const { from, names } = this.#way(number);
    const opened = this.#opener.open(names, from);
    if (number === rootInode || keyOf(opened.stat) === this.#place(number).key) return opened;
    opened.close();
    throw new FileError("ESTALE");
  }

  /** Returns the names that lead to an inode, from the folder or from what is held open above it. */
  #way(number: number): { readonly from: Opened | undefined; readonly names: string[] } {
    const names: string[] = [];
    for (let at = number; at !== rootInode; ) {
      const held = this.#held.get(at);
      if (held) return { from: held, names };
      const { directory, name } = this.#place(at);
      names.unshift(name);
      at = directory;
    }
    return { from: undefined, names };
  }

  #place(number: number): Seen {
    const seen = this.#seen.get(number);
    if (!seen) throw new FileError("ESTALE");
    return seen;
  }

  /** Forgets an inode that has gone. The machine may give its number to another file. */
  #forget(number: number): void {
    const seen = this.#seen.get(number);
    if (seen && this.#numbers.get(seen.key) === number) this.#numbers.delete(seen.key);
    this.#seen.delete(number);
  }
}

const gone: ReadonlySet<string> = new Set(["ESTALE", "ENOENT", "ENOTDIR", "ELOOP"]);

function keyOf({ dev, ino }: BigIntStats): string {
  return `${dev}:${ino}`;
}

function seconds(nanoseconds: bigint): number {
  return Number(nanoseconds) / 1e9;
}

function writeAll(file: number, data: Uint8Array, position: number): void {
  for (let done = 0; done < data.length; ) {
    done += writeSync(file, data, done, data.length - done, position + done);
  }
}

/** The entries of a real directory, which are looked up when they are asked for. */
class Entries implements ReadonlyMap<string, number> {
  readonly #lookUp: (name: string) => number | undefined;
  readonly #list: () => string[];

  constructor(lookUp: (name: string) => number | undefined, list: () => string[]) {
    this.#lookUp = lookUp;
    this.#list = list;
  }

  get size(): number {
    return this.#list().length;
  }

  get(name: string): number | undefined {
    return this.#lookUp(name);
  }

  has(name: string): boolean {
    return this.#lookUp(name) !== undefined;
  }

  keys(): MapIterator<string> {
    return this.#list()[Symbol.iterator]() as MapIterator<string>;
  }

  *entries(): MapIterator<[string, number]> {
    for (const name of this.#list()) {
      const number = this.#lookUp(name);
      if (number !== undefined) yield [name, number];
    }
  }

  *values(): MapIterator<number> {
    for (const [, number] of this.entries()) yield number;
  }

  [Symbol.iterator](): MapIterator<[string, number]> {
    return this.entries();
  }

  forEach(call: (number: number, name: string, map: ReadonlyMap<string, number>) => void): void {
    for (const [name, number] of this.entries()) call(number, name, this);
  }
}
