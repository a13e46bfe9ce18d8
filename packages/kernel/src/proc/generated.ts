import { FileSystem } from "../files/file-system.js";
import type { Inode } from "../files/inode.js";
import { rootInode } from "../files/tree.js";

/** A symbolic link in a {@link GeneratedDirectory}. */
export class GeneratedLink {
  constructor(readonly target: string) {}
}

/** The link that leads to the directory of whoever reads it, as `/proc/self` does. */
export const toReader = new GeneratedLink("");

/** A directory whose names are listed without making what they stand for. */
export class ListedDirectory {
  constructor(
    readonly names: () => readonly string[],
    readonly at: (name: string) => GeneratedNode | undefined,
  ) {}
}

/** A directory whose entries are asked for anew each time: a getter says what is there now. */
export interface GeneratedDirectory {
  readonly [name: string]: GeneratedNode;
}

/** The text of a file, a function that makes it, a link, or a directory. */
export type GeneratedNode = string | (() => string) | GeneratedLink | ListedDirectory | GeneratedDirectory;

/** What all files of such a file system have in common. */
export interface GeneratedAttributes {
  /** The size that `stat` shows, whatever a file says. */
  readonly size: number;
  /** Returns the permissions. Every directory has 0555, unless this says 0500. */
  readonly mode: (path: string) => number;
  /** Returns the owner. Default: root. */
  readonly owner?: (path: string) => { readonly uid: number; readonly gid: number };
  /** Nanoseconds. */
  readonly mtime: bigint;
}

/** A file system that is made while it is read, as procfs and sysfs are. Nobody changes it. */
export class GeneratedFiles extends FileSystem {
  readonly #root: GeneratedDirectory | ListedDirectory;
  readonly #attributes: GeneratedAttributes;
  /** Paths by number, each with a slash before every name. */
  readonly #paths = ["", ""];
  readonly #numbers = new Map<string, number>([["", rootInode]]);

  constructor(root: GeneratedDirectory | ListedDirectory, attributes: GeneratedAttributes) {
    super({ inodes: new Map(), next: rootInode + 1 });
    this.#root = root;
    this.#attributes = attributes;
  }

  override get(number: number): Inode | undefined {
    const path = this.#paths[number];
    const node = path === undefined ? undefined : this.#nodeAt(path);
    if (path === undefined || node === undefined) return undefined;
    const { size, mode, owner, mtime } = this.#attributes;
    const { uid, gid } = owner?.(path) ?? { uid: 0, gid: 0 };
    const common = { uid, gid, mtime, links: 1 };
    if (node instanceof GeneratedLink) {
      const isOfReader = node === toReader;
      return {
        type: "symlink",
        target: node.target,
        mode: 0o777,
        ...(isOfReader && { isOfReader }),
        ...common,
      };
    }
    if (typeof node === "object") {
      const names = node instanceof ListedDirectory ? node.names() : Object.keys(node);
      const entries = new Map(names.map((name) => [name, this.#numberOf(`${path}/${name}`)]));
      const own = mode(path);
      return {
        ...{ type: "directory", entries, mode: own === 0o500 ? own : 0o555, ...common },
        // procfs shows no sizes.
        ...(size === 0 && { shownSize: 0 }),
      };
    }
    const content = new TextEncoder().encode(typeof node === "string" ? node : node());
    return { type: "file", content, shownSize: size, mode: mode(path), ...common };
  }

  #nodeAt(path: string): GeneratedNode | undefined {
    let node: GeneratedNode | undefined = this.#root;
    for (const name of path.split("/").slice(1)) {
      if (typeof node !== "object" || node instanceof GeneratedLink) return undefined;
      if (node instanceof ListedDirectory) node = node.at(name);
      else node = Object.hasOwn(node, name) ? node[name] : undefined;
    }
    return node;
  }

  #numberOf(path: string): number {
    let number = this.#numbers.get(path);
    if (number === undefined) {
      number = this.#paths.push(path) - 1;
      this.#numbers.set(path, number);
    }
    return number;
  }
}
