import { FileError, type FileStat, type Files } from "@dryharbor/kernel";
import type { TarEntry, TarEntryType } from "@dryharbor/kernel/tar";
import type { Release } from "../releases/release.js";
import { unixMode } from "./mode.js";

/**
 * Returns a path and everything below it as entries of a tar archive, each directory's in order.
 *
 * @param path without a slash at its end
 * @param as the name of `path` in the archive; empty for the root, which then has no entry
 */
export function* packedFiles(release: Release, files: Files, path: string, as: string): Generator<TarEntry> {
  yield* packed(release, files, path, as, new Map());
}

function* packed(
  release: Release,
  files: Files,
  path: string,
  name: string,
  seen: Map<object, Map<number, string>>,
): Generator<TarEntry> {
  const stat = files.lstat(path);
  if (!isPackable(stat)) return;
  if (stat.type === "directory") {
    if (name !== "") yield packedFile(release, files, path, stat, `${name}/`.replace(/\/\/$/, "/"));
    const within = name === "" || name.endsWith("/") ? name : `${name}/`;
    for (const child of readable(() => files.list(path)) ?? []) {
      yield* packed(
        release,
        files,
        path === "/" ? `/${child}` : `${path}/${child}`,
        `${within}${child}`,
        seen,
      );
    }
    return;
  }
  const first = firstName(stat, name, seen);
  const entry = readable(() => packedFile(release, files, path, stat, name));
  if (!entry) return;
  yield first === undefined
    ? entry
    : { ...entry, type: "hard link", linkName: first, content: new Uint8Array() };
}

/** Returns what has been read, or `undefined` where it may not be read. The engine leaves such files out. */
function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof FileError && error.code === "EACCES") return undefined;
    throw error;
  }
}

/** The attributes of a file that tar has a type for. It has none for sockets, which are left out. */
type Packable = FileStat & { readonly type: Exclude<TarEntryType, "hard link"> };

function isPackable(stat: FileStat): stat is Packable {
  return stat.type !== "socket";
}

/**
 * Returns the entry of one file or directory, without a directory's content. Returns `undefined` for a socket.
 *
 * @param seen the first names of files with several names, by inode
 */
export function packedChange(
  release: Release,
  files: Files,
  path: string,
  name: string,
  seen: Map<number, string>,
): TarEntry | undefined {
  const stat = files.lstat(path);
  if (!isPackable(stat)) return undefined;
  if (stat.type === "directory") return packedFile(release, files, path, stat, `${name}/`);
  const entry = packedFile(release, files, path, stat, name);
  const first = stat.links > 1 ? seen.get(stat.inode) : undefined;
  seen.set(stat.inode, first ?? name);
  return first === undefined
    ? entry
    : { ...entry, type: "hard link", linkName: first, content: new Uint8Array() };
}

/** Returns the name under which a hard-linked file is in the archive already, or `undefined`. */
function firstName(
  { system, inode, links }: FileStat,
  name: string,
  seen: Map<object, Map<number, string>>,
): string | undefined {
  if (links < 2) return undefined;
  const names = seen.get(system) ?? new Map<number, string>();
  seen.set(system, names);
  const first = names.get(inode);
  if (first === undefined) names.set(inode, name);
  return first;
}

/** Returns the entry of one file. */
function packedFile(
  { archives }: Release,
  files: Files,
  path: string,
  stat: Packable,
  name: string,
): TarEntry {
  const owner = (file: string, id: number) => (archives.namesOwners ? nameOf(files, file, id) : "");
  return {
    name,
    type: stat.type,
    mode: archives.modeHasType ? unixMode(stat) : stat.mode,
    uid: stat.uid,
    gid: stat.gid,
    userName: owner("/etc/passwd", stat.uid),
    groupName: owner("/etc/group", stat.gid),
    mtime: stat.mtime,
    linkName: stat.type === "symlink" ? files.readlink(path) : "",
    major: stat.major,
    minor: stat.minor,
    content: files.content(path),
  };
}

/** Returns the name of an id in a file like /etc/passwd, or an empty text. */
function nameOf(files: Files, path: string, id: number): string {
  if (!files.exists(path)) return "";
  const lines = new TextDecoder().decode(files.read(path)).split("\n");
  const found = lines.map((line) => line.split(":")).find(([, , number]) => number === String(id));
  return found?.[0] ?? "";
}
