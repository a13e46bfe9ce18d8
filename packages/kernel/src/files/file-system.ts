import { overwritten, resized } from "./content.js";
import { FileError } from "./file-error.js";
import type { Entry, FileSystemDriver } from "./file-system-driver.js";
import type { ChangedAttributes, Directory, Inode, NewInode } from "./inode.js";
import { rootInode, type Tree } from "./tree.js";

/**
 * A file system in memory that can be changed. Its changes lie over a {@link Tree}, which stays as it is, as in
 * overlayfs.
 */
export class FileSystem implements FileSystemDriver {
  readonly base: Tree;
  readonly #changed: Map<number, Inode>;
  /** The lowest number above those of the changed inodes. */
  #next: number;
  #revision = 0;
  /** Whether no more fits in: what would make a file longer is refused (ENOSPC). Names still fit. */
  isFull = false;

  constructor(base: Tree, changed: ReadonlyMap<number, Inode> = new Map()) {
    this.base = base;
    this.#changed = new Map(changed);
    this.#next = Math.max(0, ...[...changed.keys()].map((number) => number + 1));
  }

  /** The changed and new inodes by number. Removed inodes of the tree are not recorded here. */
  get changed(): ReadonlyMap<number, Inode> {
    return this.#changed;
  }

  /** A number that grows with every change. */
  get revision(): number {
    return this.#revision;
  }

  get(number: number): Inode | undefined {
    return this.#changed.get(number) ?? this.base.inodes.get(number);
  }

  /**
   * Returns a directory by its inode number.
   *
   * @throws The inode is no directory, which is a bug of the caller.
   */
  directory(number: number): Directory {
    const inode = this.get(number);
    if (inode?.type !== "directory") throw new Error(`inode ${number} is no directory`);
    return inode;
  }

  /** Replaces the inode with this number. */
  put(number: number, inode: Inode): void {
    this.#revision++;
    this.#changed.set(number, inode);
  }

  read(number: number, position: number, length: number): Uint8Array {
    const inode = this.get(number);
    return inode?.type === "file" ? inode.content.slice(position, position + length) : new Uint8Array();
  }

  make({ directory, name }: Entry, inode: NewInode, now: bigint): number {
    const number = this.add({ ...inode, links: 1 } as Inode);
    this.enter(directory, name, number, now);
    return number;
  }

  link(number: number, { directory, name }: Entry, now: bigint): void {
    const inode = this.get(number) as Inode;
    this.put(number, { ...inode, links: inode.links + 1 });
    this.enter(directory, name, number, now);
  }

  unlink({ directory, name }: Entry, now: bigint): void {
    const number = this.directory(directory).entries.get(name);
    this.enter(directory, name, undefined, now);
    if (number !== undefined) this.#forget(number);
  }

  move(from: Entry, to: Entry, now: bigint): void {
    const moved = this.directory(from.directory).entries.get(from.name) as number;
    const replaced = this.directory(to.directory).entries.get(to.name);
    this.enter(from.directory, from.name, undefined, now);
    this.enter(to.directory, to.name, moved, now);
    this.copyUp(moved);
    if (replaced !== undefined) this.#forget(replaced);
  }

  change(number: number, attributes: ChangedAttributes): void {
    this.put(number, { ...(this.get(number) as Inode), ...attributes });
  }

  write(number: number, position: number, data: Uint8Array, now: bigint): void {
    const inode = this.get(number);
    if (inode?.type !== "file") return;
    if (this.isFull && position + data.length > inode.content.length) throw new FileError("ENOSPC");
    this.put(number, { ...inode, content: overwritten(inode.content, position, data), mtime: now });
  }

  resize(number: number, size: number, now: bigint): void {
    const inode = this.get(number);
    if (inode?.type !== "file") return;
    this.put(number, { ...inode, content: resized(inode.content, size), mtime: now });
  }

  /** Takes one name away from an inode, and drops the inode with its last name. */
  #forget(number: number): void {
    const inode = this.get(number);
    if (!inode) return;
    if (inode.links > 1) this.put(number, { ...inode, links: inode.links - 1 });
    else this.drop(number);
  }

  /** Adds an inode and returns its number. No directory has an entry for it yet. */
  add(inode: Inode): number {
    const number = this.#free();
    this.#next = number + 1;
    this.#revision++;
    this.#changed.set(number, inode);
    return number;
  }

  /** Returns the number that the next inode gets. The tree is looked at no sooner. */
  #free(): number {
    return Math.max(this.base.next, this.#next);
  }

  /** Forgets an inode that no directory has an entry for any more. */
  drop(number: number): void {
    this.#revision++;
    this.#changed.delete(number);
  }

  /** Copies an inode and everything below it into the changes, as overlayfs does with what was moved. */
  copyUp(number: number): void {
    const inode = this.get(number);
    if (!inode) return;
    this.put(number, inode);
    if (inode.type === "directory") for (const entry of inode.entries.values()) this.copyUp(entry);
  }

  /** Sets an entry of a directory to an inode number. `undefined` removes the entry. */
  enter(directory: number, name: string, number: number | undefined, now: bigint): void {
    const inode = this.directory(directory);
    const entries = new Map(inode.entries);
    if (number === undefined) entries.delete(name);
    else entries.set(name, number);
    this.put(directory, { ...inode, entries, mtime: now });
  }

  /** Returns the present state as a tree, on which other file systems can be based. */
  freeze(): Tree {
    if (this.#changed.size === 0) return this.base;
    const inodes = new Map<number, Inode>();
    const keep = (number: number): void => {
      const inode = this.get(number);
      if (!inode || inodes.has(number)) return;
      inodes.set(number, inode);
      if (inode.type === "directory") for (const entry of inode.entries.values()) keep(entry);
    };
    keep(rootInode);
    return { inodes, next: this.#free() };
  }
}
