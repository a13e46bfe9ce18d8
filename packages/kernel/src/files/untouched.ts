import { FileSystem } from "./file-system.js";
import type { Tree } from "./tree.js";

const systems = new WeakMap<Tree, FileSystem>();

/** Returns a tree as a file system, for reading only. The same tree always gives the same file system. */
export function untouched(tree: Tree): FileSystem {
  let system = systems.get(tree);
  if (!system) {
    system = new FileSystem(tree);
    systems.set(tree, system);
  }
  return system;
}
