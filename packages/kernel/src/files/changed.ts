import { FileSystem } from "./file-system.js";
import { Files, type FilesOptions } from "./files.js";
import { rootInode, type Tree } from "./tree.js";

/**
 * Returns a copy of a tree with changes applied. The tree itself stays as it is.
 *
 * @param change makes the changes
 * @param time the time of new and changed files, in nanoseconds since 1970. Default: 0.
 */
export function changed(
  tree: Tree,
  change: (files: Files, system: FileSystem) => void,
  { time = 0n, ...options }: FilesOptions & { readonly time?: bigint } = {},
): Tree {
  const system = new FileSystem(tree);
  const mount = { files: () => system, change: () => system, root: rootInode };
  change(new Files(new Map([["/", mount]]), () => time, options), system);
  return system.freeze();
}
