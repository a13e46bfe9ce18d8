import type { Files } from "@dryharbor/kernel";
import { changed, mountTime, type Tree } from "@dryharbor/kernel/host";
import { LazyTree } from "../images/lazy-tree.js";

const bases = new WeakMap<Tree, Tree>();

/**
 * Returns the files on which an image's containers are based: the image's, and those that the engine adds for
 * its mounts.
 */
export function baseOf(root: Tree): Tree {
  let base = bases.get(root);
  if (!base) {
    base = new LazyTree(() => changed(root, addOwnFiles, { umask: 0, time: mountTime }));
    bases.set(root, base);
  }
  return base;
}

const ownDirectories = ["/dev/pts", "/dev/shm", "/proc", "/sys"] as const;
const ownFiles = ["/.dockerenv", "/etc/resolv.conf", "/etc/hosts", "/etc/hostname", "/dev/console"] as const;

/** Adds the files of moby's daemon/initlayer. Removes a file that is in their place and is no directory. */
function addOwnFiles(files: Files): void {
  const clear = (path: string): void => {
    try {
      if (files.lstat(path).type !== "directory") files.unlink(path);
    } catch {
      // There is nothing at this path.
    }
  };
  const makeDirectory = (path: string): void => {
    if (path === "") return;
    makeDirectory(path.slice(0, path.lastIndexOf("/")));
    clear(path);
    if (!files.exists(path)) files.mkdir(path, 0o755);
  };
  for (const path of ownDirectories) makeDirectory(path);
  for (const path of ownFiles) {
    makeDirectory(path.slice(0, path.lastIndexOf("/")));
    clear(path);
    if (!files.exists(path)) files.write(path, "", { mode: 0o755 });
  }
  clear("/etc/mtab");
  if (!files.exists("/etc/mtab")) files.symlink("/proc/mounts", "/etc/mtab");
}
