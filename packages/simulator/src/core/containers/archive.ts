import { FileError, type Files } from "@dryharbor/kernel";
import { engineError, type FilesystemChange, type PathStat } from "@dryharbor/sdk/port";
import type { Archive } from "../archive/archive.js";
import { changesOf } from "../archive/changes.js";
import { goMode } from "../archive/mode.js";
import { packedFiles } from "../archive/pack.js";
import { baseName, cleanAsMeant, cleanPath } from "../archive/path.js";
import { UnpackError, unpack } from "../archive/unpack.js";
import { formatTime } from "../clock.js";
import type { Daemon } from "../daemon.js";
import type { TarEntry } from "../tar/entry.js";
import { readTar, TarError } from "../tar/read.js";
import type { Container } from "./container.js";
import { emitContainerEvent } from "./events.js";
import { engineFiles, ownFiles } from "./files.js";
import { findContainer } from "./find.js";
import { mergedDirectory } from "./layer-directory.js";
import { ownerOf } from "./owner.js";

/**
 * `HEAD /containers/{id}/archive?path=…`.
 *
 * @param spelled the container as the request named it: the error repeats it
 * @throws 404 no such container or file; 500 what else keeps it from being looked at
 */
export function statContainerPath(daemon: Daemon, spelled: string, path: string): PathStat {
  const container = findContainer(daemon, spelled);
  const { statsPathAsGiven } = daemon.release.archives;
  return found(spelled, path, () => stat(daemon, container, statsPathAsGiven ? path : cleanAsMeant(path)));
}

/**
 * `GET /containers/{id}/archive?path=…`: the file, or the directory and all that is in it, under its last name.
 *
 * @throws as {@link statContainerPath}
 */
export function archiveContainerPath(
  daemon: Daemon,
  spelled: string,
  path: string,
): { readonly stat: PathStat; readonly entries: readonly TarEntry[] } {
  const container = findContainer(daemon, spelled);
  const absolute = cleanAsMeant(path);
  const of = found(spelled, path, () => stat(daemon, container, absolute));
  const files = engineFiles(daemon, container);
  const isDirectory = of.mode >= 2 ** 31;
  const source = isDirectory ? files.realpath(absolute) : absolute;
  const entries = [...packedFiles(daemon.release, files, source, baseName(absolute))];
  emitContainerEvent(daemon, container, "archive-path");
  return { stat: of, entries };
}

/** Where a file is missing, the engine says so in its own words. */
function found<T>(spelled: string, path: string, look: () => T): T {
  try {
    return look();
  } catch (error) {
    if (error instanceof FileError && error.code === "ENOENT") throw notFound(spelled, path);
    throw error;
  }
}

function notFound(spelled: string, path: string): Error {
  return engineError(404, `Could not find the file ${path} in container ${spelled}`);
}

function stat(daemon: Daemon, container: Container, path: string): PathStat {
  const files = engineFiles(daemon, container);
  const { type, mode, size, mtime } = lstat(daemon, container, files, path);
  return {
    name: baseName(path),
    size,
    mode: goMode({ type, mode }),
    mtime: mtime === 0n ? "1970-01-01T00:00:00Z" : formatTime(mtime),
    linkTarget: type === "symlink" ? finalTarget(files, path) : "",
  };
}

function lstat(daemon: Daemon, container: Container, files: Files, path: string) {
  try {
    return files.lstat(path);
  } catch (error) {
    if (!(error instanceof FileError) || error.code === "ENOENT") throw error;
    const { namesPathsInContainer } = daemon.release.archives;
    const shown = namesPathsInContainer ? path : `${mergedDirectory(daemon, container)}${path}`;
    throw engineError(500, `lstat ${shown}: ${error.message.toLowerCase()}`);
  }
}

const mostLinks = 255;

/** moby's symlink.FollowSymlinkInScope: what is missing has no links in it. */
function finalTarget(files: Files, path: string): string {
  const left = path.split("/").filter((part) => part !== "" && part !== ".");
  let current = "";
  for (let links = 0; ; ) {
    const part = left.shift();
    if (part === undefined) return current || "/";
    const next = part === ".." ? current.slice(0, current.lastIndexOf("/")) : `${current}/${part}`;
    if (part !== ".." && files.isThere(next) && files.lstat(next).type === "symlink") {
      if (++links > mostLinks) throw new FileError("ELOOP");
      const target = files.readlink(next);
      if (target.startsWith("/")) current = "";
      left.unshift(...target.split("/").filter((step) => step !== "" && step !== "."));
    } else current = next;
  }
}

/** What `PUT /containers/{id}/archive` takes beside the archive. */
export interface ExtractOptions {
  /** It is an error if a directory would be replaced by what is none, or the other way round. */
  readonly noOverwriteDirNonDir?: boolean;
  /** The files become the container's user's, where it has one. */
  readonly copyUIDGID?: boolean;
}

/**
 * `PUT /containers/{id}/archive?path=…`: unpacks a tar archive into a directory. What was unpacked before an error
 * stays.
 *
 * @throws 404 no such container or directory; 400 (500 before 28.5) no directory, or one that cannot be written; 500 a
 * bad archive
 */
export function extractToContainer(
  daemon: Daemon,
  spelled: string,
  path: string,
  archive: Archive,
  options: ExtractOptions = {},
): void {
  const container = findContainer(daemon, spelled);
  const { archives } = daemon.release;
  const files = engineFiles(daemon, container);
  const directory = found(spelled, path, () => extractionPoint(daemon, container, files, path));
  if (files.stat(directory).type !== "directory") {
    throw engineError(archives.badTargetStatus, "extraction point is not a directory");
  }
  refuseReadOnly(daemon, container, directory);
  const owner = options.copyUIDGID ? ownerOf(daemon, container) : undefined;
  try {
    unpack(files, directory, readTar(archive.read()), { ...options, owner, style: archives.unpacking });
  } catch (error) {
    if (error instanceof UnpackError && error.missing && archives.missingIsNotFound) {
      throw notFound(spelled, path);
    }
    if (error instanceof UnpackError || error instanceof TarError) {
      throw engineError(500, archives.unpackFailure(error.message));
    }
    throw error;
  }
  emitContainerEvent(daemon, container, "extract-to-dir");
}

/** The directory without symbolic links. */
function extractionPoint(daemon: Daemon, container: Container, files: Files, path: string): string {
  const { namesPathsInContainer } = daemon.release.archives;
  const clean = cleanPath(path);
  let real: string;
  try {
    real = files.realpath(clean);
  } catch (error) {
    if (!(error instanceof FileError) || error.code === "ENOENT") throw error;
    const message = error.message.toLowerCase();
    const shown = namesPathsInContainer ? "" : `lstat ${mergedDirectory(daemon, container)}${clean}: `;
    throw engineError(500, `${shown}${message}`);
  }
  if (namesPathsInContainer) lstat(daemon, container, files, cleanAsMeant(path, real));
  return real;
}

function refuseReadOnly(daemon: Daemon, { mounts, hostConfig }: Container, path: string): void {
  const status = daemon.release.archives.badTargetStatus;
  const mount = mounts?.find(({ destination }) => path === destination || path.startsWith(`${destination}/`));
  if (mount) {
    if (!mount.writable) throw engineError(status, "mounted volume is marked read-only");
  } else if (hostConfig.ReadonlyRootfs) {
    throw engineError(status, "container rootfs is marked read-only");
  }
}

/** `GET /containers/{id}/changes`; `null` for none. @throws 404 */
export function containerChanges(daemon: Daemon, spelled: string): FilesystemChange[] | null {
  const { layer } = findContainer(daemon, spelled);
  const changes = layer ? changesOf(layer) : [];
  return changes.length > 0 ? changes : null;
}

/** `GET /containers/{id}/export`: all of the container's own files. @throws 404 */
export function exportContainer(daemon: Daemon, spelled: string): TarEntry[] {
  const container = findContainer(daemon, spelled);
  const entries = [...packedFiles(daemon.release, ownFiles(daemon, container), "/", "")];
  emitContainerEvent(daemon, container, "export");
  return entries;
}
