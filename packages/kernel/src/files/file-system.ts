import type { Directory, Inode } from "./inode.js";
import { rootInode, type Tree } from "./tree.js";

/** A file system that can be changed: what has been changed lies over a tree, which stays as it is. */
export class FileSystem {
  readonly base: Tree;
  readonly #changed: Map<number, Inode>;
  #next: number;

  constructor(base: Tree, changed: ReadonlyMap<number, Inode> = new Map()) {
    this.base = base;
    this.#changed = new Map(changed);
    this.#next = Math.max(base.next, ...[...changed.keys()].map((number) => number + 1));
  }

  /** What lies over the tree. Of the tree's inodes that nothing leads to any more, it says nothing. */
  get changed(): ReadonlyMap<number, Inode> {
    return this.#changed;
  }

  get(number: number): Inode | undefined {
    return this.#changed.get(number) ?? this.base.inodes.get(number);
  }

  /** @throws there is no such directory: whoever asks has found it */
  directory(number: number): Directory {
    const inode = this.get(number);
    if (inode?.type !== "directory") throw new Error(`inode ${number} is no directory`);
    return inode;
  }

  /** Puts an inode in the place of another. */
  put(number: number, inode: Inode): void {
    this.#changed.set(number, inode);
  }

  /** @returns its number */
  add(inode: Inode): number {
    const number = this.#next++;
    this.#changed.set(number, inode);
    return number;
  }

  /** Forgets an inode that nothing leads to any more. */
  drop(number: number): void {
    this.#changed.delete(number);
  }

  /** An inode with all below it lies over the tree from now on, as overlayfs has what was moved. */
  copyUp(number: number): void {
    const inode = this.get(number);
    if (!inode) return;
    this.put(number, inode);
    if (inode.type === "directory") for (const entry of inode.entries.values()) this.copyUp(entry);
  }

  /** Gives a directory an entry, or takes one away. */
  enter(directory: number, name: string, number: number | undefined, now: bigint): void {
    const inode = this.directory(directory);
    const entries = new Map(inode.entries);
    if (number === undefined) entries.delete(name);
    else entries.set(name, number);
    this.put(directory, { ...inode, entries, mtime: now });
  }

  /** As it is now, for others to stand on. */
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
    return { inodes, next: this.#next };
  }
}
