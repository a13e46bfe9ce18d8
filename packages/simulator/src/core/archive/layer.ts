import { FileError, type FileStat } from "@dryharbor/kernel";
import {
  changed,
  emptyTree,
  FileSystem,
  Files,
  type Inode,
  rootInode,
  type Tree,
} from "@dryharbor/kernel/host";
import type { OtherTarEntry, TarEntry } from "@dryharbor/kernel/tar";
import type { FilesystemChange } from "@dryharbor/sdk/port";
import { earlyUnpacking, type UnpackStyle } from "../releases/archives.js";
import type { Release } from "../releases/release.js";
import { packedChange } from "./pack.js";
import { baseName, cleanPath, parentOf } from "./path.js";
import { type EntryPlace, unpack } from "./unpack.js";
import { UnpackError } from "./unpack-error.js";

/** The prefix of a whiteout: the file of that name in the layers below is gone. */
export const whiteout = ".wh.";
/** The whiteout of a whole directory: nothing from the layers below remains in it. */
export const opaqueName = ".wh..wh..opq";

/** Returns the entries of a layer's archive: new and changed files, and whiteouts for removed ones. */
export function layerEntries(
  release: Release,
  files: Files,
  changes: readonly FilesystemChange[],
  now: bigint,
): TarEntry[] {
  const seen = new Map<number, string>();
  return changes.flatMap(({ Path, Kind }) => {
    const name = Path.slice(1);
    if (Kind !== 2) return packedChange(release, files, Path, name, seen) ?? [];
    const at = name.lastIndexOf("/") + 1;
    return {
      name: `${name.slice(0, at)}${whiteout}${name.slice(at)}`,
      type: "file" as const,
      mode: 0,
      uid: 0,
      gid: 0,
      userName: "",
      groupName: "",
      mtime: now,
      linkName: "",
      major: 0,
      minor: 0,
      content: new Uint8Array(),
    };
  });
}

/** How a layer is unpacked that the engine has accepted before. */
export const acceptedLayer: UnpackStyle = {
  ...earlyUnpacking,
  beneath: true,
  refusesLinksOut: false,
  lenient: true,
  notGiven: (_entry, why) => why,
};

/** What a layer that is unpacked for itself hides of those below. */
export interface Hidden {
  /** The inode numbers of directories of which nothing from below remains. */
  readonly opaque: Set<number>;
  /** Those of directories that the archive does not have. Where the layers below have one, it stays theirs. */
  readonly implied?: ReadonlySet<number>;
}

/**
 * Unpacks a layer for itself, as overlayfs keeps it: a whiteout is a device, and what else it hides is noted.
 *
 * @throws {UnpackError}
 */
export function unpackLayer(
  files: Files,
  entries: Iterable<TarEntry | OtherTarEntry>,
  style: UnpackStyle,
): Hidden {
  const hidden: Hidden = { opaque: new Set() };
  unpack(files, "/", entries, {
    style,
    onDisk: true,
    makeOther: (unmasked, place) => makeWhiteout(unmasked, place, style, hidden),
  });
  return hidden;
}

/** Makes a whiteout of an entry that is one. Returns whether it is one. */
function makeWhiteout(files: Files, place: EntryPlace, style: UnpackStyle, hidden: Hidden): boolean {
  const base = baseName(place.path);
  if (!base.startsWith(whiteout)) return false;
  const parent = parentOf(place.path);
  const name = base.slice(whiteout.length);
  if (base === opaqueName) {
    try {
      hidden.opaque.add(files.stat(parent).inode);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      const why = error.message.toLowerCase();
      const xattr = `setxattr(${JSON.stringify(parent)}, trusted.overlay.opaque=y)`;
      throw new UnpackError(`${xattr}: ${why}`, error.code === "ENOENT");
    }
    return true;
  }
  if (style.beneath && (name === "" || name === "." || name === "..")) {
    if (style.lenient) return true;
    throw new UnpackError(`invalid whiteout entry ${JSON.stringify(place.name)}`);
  }
  const path = cleanPath(`${parent}/${name}`);
  if (style.lenient && files.isThere(path)) files.remove(path);
  try {
    files.mknod(path, { type: "character device", major: 0, minor: 0 }, 0);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const why = error.message.toLowerCase();
    throw new UnpackError(style.badWhiteout(style.beneath ? path.slice(1) : path, why));
  }
  return true;
}

/**
 * Lays the files of an unpacked layer over others, as overlayfs shows them. The root always shows what is below. Seen: load
 * of an opaque root.
 */
export function laidOver(below: Tree, own: Tree, hidden: Hidden): Tree {
  if (below === emptyTree && !hasWhiteouts(own)) return own;
  return changed(below, (files) => overlay(readOnly(own), files, hidden));
}

function readOnly(tree: Tree): Files {
  const system = new FileSystem(tree);
  return new Files(new Map([["/", { files: () => system, change: undefined, root: rootInode }]]), () => 0n);
}

function overlay(own: Files, files: Files, { opaque, implied }: Hidden): void {
  const laid = { own, files: files.with({ umask: 0 }), opaque, implied, names: new Map<number, string>() };
  overlayDirectory(laid, "/");
}

interface Overlay {
  readonly own: Files;
  readonly files: Files;
  readonly opaque: ReadonlySet<number>;
  readonly implied: ReadonlySet<number> | undefined;
  /** The first names of files with several, by inode. */
  readonly names: Map<number, string>;
}

function overlayDirectory(laid: Overlay, directory: string): void {
  const { own, files, opaque } = laid;
  for (const name of own.list(directory)) {
    const path = childOf(directory, name);
    const stat = own.lstat(path);
    const there = files.isThere(path) ? files.lstat(path).type : undefined;
    if (there !== undefined && (there !== "directory" || stat.type !== "directory")) files.remove(path);
    if (isWhiteout(stat)) continue;
    if (stat.type === "directory") {
      if (there !== "directory") files.mkdir(path);
      else if (opaque.has(stat.inode)) empty(files, path);
      overlayDirectory(laid, path);
      if (there === "directory" && laid.implied?.has(stat.inode)) continue;
    } else if (laid.names.has(stat.inode)) {
      files.link(laid.names.get(stat.inode) as string, path);
      continue;
    } else {
      laid.names.set(stat.inode, path);
      makeLike(own, files, path, stat);
    }
    files.chown(path, stat.uid, stat.gid, false);
    if (stat.type !== "symlink") files.chmod(path, stat.mode);
    files.setTime(path, stat.mtime, false);
  }
}

function makeLike(own: Files, files: Files, path: string, stat: FileStat): void {
  const { type, major, minor } = stat;
  if (type === "file") files.write(path, own.content(path));
  else if (type === "symlink") files.symlink(own.readlink(path), path);
  else if (type === "character device" || type === "block device") files.mknod(path, { type, major, minor });
  else if (type === "fifo") files.mknod(path, { type });
}

function empty(files: Files, directory: string): void {
  for (const name of files.list(directory)) files.remove(childOf(directory, name));
}

function childOf(directory: string, name: string): string {
  return directory === "/" ? `/${name}` : `${directory}/${name}`;
}

/** Returns whether an unpacked layer has whiteouts. */
function hasWhiteouts({ inodes }: Tree): boolean {
  return [...inodes.values()].some(isWhiteout);
}

function isWhiteout(file: Inode | FileStat): boolean {
  return file.type === "character device" && file.major === 0 && file.minor === 0;
}
