// A container's files as archives: what `docker cp`, `docker diff` and `docker export` ask for. The routes
// and the engine driver call this; `core/archive/` packs and unpacks the tar entries.

import { FileError, type Files } from "@dryharbor/kernel";
import type { TarEntry } from "@dryharbor/kernel/tar";
import { readEveryEntry, TarError } from "@dryharbor/kernel/tar";
import { engineError, type FilesystemChange, type PathStat } from "@dryharbor/sdk/port";
import type { Archive } from "../archive/archive.js";
import { changesOf } from "../archive/changes.js";
import { goMode } from "../archive/mode.js";
import { packedFiles } from "../archive/pack.js";
import { baseName, cleanAsMeant, cleanPath } from "../archive/path.js";
import { withinScope } from "../archive/scope.js";
import { unpack } from "../archive/unpack.js";
import { UnpackError } from "../archive/unpack-error.js";
import { formatTime } from "../clock.js";
import type { Daemon } from "../daemon.js";
import { makeSources } from "../mounts/bind-source.js";
import { engineMountPoints } from "../mounts/engine-mount-point.js";
import { whileMounted } from "../mounts/mount.js";
import type { Container } from "./container.js";
import { emitContainerEvent } from "./events.js";
import { engineFiles, ownFiles } from "./files.js";
import { findContainer } from "./find.js";
import { mergedDirectory } from "./layer-directory.js";
import { ownerOf } from "./owner.js";

/**
 * `HEAD /containers/{id}/archive?path=…`.
 *
 * @param spelled the container as the request names it; error messages repeat it
 * @throws 404 where there is no such container or file, 500 for any other error of the file system
 */
export function statContainerPath(daemon: Daemon, spelled: string, path: string): PathStat {
  const container = findContainer(daemon, spelled);
  const { statsPathAsGiven } = daemon.release.archives;
  return withMounts(daemon, spelled, path, container, (files) =>
    found(spelled, path, () => stat(daemon, container, files, statsPathAsGiven ? path : cleanAsMeant(path))),
  );
}

/**
 * `GET /containers/{id}/archive?path=…`: packs a file, or a directory with everything in it, under its base
 * name.
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
  return withMounts(daemon, spelled, path, container, (files) => {
    const of = found(spelled, path, () => stat(daemon, container, files, absolute));
    const isDirectory = of.mode >= 2 ** 31;
    const source = isDirectory ? files.realpath(absolute) : absolute;
    const entries = [...packedFiles(daemon.release, files, source, baseName(absolute))];
    emitContainerEvent(daemon, container, "archive-path");
    return { stat: of, entries };
  });
}

/**
 * Does something with the container's files and its mounts. Like a start, this makes missing sources of its
 * binds, and mounts its volumes for that time.
 *
 * @throws 404 where a source must exist and is missing, 500 where one cannot be made or mounted
 */
function withMounts<T>(
  daemon: Daemon,
  spelled: string,
  path: string,
  container: Container,
  act: (files: Files) => T,
): T {
  const problem = makeSources(daemon, container);
  if (problem?.missing) throw notFound(spelled, path);
  if (problem) throw engineError(500, problem.text);
  if (container.mounts?.length) container.paths = { ...container.paths, mounted: true };
  if (container.paths.network) container.paths = { ...container.paths, copied: true };
  const make = engineMountPoints(daemon, container);
  return whileMounted(daemon, container, () => act(engineFiles(daemon, container, make)));
}

/** Replaces the file system's error for a missing file by the engine's own one. */
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

function stat(daemon: Daemon, container: Container, files: Files, path: string): PathStat {
  const { type, mode, size, mtime } = lstat(daemon, container, files, path);
  return {
    name: baseName(path),
    size,
    mode: goMode({ type, mode }),
    mtime: mtime === 0n ? "1970-01-01T00:00:00Z" : formatTime(mtime),
    linkTarget: type === "symlink" ? withinScope(files, path) : "",
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

/** The options of `PUT /containers/{id}/archive`. */
export interface ExtractOptions {
  /** Refuse to replace a directory by a file that is no directory, or the reverse. */
  readonly noOverwriteDirNonDir?: boolean;
  /** Give the files to the container's user, if it has one. */
  readonly copyUIDGID?: boolean;
}

/**
 * `PUT /containers/{id}/archive?path=…`: unpacks a tar archive into a directory. Files that were unpacked
 * before an error stay.
 *
 * @throws 404 where there is no such container or directory; 400 (500 before 28.5) where the path is no
 *   directory or is read-only; 500 for a bad archive
 */
export function extractToContainer(
  daemon: Daemon,
  spelled: string,
  path: string,
  archive: Archive,
  options: ExtractOptions = {},
): void {
  const container = findContainer(daemon, spelled);
  withMounts(daemon, spelled, path, container, (files) => {
    extract(daemon, spelled, path, container, files, archive, options);
    emitContainerEvent(daemon, container, "extract-to-dir");
  });
}

function extract(
  daemon: Daemon,
  spelled: string,
  path: string,
  container: Container,
  files: Files,
  archive: Archive,
  options: ExtractOptions,
): void {
  const { archives } = daemon.release;
  const directory = found(spelled, path, () => extractionPoint(daemon, container, files, path));
  if (files.stat(directory).type !== "directory") {
    throw engineError(archives.badTargetStatus, "extraction point is not a directory");
  }
  refuseReadOnly(daemon, container, directory);
  const owner = options.copyUIDGID ? ownerOf(daemon, container) : undefined;
  try {
    unpack(files, directory, readEveryEntry(archive.read()), {
      ...options,
      owner,
      style: archives.unpacking,
    });
  } catch (error) {
    if (error instanceof UnpackError && error.missing && archives.missingIsNotFound) {
      throw notFound(spelled, path);
    }
    if (error instanceof UnpackError || error instanceof TarError) {
      throw engineError(500, archives.unpackFailure(error.message));
    }
    throw error;
  }
}

/** Resolves the symbolic links of the target directory. */
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

/** `GET /containers/{id}/changes`. Returns `null` when nothing has changed. @throws 404 */
export function containerChanges(daemon: Daemon, spelled: string): FilesystemChange[] | null {
  const { layer } = findContainer(daemon, spelled);
  const changes = layer ? changesOf(layer) : [];
  return changes.length > 0 ? changes : null;
}

/** `GET /containers/{id}/export`: packs all of the container's own files. @throws 404 */
export function exportContainer(daemon: Daemon, spelled: string): TarEntry[] {
  const container = findContainer(daemon, spelled);
  const entries = [...packedFiles(daemon.release, ownFiles(daemon, container), "/", "")];
  emitContainerEvent(daemon, container, "export");
  return entries;
}
