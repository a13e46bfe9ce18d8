import { FileSystem } from "./file-system.js";
import { Files, type FilesOptions } from "./files.js";
import { rootInode, type Tree } from "./tree.js";

/** A tree like another, after these changes. Everything new is of 1970. */
export function changed(tree: Tree, change: (files: Files) => void, options?: FilesOptions): Tree {
  const system = new FileSystem(tree);
  const mount = { files: () => system, change: () => system, root: rootInode };
  change(new Files(new Map([["/", mount]]), () => 0n, options));
  return system.freeze();
}
