import { changed, emptyTree, type Tree } from "@dryharbor/kernel/host";
import { addBusybox, type ImageName, loadedImageKit } from "@dryharbor/programs/image";
import type { Image } from "./image.js";
import type { Layer } from "./layer.js";
import { layerFiles } from "./layer-files-on-demand.js";
import { LazyTree } from "./lazy-tree.js";

/** Returns the files of an image. */
export function rootOf(image: Image): Tree {
  const { layers } = image;
  const base = layers[0]?.archive === null ? madeUpRoot(image) : emptyTree;
  const top = layers.findLast(({ archive }) => archive !== null);
  return top ? archivedRoot(layers, top, base) : base;
}

/** Files of images that came as archives, by their topmost layer with one. */
const archivedRoots = new WeakMap<Layer, Tree>();

function archivedRoot(layers: readonly Layer[], top: Layer, base: Tree): Tree {
  let root = archivedRoots.get(top);
  if (!root) {
    root = new LazyTree(() => layerFiles.loaded!.treeOf(layers, base));
    archivedRoots.set(top, root);
  }
  return root;
}

/** Files of images that were defined. Those with the same programs share them. */
const roots = new Map<string, Tree>();
/** The keys of {@link roots}, by set of programs. */
const keys = new WeakMap<ReadonlySet<string>, string>();

/**
 * Returns the files of an image that was defined: those of a well-known image, a small BusyBox system, or nothing for an
 * image without programs.
 */
function madeUpRoot(image: Image): Tree {
  const { like, executables, created } = image;
  if (!like && executables.size === 0) return emptyTree;
  const key = `${like ? `${like.path}:${like.tag} ${created}` : ""} ${keyOf(executables)}`;
  let root = roots.get(key);
  if (!root) {
    root = like
      ? new LazyTree(() => (loadedImageKit().resolveImage(like) ? filesOf(image) : anyRoot(image)))
      : changed(emptyTree, (files) => addBusybox(files, executables));
    roots.set(key, root);
  }
  return root;
}

/** Files of images that nobody has described, by their programs. */
const anyRoots = new WeakMap<ReadonlySet<string>, Tree>();

function anyRoot(image: Image): Tree {
  let root = anyRoots.get(image.executables);
  if (!root) {
    root = filesOf(image);
    anyRoots.set(image.executables, root);
  }
  return root;
}

/** Files of systems, by their keys and times. */
const systems = new Map<string, Tree>();

function filesOf({ like, executables, created }: Image): Tree {
  const kit = loadedImageKit();
  const name = like as ImageName;
  const system = kit.systemOf(name);
  const key = `${system.key} ${created}`;
  let base = systems.get(key);
  if (!base) {
    base = changed(emptyTree, (files) => system.add(files), { time: created });
    systems.set(key, base);
  }
  return changed(base, (files) => kit.addImageFiles(files, name, executables), { time: created });
}

function keyOf(executables: ReadonlySet<string>): string {
  let key = keys.get(executables);
  if (key === undefined) {
    key = [...executables].join(":");
    keys.set(executables, key);
  }
  return key;
}
