import { FileSystem } from "../files/file-system.js";
import type { Inode } from "../files/inode.js";
import { rootInode } from "../files/tree.js";

/** A symbolic link in a {@link GeneratedDirectory}. */
export class GeneratedLink {
  constructor(readonly target: string) {}
}

/** A directory whose entries are asked for anew each time: a getter says what is there now. */
export interface GeneratedDirectory {
  readonly [name: string]: GeneratedNode;
}

/** The text of a file, a function that makes it, a link, or a directory. */
export type GeneratedNode = string | (() => string) | GeneratedLink | GeneratedDirectory;

/** What all files of such a file system have in common. */
export interface GeneratedAttributes {
  /** The size that `stat` shows, whatever a file says. */
  readonly size: number;
  readonly mode: (path: string) => number;
  /** Nanoseconds. */
  readonly mtime: bigint;
}

/** A file system that is made while it is read, as procfs and sysfs are. Nobody changes it. */
export class GeneratedFiles extends FileSystem {
  readonly #root: GeneratedDirectory;
  readonly #attributes: GeneratedAttributes;
  /** Paths by number, each with a slash before every name. */
  readonly #paths = ["", ""];
  readonly #numbers = new Map<string, number>([["", rootInode]]);

  constructor(root: GeneratedDirectory, attributes: GeneratedAttributes) {
    super({ inodes: new Map(), next: rootInode + 1 });
    this.#root = root;
    this.#attributes = attributes;
  }

  override get(number: number): Inode | undefined {
    const path = this.#paths[number];
    const node = path === undefined ? undefined : this.#nodeAt(path);
    if (path === undefined || node === undefined) return undefined;
    const { size, mode, mtime } = this.#attributes;
    const common = { uid: 0, gid: 0, mtime, links: 1 };
    if (node instanceof GeneratedLink)
      return { type: "symlink", target: node.target, mode: 0o777, ...common };
    if (typeof node === "object") {
      const names = Object.keys(node).map((name) => [name, this.#numberOf(`${path}/${name}`)] as const);
      return { type: "directory", entries: new Map(names), mode: 0o555, ...common };
    }
    const content = new TextEncoder().encode(typeof node === "string" ? node : node());
    return { type: "file", content, shownSize: size, mode: mode(path), ...common };
  }

  #nodeAt(path: string): GeneratedNode | undefined {
    let node: GeneratedNode | undefined = this.#root;
    for (const name of path.split("/").slice(1)) {
      if (typeof node !== "object" || node instanceof GeneratedLink || !Object.hasOwn(node, name))
        return undefined;
      node = node[name];
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
