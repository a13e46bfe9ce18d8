import type { Files } from "@dryharbor/kernel";
import { changed, mountTime, type Tree } from "@dryharbor/kernel/host";

const bases = new WeakMap<Tree, Tree>();

/** What containers of an image stand on: its files, and those that the engine lays over them for its own mounts. */
export function baseOf(root: Tree): Tree {
  let base = bases.get(root);
  if (!base) {
    base = changed(root, addOwnFiles, { umask: 0, time: mountTime });
    bases.set(root, base);
  }
  return base;
}

const ownDirectories = ["/dev/pts", "/dev/shm", "/proc", "/sys"] as const;
const ownFiles = ["/.dockerenv", "/etc/resolv.conf", "/etc/hosts", "/etc/hostname", "/dev/console"] as const;

/** moby's daemon/initlayer. What is in the way and no directory goes. */
function addOwnFiles(files: Files): void {
  const clear = (path: string): void => {
    try {
      if (files.lstat(path).type !== "directory") files.unlink(path);
    } catch {
      // It is not there.
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
