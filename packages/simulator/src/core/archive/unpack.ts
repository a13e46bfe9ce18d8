import { FileError, type FileErrorCode, type Files } from "@dryharbor/kernel";
import type { TarEntry } from "@dryharbor/kernel/tar";
import type { UnpackStyle } from "../releases/archives.js";
import { cleanPath, parentOf } from "./path.js";

/** How an archive is unpacked. */
export interface UnpackOptions {
  /** Refuse entries that replace a directory by another type of file, or the reverse. */
  readonly noOverwriteDirNonDir?: boolean;
  /** The owner of all unpacked files. Default: the owner in the archive. */
  readonly owner?: { readonly uid: number; readonly gid: number } | undefined;
  /** How the release unpacks. */
  readonly style: UnpackStyle;
}

/**
 * Thrown when an archive cannot be unpacked, with the engine's message. `missing` says that a file was not
 * found.
 */
export class UnpackError extends Error {
  override readonly name = "UnpackError";

  constructor(
    message: string,
    readonly missing = false,
  ) {
    super(message);
  }
}

/**
 * Unpacks an archive into a directory, as moby's archive.Unpack does. Files in the way are replaced,
 * directories are merged, and entries before an error stay.
 *
 * @param directory absolute, without symbolic links
 * @throws {UnpackError}
 */
export function unpack(
  files: Files,
  directory: string,
  entries: Iterable<TarEntry>,
  options: UnpackOptions,
): void {
  const unmasked = files.with({ umask: 0 });
  const directories: (readonly [path: string, mtime: bigint])[] = [];
  for (const entry of entries) {
    try {
      unpackEntry(unmasked, directory, entry, options);
      if (entry.type === "directory") directories.push([pathOf(directory, entry.name), entry.mtime]);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      throw new UnpackError(error.message.toLowerCase(), error.code === "ENOENT");
    }
  }
  // Unpacking into a directory has changed its time, so times are set last.
  for (const [path, mtime] of directories) unmasked.setTime(path, mtime);
}

function pathOf(directory: string, name: string): string {
  return cleanPath(`${directory}/${name}`);
}

function unpackEntry(files: Files, directory: string, entry: TarEntry, options: UnpackOptions): void {
  const { style, noOverwriteDirNonDir = false } = options;
  const path = pathOf(directory, entry.name);
  const name = relativeName(entry.name);
  if (!isWithin(directory, path) || (style.beneath && name.startsWith(".."))) {
    throw new UnpackError(style.outside(name, directory));
  }
  if (style.beneath) refuseEscape(files, directory, name);
  files.makeDirectories(parentOf(path), 0o755);
  const isDirectory = entry.type === "directory";
  if (files.isThere(path)) {
    const there = files.lstat(path).type;
    const shown = style.beneath ? name : path;
    if (noOverwriteDirNonDir && there === "directory" && !isDirectory) {
      throw new UnpackError(
        `cannot overwrite directory ${JSON.stringify(shown)} with non-directory ${JSON.stringify(directory)}`,
      );
    }
    if (noOverwriteDirNonDir && there !== "directory" && isDirectory) {
      throw new UnpackError(
        `cannot overwrite non-directory ${JSON.stringify(shown)} with directory ${JSON.stringify(directory)}`,
      );
    }
    if (there === "directory" && name === ".") return;
    if (there !== "directory" || !isDirectory) replace(files, path, name, style);
  }
  const made = { path, name, type: entry.type, linkName: entry.linkName };
  naming(
    () => make(files, directory, path, entry, style),
    // Seen on all three: a file that does not fit on the disk is there, and its content is not.
    (why, code) => (code === "ENOSPC" ? `write ${path}: ${why}` : style.notMade(made, why)),
  );
  const { uid, gid } = options.owner ?? entry;
  naming(
    () => giveTo(files, path, uid, gid),
    (why) => style.notGiven({ ...made, uid, gid }, why),
  );
  if (entry.type === "hard link") return;
  if (entry.type !== "symlink") files.chmod(path, entry.mode);
  if (!isDirectory) files.setTime(path, entry.mtime, false);
}

/** Changes the owner of a file. A folder of the real machine may keep the one that it gave. */
function giveTo(files: Files, path: string, uid: number, gid: number): void {
  try {
    files.chown(path, uid, gid, false);
  } catch (error) {
    if (!(error instanceof FileError && error.code === "EPERM")) throw error;
  }
}

/** Returns a relative name as Go's path.Clean does. */
function relativeName(name: string): string {
  const up: string[] = [];
  for (const part of name.split("/")) {
    if (part === ".." && up.length > 0 && up.at(-1) !== "..") up.pop();
    else if (part !== "" && part !== "." && !(part === ".." && name.startsWith("/"))) up.push(part);
  }
  return up.join("/") || ".";
}

function isWithin(directory: string, path: string): boolean {
  return directory === "/" || path === directory || path.startsWith(`${directory}/`);
}

/** Refuses an entry whose parent directories lead out of the directory by symbolic links. */
function refuseEscape(files: Files, directory: string, name: string): void {
  const parents = name.split("/").slice(0, -1);
  for (let depth = 1; depth <= parents.length; depth++) {
    const parent = parents.slice(0, depth).join("/");
    const path = pathOf(directory, parent);
    if (!files.exists(path)) return;
    if (!isWithin(directory, files.realpath(path))) {
      throw new UnpackError(`statat ${parent}: path escapes from parent`);
    }
  }
}

function replace(files: Files, path: string, name: string, style: UnpackStyle): void {
  naming(
    () => files.remove(path),
    (why) => style.notRemoved(path, name, why),
  );
}

/** Does something with a file. What the file system refuses is told in the engine's words. @throws {UnpackError} */
function naming(act: () => void, text: (why: string, code: FileErrorCode) => string): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new UnpackError(text(error.message.toLowerCase(), error.code), error.code === "ENOENT");
  }
}

function make(files: Files, directory: string, path: string, entry: TarEntry, style: UnpackStyle): void {
  const { linkName, mode } = entry;
  switch (entry.type) {
    case "directory":
      if (!files.isThere(path)) files.mkdir(path, mode);
      return;
    case "file":
      files.write(path, entry.content, { mode });
      return;
    case "symlink":
      if (!style.beneath && !isWithin(directory, cleanPath(`${parentOf(path)}/${linkName}`))) {
        throw new UnpackError(`invalid symlink ${JSON.stringify(path)} -> ${JSON.stringify(linkName)}`);
      }
      files.symlink(linkName, path);
      return;
    case "hard link": {
      const target = pathOf(directory, linkName);
      if (!isWithin(directory, target)) {
        throw new UnpackError(style.badHardLink(target, linkName));
      }
      const call = style.beneath
        ? `linkat ${relativeName(linkName)} ${relativeName(entry.name)}`
        : `link ${target} ${path}`;
      naming(
        () => files.link(target, path),
        (why) => `${call}: ${why}`,
      );
      return;
    }
    case "fifo":
      files.mknod(path, { type: "fifo" }, mode);
      return;
    default: {
      const { type, major, minor } = entry;
      files.mknod(path, { type, major, minor }, mode);
    }
  }
}
