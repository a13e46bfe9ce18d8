import { FileError } from "@dryharbor/kernel";
import {
  FileSystem,
  type FileSystemDriver,
  type Inode,
  type Mount,
  type Place,
  type Tree,
} from "@dryharbor/kernel/host";
import type { Daemon } from "../daemon.js";
import { hostTree } from "../host/files.js";
import type { MountPoint } from "./mount-point.js";

/** What a bind mounts, as a running container holds it. It keeps what has been removed from the host. */
export interface Bound {
  readonly mount: Mount;
  readonly isDirectory: boolean;
  /** What the host has mounted below the source, by the rest of the path, which begins with a slash. */
  readonly below: readonly (readonly [path: string, mount: Mount])[];
  /** Lets go of what was held for it. */
  readonly letGo?: () => void;
}

/**
 * Returns what a bind mounts now, or `undefined` when its source is not there.
 *
 * @param hold whether it is to stay the same for a whole run
 */
export function boundNow(
  daemon: Daemon,
  { source, writable }: MountPoint,
  { hold = false }: { readonly hold?: boolean } = {},
): Bound | undefined {
  const tree = hostTree(daemon, source);
  if (typeof tree === "string") return undefined;
  const { place, below } = tree;
  const { number, letGo } = hold ? heldIn(place) : { number: place.number };
  const limited = (mount: Mount): Mount => (writable ? mount : { ...mount, change: undefined });
  return {
    mount: limited(lasting(place.mount, number, place.inode)),
    isDirectory: place.inode.type === "directory",
    below: below.map(([path, mount]) => [path, limited(mount)] as const),
    ...(letGo && { letGo }),
  };
}

function heldIn({ mount, number }: Place): { readonly number: number; readonly letGo?: () => void } {
  return mount.files().hold?.(number) ?? { number };
}

/** Makes the mount of an inode, which stays when its last name on the host has gone. */
function lasting(mount: Mount, number: number, inode: Inode): Mount {
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
    super(nothing, new Map([[number, nameless(inode)]]));
  }

  override make(): never {
    throw new FileError("ENOENT");
  }
}

function nameless(inode: Inode): Inode {
  const { mode, uid, gid, mtime } = inode;
  const attributes = { mode, uid, gid, mtime, links: 0, shownLinks: 0 };
  switch (inode.type) {
    case "directory":
      return { ...attributes, type: "directory", entries: new Map() };
    case "file":
      return { ...attributes, type: "file", content: contentOf(inode) };
    default:
      return { ...inode, ...attributes };
  }
}

/** Returns the last content of a file: none, where only the file system that has gone could tell. */
function contentOf(file: Extract<Inode, { readonly type: "file" }>): Uint8Array {
  try {
    return file.content;
  } catch (error) {
    if (error instanceof FileError) return new Uint8Array();
    throw error;
  }
}
