// Where a mount's `Subpath` leads in its volume. moby's internal/safepath: symbolic links are followed as on the
// host, and the result must be in the volume. The words are those of Go's filepath.EvalSymlinks.

import { type FileSystem, rootInode } from "@dryharbor/kernel/host";
import { engineError } from "@dryharbor/sdk/port";
import { cleanPath, parentOf } from "../archive/path.js";

/** Where a subpath leads: an inode of the volume, or why to none. */
type Place = { readonly inode: number } | { readonly problem: Problem };

interface Problem {
  readonly status: number;
  readonly message: string;
}

/** The directories that every host has, as far as a link of a volume may lead to them. */
const hostDirectories =
  /^\/(?:bin|boot|dev|etc|home|lib|media|mnt|opt|proc|root|run|sbin|srv|sys|tmp|usr|var(?:\/lib)?)?$/;

const mostLinks = 255;

/**
 * Returns the inode at a subpath of a volume.
 *
 * @param base the volume's directory on the host
 * @throws 404 if there is none, 400 if it is outside of the volume, 500 if links lead in a circle
 */
export function inodeAt(files: FileSystem, base: string, subpath: string): number {
  const place = placeOf(files, base, subpath);
  if ("inode" in place) return place.inode;
  throw engineError(place.problem.status, place.problem.message);
}

/** Returns the inode at a subpath of a file system, or `undefined`. */
export function inodeIfAny(files: FileSystem, subpath: string): number | undefined {
  const place = placeOf(files, "/volume", subpath);
  return "inode" in place ? place.inode : undefined;
}

function placeOf(files: FileSystem, base: string, subpath: string): Place {
  const whole = cleanPath(`${base}/${subpath}`);
  const rest = whole.slice(1).split("/");
  let path = "/";
  let links = 0;
  for (let name = rest.shift(); name !== undefined; name = rest.shift()) {
    if (name === "" || name === ".") continue;
    if (name === "..") {
      path = parentOf(path);
      continue;
    }
    const next = path === "/" ? `/${name}` : `${path}/${name}`;
    const inode = inodeOf(files, base, next);
    if (inode === undefined && !isOfHost(base, next)) {
      return problem(404, `cannot access path ${whole}: lstat ${next}: no such file or directory`);
    }
    const found = inode === undefined ? undefined : files.get(inode);
    if (found?.type === "symlink") {
      links++;
      if (links > mostLinks) return problem(500, `${resolving(whole)}: EvalSymlinks: too many links`);
      if (found.target.startsWith("/")) path = "/";
      rest.unshift(...found.target.split("/"));
      continue;
    }
    if (found && found.type !== "directory" && rest.some((each) => each !== "" && each !== ".")) {
      return problem(500, `${resolving(whole)}: not a directory`);
    }
    path = next;
  }
  const inode = inodeOf(files, base, path);
  if (inode !== undefined) return { inode };
  return problem(400, `path concatenation escapes the base directory, base: ${base}, subpath: ${subpath}`);
}

function problem(status: number, message: string): Place {
  return { problem: { status, message } };
}

function resolving(path: string): string {
  return `error while resolving symlinks in combined path ${JSON.stringify(path)}`;
}

/** Returns the inode at a path of the host without links, if that is in the volume. */
function inodeOf(files: FileSystem, base: string, path: string): number | undefined {
  if (path === base) return rootInode;
  if (!path.startsWith(`${base}/`)) return undefined;
  let number: number | undefined = rootInode;
  for (const part of path.slice(base.length + 1).split("/")) {
    const inode: ReturnType<FileSystem["get"]> = files.get(number);
    number = inode?.type === "directory" ? inode.entries.get(part) : undefined;
    if (number === undefined) return undefined;
  }
  return number;
}

/** Returns whether the host has a path outside of the volume. */
function isOfHost(base: string, path: string): boolean {
  return base.startsWith(`${path}/`) || hostDirectories.test(path);
}
