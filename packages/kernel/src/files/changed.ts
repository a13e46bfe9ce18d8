import { FileSystem } from "./file-system.js";
import { Files, type FilesOptions } from "./files.js";
import { rootInode, type Tree } from "./tree.js";

/**
 * A tree like another, after these changes.
 *
 * @param time of everything new, in nanoseconds; default: 1970
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
