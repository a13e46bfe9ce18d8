import type { Directory, Inode } from "./inode.js";
import { rootInode, type Tree } from "./tree.js";

/**
 * A file system that can be changed. Its changes lie over a {@link Tree}, which stays as it is, as in
 * overlayfs.
 */
export class FileSystem {
  readonly base: Tree;
  readonly #changed: Map<number, Inode>;
  /** The lowest number above those of the changed inodes. */
  #next: number;

  constructor(base: Tree, changed: ReadonlyMap<number, Inode> = new Map()) {
    this.base = base;
    this.#changed = new Map(changed);
    this.#next = Math.max(0, ...[...changed.keys()].map((number) => number + 1));
  }

  /** The changed and new inodes by number. Removed inodes of the tree are not recorded here. */
  get changed(): ReadonlyMap<number, Inode> {
    return this.#changed;
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
    this.#changed.set(number, inode);
  }

  /** Adds an inode and returns its number. No directory has an entry for it yet. */
  add(inode: Inode): number {
    const number = this.#free();
    this.#next = number + 1;
    this.#changed.set(number, inode);
    return number;
  }

  /** Returns the number that the next inode gets. The tree is looked at no sooner. */
  #free(): number {
    return Math.max(this.base.next, this.#next);
  }

  /** Forgets an inode that no directory has an entry for any more. */
  drop(number: number): void {
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
