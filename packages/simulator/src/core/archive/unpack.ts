import { FileError, type FileErrorCode, type Files } from "@dryharbor/kernel";
import { globalFlag, type OtherTarEntry, type TarEntry } from "@dryharbor/kernel/tar";
import type { UnpackStyle } from "../releases/archives.js";
import { makeParentsBeneath, resolvedBeneath } from "./beneath.js";
import { cleanName, isOutside } from "./clean-name.js";
import { cleanPath, parentOf } from "./path.js";
import { UnpackError } from "./unpack-error.js";

/** How an archive is unpacked. */
export interface UnpackOptions {
  /** Refuse entries that replace a directory by another type of file, or the reverse. */
  readonly noOverwriteDirNonDir?: boolean;
  /** The owner of all unpacked files. Default: the owner in the archive. */
  readonly owner?: { readonly uid: number; readonly gid: number } | undefined;
  /** How the release unpacks. */
  readonly style: UnpackStyle;
  /** The files are on an ordinary disk of the host. Default: they are a container's, on overlayfs. */
  readonly onDisk?: boolean;
  /** Makes something else of an entry. Returns whether it has. Default: whiteouts are files as others. */
  readonly makeOther?: (files: Files, place: EntryPlace) => boolean;
}

/** Where an entry of an archive goes. */
export interface EntryPlace {
  /** The absolute path. */
  readonly path: string;
  /** The path as messages show it. */
  readonly shown: string;
  /** The clean name in the archive. */
  readonly name: string;
}

/** An archive that is being unpacked into a directory. */
interface Unpacking extends UnpackOptions {
  readonly files: Files;
  readonly directory: string;
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
  entries: Iterable<TarEntry | OtherTarEntry>,
  options: UnpackOptions,
): void {
  const unpacking = { ...options, files: files.with({ umask: 0 }), directory };
  const { style } = options;
  const directories: (EntryPlace & { readonly mtime: bigint })[] = [];
  for (const entry of entries) {
    if (entry.type === "other" && (entry.flag === globalFlag || style.lenient)) continue;
    try {
      const place = unpackEntry(unpacking, entry);
      if (place && entry.type === "directory") directories.push({ ...place, mtime: entry.mtime });
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      throw new UnpackError(error.message.toLowerCase(), error.code === "ENOENT");
    }
  }
  // Unpacking into a directory has changed its time, so times are set last.
  for (const { path, shown, mtime } of directories) {
    if (style.lenient && !files.exists(path)) continue;
    naming(
      () => unpacking.files.setTime(path, mtime),
      (why) => style.notTimed(shown, why),
    );
  }
}

/** Unpacks an entry. Returns where it is, or `undefined` if nothing is made of it. */
function unpackEntry(unpacking: Unpacking, entry: TarEntry | OtherTarEntry): EntryPlace | undefined {
  const { files, directory, style } = unpacking;
  if (style.beneath) {
    const place = placeBeneath(unpacking, entry);
    if (!place) return undefined;
    if (files.isThere(place.path)) makeWay(unpacking, entry, place);
    makeParentsBeneath(files, directory, place.shown);
    return made(unpacking, entry, place);
  }
  const name = cleanName(entry.name);
  const path = cleanPath(`${directory}/${name}`);
  if (name !== "/") makeParents(files, cleanPath(`${directory}/${cleanName(`${name}/..`)}`));
  if (!isWithin(directory, path) && path !== parentOf(directory)) {
    throw new UnpackError(style.outside(name, directory));
  }
  const place = { path, shown: path, name };
  if (files.isThere(path) && !makeWay(unpacking, entry, place)) return undefined;
  return made(unpacking, entry, place);
}

/** Returns where an entry goes, without links out of the directory; `undefined` for the directory itself. */
function placeBeneath(
  { files, directory, style }: Unpacking,
  entry: TarEntry | OtherTarEntry,
): EntryPlace | undefined {
  const cleaned = cleanName(entry.name.replace(/^\/+/, ""));
  const name = style.lenient ? cleanPath(cleaned).slice(1) || "." : cleaned;
  if (name === ".") return undefined;
  if (isOutside(name)) throw new UnpackError(style.outside(entry.name, directory));
  const shown = resolvedBeneath(files, directory, name, style.lenient);
  return { path: cleanPath(`${directory}/${shown}`), shown, name };
}

/** Makes the directories above an entry that are missing, as Go's os.MkdirAll does. A file among them shows later. */
function makeParents(files: Files, path: string): void {
  try {
    files.lstat(path);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    if (error.code === "ENOENT") makeAll(files, path);
  }
}

function makeAll(files: Files, path: string): void {
  if (files.isDirectory(path)) return;
  if (files.exists(path)) throw new UnpackError(`mkdir ${path}: not a directory`);
  makeAll(files, parentOf(path));
  naming(
    () => files.mkdir(path, 0o755),
    (why) => `mkdir ${path}: ${why}`,
  );
}

/** Makes way for an entry. Returns whether the entry is to be made. */
function makeWay(unpacking: Unpacking, entry: TarEntry | OtherTarEntry, place: EntryPlace): boolean {
  const { files, directory, style, noOverwriteDirNonDir = false } = unpacking;
  const isDirectory = entry.type === "directory";
  const there = files.lstat(place.path).type;
  const shown = JSON.stringify(style.beneath ? place.name : place.path);
  if (noOverwriteDirNonDir && there === "directory" && !isDirectory) {
    throw new UnpackError(
      `cannot overwrite directory ${shown} with non-directory ${JSON.stringify(directory)}`,
    );
  }
  if (noOverwriteDirNonDir && there !== "directory" && isDirectory) {
    throw new UnpackError(
      `cannot overwrite non-directory ${shown} with directory ${JSON.stringify(directory)}`,
    );
  }
  if (there === "directory" && place.name === ".") return false;
  if (there !== "directory" || !isDirectory) {
    naming(
      () => removeAll(files, place.path),
      (why) => style.notRemoved(place.path, place.name, why),
    );
  }
  return true;
}

/** Removes a file with all below it. The root stays, and is empty then as far as it can be. */
function removeAll(files: Files, path: string): void {
  if (path !== "/") {
    files.remove(path);
    return;
  }
  for (const name of files.list("/")) {
    try {
      files.remove(`/${name}`);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
    }
  }
  throw new FileError("EBUSY");
}

/** Makes an entry. Returns where it is, or `undefined` if something else is made of it. */
function made(
  unpacking: Unpacking,
  entry: TarEntry | OtherTarEntry,
  place: EntryPlace,
): EntryPlace | undefined {
  const { files, style, makeOther } = unpacking;
  if (makeOther?.(files, place)) return undefined;
  if (entry.type === "other") throw new UnpackError(`unhandled tar header type ${entry.flag}`);
  const { path, shown } = place;
  const told = { path, name: shown, type: entry.type, linkName: entry.linkName };
  const target = entry.type === "hard link" ? linkTarget(unpacking, entry) : "";
  naming(
    () => make(unpacking, entry, place, target),
    // Seen on all three: a file that does not fit on the disk is there, and its content is not.
    (why, code) => (code === "ENOSPC" ? `write ${path}: ${why}` : style.notMade(told, why)),
  );
  const { uid, gid } = unpacking.owner ?? entry;
  naming(
    () => giveTo(files, path, uid, gid),
    (why) => style.notGiven({ ...told, uid, gid }, why),
  );
  if (entry.type === "symlink" || (entry.type === "hard link" && isLink(unpacking, entry, target))) {
    if (entry.type === "symlink") files.setTime(path, entry.mtime, false);
    return place;
  }
  files.chmod(path, entry.mode);
  if (entry.type !== "directory") files.setTime(path, entry.mtime, false);
  return place;
}

/** Changes the owner of a file. A folder of the real machine may keep the one that it gave. */
export function giveTo(files: Files, path: string, uid: number, gid: number): void {
  const now = files.lstat(path);
  try {
    files.chown(path, id(uid) ?? now.uid, id(gid) ?? now.gid, false);
  } catch (error) {
    if (!(error instanceof FileError && error.code === "EPERM")) throw error;
  }
}

/** Returns an owner as Linux takes it: of 32 bits. The highest means none, so that the owner stays. */
function id(number: number): number | undefined {
  const bits = ((number % 2 ** 32) + 2 ** 32) % 2 ** 32;
  return bits === 2 ** 32 - 1 ? undefined : bits;
}

function isWithin(directory: string, path: string): boolean {
  return directory === "/" || path === directory || path.startsWith(`${directory}/`);
}

/** Returns the target of a hard link as messages show it: absolute, or relative to the directory. */
function linkTarget({ files, directory, style }: Unpacking, { linkName }: TarEntry): string {
  if (!style.beneath) {
    const target = cleanPath(`${directory}/${linkName}`);
    // A text comparison without a slash at its end, as the engine's is.
    if (!target.startsWith(directory)) throw new UnpackError(style.badHardLink(target, linkName));
    return target;
  }
  const cleaned = cleanName(linkName.replace(/^\/+/, ""));
  const name = style.lenient ? cleanPath(cleaned).slice(1) || "." : cleaned;
  if (name === "." || isOutside(name)) throw new UnpackError(style.badHardLink(name, linkName));
  return resolvedBeneath(files, directory, name, style.lenient);
}

/**
 * Returns whether the target of a hard link is a symbolic link, or is not found. Earlier releases look for the
 * name in the archive as if it began at the root. Seen: PUT archive into another directory.
 */
function isLink({ files, directory, style }: Unpacking, { linkName }: TarEntry, target: string): boolean {
  const path = cleanPath(style.beneath ? `${directory}/${target}` : linkName);
  return !files.isThere(path) || files.lstat(path).type === "symlink";
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

function make(unpacking: Unpacking, entry: TarEntry, { path, shown }: EntryPlace, target: string): void {
  const { files, directory, style } = unpacking;
  const { linkName, mode } = entry;
  switch (entry.type) {
    case "directory":
      if (!files.isThere(path)) files.mkdir(path, mode);
      return;
    case "file":
      files.write(path, entry.content, { mode });
      return;
    case "symlink": {
      // A text comparison without a slash at its end, as the engine's is.
      const leadsIn = cleanPath(`${parentOf(path)}/${linkName}`).startsWith(directory);
      if (style.refusesLinksOut && !leadsIn) {
        throw new UnpackError(`invalid symlink ${JSON.stringify(path)} -> ${JSON.stringify(linkName)}`);
      }
      files.symlink(linkName, path);
      return;
    }
    case "hard link":
      naming(
        () => files.link(style.beneath ? cleanPath(`${directory}/${target}`) : target, path),
        (why) => style.notLinked(target, shown, why),
      );
      return;
    default:
      makeDevice(unpacking, entry, path, shown);
  }
}

/** Makes a pipe or a device. Newer releases open its directory first. */
function makeDevice(
  { files, style, onDisk = false }: Unpacking,
  entry: TarEntry,
  path: string,
  shown: string,
): void {
  const parent = parentOf(path);
  if (style.beneath && files.exists(parent) && !files.isDirectory(parent)) {
    throw new UnpackError(`openat ${shown.slice(0, shown.lastIndexOf("/"))}: not a directory`);
  }
  const { type, major, minor, mode } = entry;
  if (type === "fifo") files.mknod(path, { type }, mode);
  else if (type === "character device" || type === "block device") {
    // Overlayfs has such a device for what is removed.
    if (type === "character device" && major === 0 && minor === 0 && !onDisk) throw new FileError("EPERM");
    files.mknod(path, { type, major, minor }, mode);
  }
}
