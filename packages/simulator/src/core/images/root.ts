import { changed, emptyTree, type Tree } from "@dryharbor/kernel/host";
import { addBusybox } from "@dryharbor/programs/image";
import type { Image } from "./image.js";
import { treeOf } from "./layer.js";

const roots = new WeakMap<ReadonlySet<string>, Tree>();
/** Files by programs: images with the same programs share them. */
const rootsByPrograms = new Map<string, Tree>();

/** Returns the files of an image. */
export function rootOf({ executables, layers }: Image): Tree {
  return treeOf(layers, layers[0]?.archive === null ? madeUpRoot(executables) : emptyTree);
}

/**
 * Returns the files of an image that was defined: a small BusyBox system with the programs, or nothing for an
 * image without programs.
 */
function madeUpRoot(executables: ReadonlySet<string>): Tree {
  if (executables.size === 0) return emptyTree;
  const known = roots.get(executables);
  if (known) return known;
  const key = [...executables].join(":");
  const root = rootsByPrograms.get(key) ?? changed(emptyTree, (files) => addBusybox(files, executables));
  rootsByPrograms.set(key, root);
  roots.set(executables, root);
  return root;
}
