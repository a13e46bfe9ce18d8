import { FileError, type FileErrorCode } from "./file-error.js";
import { type Inode, targetOf } from "./inode.js";
import type { Mount, MountTable } from "./mounts.js";
import { type Credentials, permits, searchAccess } from "./permissions.js";

/** A file that a path leads to. */
export interface Place {
  readonly mount: Mount;
  readonly number: number;
  readonly inode: Inode;
  /** The absolute path without symbolic links. */
  readonly path: string;
}

/** A name in a directory: of an existing file, or of one that could be created. */
export interface Slot {
  readonly directory: Place;
  /** The last name of the path. Empty for the root. */
  readonly name: string;
  readonly path: string;
  /** The file with this name. `undefined` when there is none. */
  readonly place: Place | undefined;
}

/** The number of symbolic links that Linux follows in one path. */
const mostLinks = 40;
/** The longest name in bytes. */
const longestName = 255;
/** The longest path in bytes, and the longest target of a symbolic link. */
const longestPath = 4095;
const encoder = new TextEncoder();
const root: Reader = { uid: 0, gid: 0, groups: [], pid: 1 };

/** Whoever looks a path up. */
interface Reader extends Credentials {
  /** The process, for `/proc/self`. */
  readonly pid: number;
}

/**
 * Resolves a path as Linux does. Symbolic links are followed as they are met. `..` goes up from the place
 * that was reached, and stays at the root.
 *
 * @param from the absolute path at which a relative path begins
 * @param follow whether to follow a symbolic link at the end of the path. A link with a slash behind it is
 *   always followed.
 * @param user whose look-ups these are: each directory on the way must let it through. Default: root
 * @returns the name that was found, or the errno. It is returned because many look-ups fail, and throwing is
 *   expensive.
 */
export function walk(
  mounts: MountTable,
  path: string,
  from = "/",
  follow = true,
  user: Reader = root,
): Slot | FileErrorCode {
  if (path === "") return "ENOENT";
  if (isTooLong(path)) return "ENAMETOOLONG";
  const top = mountedAt(mounts.get("/") as Mount, "/");
  if (typeof top === "string") return top;
  const stack: Place[] = [top];
  let parts = (path.startsWith("/") ? path : `${from}/${path}`).split("/");
  let toDirectory = path.endsWith("/");
  let links = 0;
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at] as string;
    if (part === "") continue;
    const directory = stack.at(-1) as Place;
    if (directory.inode.type !== "directory") return "ENOTDIR";
    if (!permits(user, directory.inode, searchAccess)) return "EACCES";
    if (part === ".") continue;
    if (part === "..") {
      if (stack.length > 1) stack.pop();
      continue;
    }
    if (part.length * 3 > longestName && encoder.encode(part).length > longestName) return "ENAMETOOLONG";
    const last = isLast(parts, at);
    const place = childOf(mounts, directory, part);
    if (typeof place === "string") return place;
    if (!place) {
      if (last) return { directory, name: part, path: below(directory, part), place: undefined };
      return "ENOENT";
    }
    if (place.inode.type === "symlink" && (!last || follow || toDirectory)) {
      if (++links > mostLinks) return "ELOOP";
      const target = targetOf(place.inode, user.pid);
      if (target === "") return "ENOENT";
      parts = [...target.split("/"), ...parts.slice(at + 1)];
      at = -1;
      if (last) toDirectory ||= target.endsWith("/");
      if (target.startsWith("/")) stack.length = 1;
      continue;
    }
    stack.push(place);
  }
  const place = stack.at(-1) as Place;
  if (toDirectory && place.inode.type !== "directory") return "ENOTDIR";
  const { path: whole } = place;
  return {
    directory: stack.at(-2) ?? place,
    name: whole.slice(whole.lastIndexOf("/") + 1),
    path: whole,
    place,
  };
}

/** Returns whether a path has more bytes than Linux takes. */
export function isTooLong(path: string): boolean {
  return path.length * 3 > longestPath && encoder.encode(path).length > longestPath;
}

/** Returns whether only slashes follow the part at this index. */
function isLast(parts: readonly string[], at: number): boolean {
  for (let next = at + 1; next < parts.length; next++) if (parts[next] !== "") return false;
  return true;
}

/** Finds the file with a name in a directory, or the mount at its path. Returns the errno of a look-up that fails. */
function childOf(mounts: MountTable, directory: Place, name: string): Place | FileErrorCode | undefined {
  if (directory.inode.type !== "directory") return undefined;
  const path = below(directory, name);
  const mount = mounts.get(path);
  if (mount) return mountedAt(mount, path);
  try {
    const number = directory.inode.entries.get(name);
    const inode = number === undefined ? undefined : directory.mount.files().get(number);
    return number === undefined || !inode ? undefined : { mount: directory.mount, number, inode, path };
  } catch (error) {
    if (error instanceof FileError) return error.code;
    throw error;
  }
}

/** Returns the root of a mount. A file system that another system lends may have gone. */
function mountedAt(mount: Mount, path: string): Place | FileErrorCode {
  const inode = mount.files().get(mount.root);
  return inode ? { mount, number: mount.root, inode, path } : "ESTALE";
}

function below({ path }: Place, name: string): string {
  return path === "/" ? `/${name}` : `${path}/${name}`;
}
