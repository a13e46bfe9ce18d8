import { FileSystem } from "./file-system.js";
import type { Tree } from "./tree.js";

const systems = new WeakMap<Tree, FileSystem>();

/** A tree as a file system that nobody changes. */
export function untouched(tree: Tree): FileSystem {
  let system = systems.get(tree);
  if (!system) {
    system = new FileSystem(tree);
    systems.set(tree, system);
  }
  return system;
}
