import type { Tree } from "@dryharbor/kernel/host";

/** A tree that is made when somebody looks, since what images are made of may not be loaded before. */
export class LazyTree implements Tree {
  readonly #make: () => Tree;
  #tree: Tree | undefined;

  constructor(make: () => Tree) {
    this.#make = make;
  }

  get inodes(): Tree["inodes"] {
    return this.#made.inodes;
  }

  get next(): number {
    return this.#made.next;
  }

  get #made(): Tree {
    this.#tree ??= this.#make();
    return this.#tree;
  }
}
