import { FileError } from "@dryharbor/kernel";
import { FileSystem, type FileSystemDriver, type Inode, type Mount, type Tree } from "@dryharbor/kernel/host";
import type { Daemon } from "../daemon.js";
import { hostTree } from "../host/files.js";
import type { MountPoint } from "./mount-point.js";

/** What a bind mounts, as a running container holds it. It keeps what has been removed from the host. */
export interface Bound {
  readonly mount: Mount;
  readonly isDirectory: boolean;
  /** What the host has mounted below the source, by the rest of the path, which begins with a slash. */
  readonly below: readonly (readonly [path: string, mount: Mount])[];
}

/** Returns what a bind mounts now, or `undefined` when its source is not there. */
export function boundNow(daemon: Daemon, { source, writable }: MountPoint): Bound | undefined {
  const tree = hostTree(daemon, source);
  if (typeof tree === "string") return undefined;
  const { place, below } = tree;
  const limited = (mount: Mount): Mount => (writable ? mount : { ...mount, change: undefined });
  return {
    mount: limited(held(place.mount, place.number, place.inode)),
    isDirectory: place.inode.type === "directory",
    below: below.map(([path, mount]) => [path, limited(mount)] as const),
  };
}

/** Makes the mount of an inode, which stays when its last name on the host has gone. */
function held(mount: Mount, number: number, inode: Inode): Mount {
  let last = inode;
  let left: Left | undefined;
  const here = (from: () => FileSystemDriver): FileSystemDriver => {
    const files = from();
    const present = left ? undefined : files.get(number);
    if (present) {
      last = present;
      return files;
    }
    left ??= new Left(number, last);
    return left;
  };
  const { change } = mount;
  return {
    ...mount,
    files: () => here(mount.files),
    change: change && (() => here(change)),
    root: number,
  };
}

const nothing: Tree = { inodes: new Map(), next: 0 };

/** What is left of an inode without a name: a file's content, or a directory in which nothing can be made. */
class Left extends FileSystem {
  constructor(number: number, inode: Inode) {
    const alone = { ...inode, links: 0, shownLinks: 0 };
    super(
      nothing,
      new Map([[number, alone.type === "directory" ? { ...alone, entries: new Map() } : alone]]),
    );
  }

  override make(): never {
    throw new FileError("ENOENT");
  }
}
