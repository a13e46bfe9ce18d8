import { FileError, type Files } from "@dryharbor/kernel";
import { copyTree, type FileSystem, rootInode, untouched } from "@dryharbor/kernel/host";
import { EngineError, engineError } from "@dryharbor/sdk/port";
import type { Container } from "../containers/container.js";
import { filesAtStart, isMountedFile, ownFiles } from "../containers/files.js";
import { mountAdvice } from "../containers/launch.js";
import { mergedDirectory } from "../containers/layer-directory.js";
import type { Daemon } from "../daemon.js";
import { hostTree } from "../host/files.js";
import { tmpfsSource } from "../releases/volumes.js";
import { emitVolumeEvent } from "../volumes/events.js";
import { findVolume } from "../volumes/find.js";
import { mountpoint } from "../volumes/show.js";
import { makeSources } from "./bind-source.js";
import { mountAt } from "./mount-at.js";
import type { MountPoint } from "./mount-point.js";
import {
  firstMissing,
  holdBinds,
  type MakeMountPoint,
  makeMountPoint,
  type Placed,
  realDestination,
  releaseBinds,
} from "./placed.js";
import { mountSettings } from "./spec.js";
import { inodeAt } from "./subpath.js";
import { newTmpfs, tmpfsData } from "./tmpfs.js";

/**
 * Mounts a container's volumes at a start: it takes hold of volumes from another container, and emits an
 * event for each. Makes missing directories that its binds mount.
 *
 * @throws 404 if one is gone; 500 if a directory cannot be made
 */
export function mountVolumes(daemon: Daemon, container: Container): void {
  const { id, hostConfig, mounts } = container;
  const { tmpfs } = mountSettings(hostConfig);
  const problem = makeSources(daemon, container, { ofStart: true });
  if (container.paths.unmounted !== problem?.destination) {
    container.paths = { ...container.paths, unmounted: problem?.destination };
  }
  if (problem) throw engineError(problem.missing ? 404 : 500, problem.text);
  for (const mount of mounts ?? []) {
    if (mount.type !== "volume" || Object.hasOwn(tmpfs, mount.destination)) continue;
    if (mount.volume === "") {
      const volume = findVolume(daemon, mount.name);
      volume.holders.add(id);
      mount.volume = volume.name;
    }
    checkSubpath(daemon, mount);
    tellOfMount(daemon, id, mount);
  }
}

/**
 * Emits the event of a mount. The engine mounts a volume in place of a file of its own by other means, and tells of none
 * (moby, daemon/volumes_unix.go).
 */
function tellOfMount(daemon: Daemon, container: string, mount: MountPoint): void {
  const { volume, name, destination, writable, propagation } = mount;
  if (isMountedFile(destination)) return;
  const extra = { container, destination, propagation, "read/write": String(writable) };
  emitVolumeEvent(daemon, volume || name, "mount", extra);
}

/** Does something with a container's files while its volumes are mounted for the engine, as archives need it. */
export function whileMounted<T>(daemon: Daemon, { id, hostConfig, mounts }: Container, act: () => T): T {
  const { tmpfs } = mountSettings(hostConfig);
  const volumes = (mounts ?? []).filter(
    ({ type, volume, name, destination }) =>
      type === "volume" && daemon.volumes.has(volume || name) && !Object.hasOwn(tmpfs, destination),
  );
  for (const mount of volumes) tellOfMount(daemon, id, mount);
  try {
    return act();
  } finally {
    for (const { volume, name } of volumes) {
      emitVolumeEvent(daemon, volume || name, "unmount", { container: id });
    }
  }
}

/** Checks that what is mounted exists in the volume. @throws 404, 400, 500 */
function checkSubpath(daemon: Daemon, { volume, subpath }: MountPoint): void {
  const files = daemon.volumes.get(volume)?.files;
  if (subpath !== "" && files) inodeAt(files, mountpoint(daemon, volume), subpath);
}

/**
 * Does what runc does with mounts before it makes the process: new tmpfs, mount points and the working
 * directory.
 *
 * @throws 404 if the mounted directory of a volume does not exist; 400 if there is a file in the place of a
 * mount
 */
export function prepareMounts(daemon: Daemon, container: Container): void {
  const { config, hostConfig } = container;
  container.devices = null;
  container.tmpfs = null;
  releaseBinds(container);
  const { tmpfs, mounts } = mountSettings(hostConfig);
  if (!container.mounts && Object.keys(tmpfs).length === 0 && mounts.length === 0) return;
  refuseSources(daemon, container);
  holdBinds(daemon, container);
  const make: MakeMountPoint = (each, placed) => mountPointAt(daemon, container, each, placed);
  container.tmpfs = newTmpfs(container.hostConfig, filesAtStart(daemon, container, make), daemon.clock.now());
  const files = filesAtStart(daemon, container, make);
  if (!files.exists("/dev/null")) {
    throw refused(daemon, container, daemon.release.volumes.withoutNull);
  }
  const { WorkingDir } = config;
  if (WorkingDir && !files.exists(WorkingDir)) files.makeDirectories(WorkingDir, 0o755);
}

/** Refuses binds of what is below a file of the host. @throws 400 */
function refuseSources(daemon: Daemon, container: Container): void {
  for (const point of container.mounts ?? []) {
    if (point.type !== "bind" || hostTree(daemon, point.source) !== "ENOTDIR") continue;
    const at = mountAt(daemon, container, point.destination, false);
    throw refused(daemon, container, daemon.release.volumes.bindBelowFile(at));
  }
}

/**
 * Makes what a mount is mounted on, as runc does.
 *
 * @throws 400 if there is something of another kind; 500 if nothing can be made there
 */
function mountPointAt(daemon: Daemon, container: Container, files: Files, placed: Placed): void {
  const { destination, isDirectory } = placed;
  const { volumes: rows } = daemon.release;
  const at = mountAt(daemon, container, destination, isDirectory);
  const isTmpfs = at.source === tmpfsSource;
  if (destination === "/proc" && !isTmpfs && !isProc(daemon, container)) {
    throw refused(daemon, container, rows.mountOntoProc(at));
  }
  if (files.exists(destination)) {
    if (files.isDirectory(destination) === isDirectory) return;
    const reason = isTmpfs ? tmpfsOntoFile(daemon, container, files, destination) : rows.mountOntoOther(at);
    throw refused(daemon, container, reason);
  }
  if (destination.startsWith("/proc/")) throw refused(daemon, container, rows.mountInProc(at));
  const { missing, parent } = firstMissing(files, destination);
  if (!files.isDirectory(parent)) {
    throw refused(daemon, container, rows.mountBelowFile({ ...at, file: parent }));
  }
  try {
    makeMountPoint(daemon, files, placed);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    // A file system that the engine makes for every container has room for mounts.
    if (destination.startsWith("/dev/")) return;
    throw refused(daemon, container, rows.mountInReadOnly({ ...at, missing }));
  }
}

/** Returns why a tmpfs is not mounted over a file, whose mode it takes. */
function tmpfsOntoFile(daemon: Daemon, container: Container, files: Files, destination: string): string {
  // The engine's own files are mounted later. Until then there is what the layer has in their places.
  const own = ownFiles(daemon, container);
  const { mode } = (isMountedFile(destination) && own.exists(destination) ? own : files).stat(destination);
  return daemon.release.volumes.tmpfsOntoFile({
    destination,
    mode: (mode & 0o777).toString(8).padStart(4, "0"),
    options: tmpfsData(container.hostConfig, destination),
  });
}

/** Returns whether a bind mounts the host's own /proc on /proc. */
function isProc(daemon: Daemon, { mounts }: Container): boolean {
  const point = mounts?.find(({ type, destination }) => type === "bind" && destination === "/proc");
  const tree = point && hostTree(daemon, point.source);
  return typeof tree === "object" && tree.place.path === "/proc";
}

/** Makes the error of a start that runc refuses. An errno in its text decides on what the engine makes of it. */
function refused({ release }: Daemon, { state }: Container, reason: string): Error {
  const message = release.containers.commandFailure(reason);
  const isAdvised = reason.includes("not a directory");
  if (!isAdvised && !reason.includes("no such file or directory")) return engineError(500, message);
  state.exitCode = 127;
  return engineError(400, isAdvised ? message + mountAdvice : message);
}

/** Fills empty volumes with the files that the new container's image has in their places. */
export function fillVolumes(daemon: Daemon, container: Container): void {
  const files = ownFiles(daemon, container);
  for (const { copies, destination, volume, subpath } of container.mounts ?? []) {
    const into = daemon.volumes.get(volume)?.files;
    if (!copies || !into) continue;
    refuseBelowFile(daemon, container, files, destination);
    if (!files.exists(realDestination(files, destination))) continue;
    const target = emptyDirectory(daemon, into, volume, subpath);
    if (target === undefined) continue;
    const inode = directoryAt(daemon, container, files, destination);
    if (inode === undefined) continue;
    copyTree(container.layer ?? untouched(container.base), inode, into, target);
  }
}

/** Refuses to copy what is below a file of the image. @throws 500 */
function refuseBelowFile(daemon: Daemon, container: Container, files: Files, destination: string): void {
  if (files.exists(destination)) return;
  const { missing, parent } = firstMissing(files, destination);
  if (files.isDirectory(parent)) return;
  throw engineError(500, `lstat ${mergedDirectory(daemon, container)}${missing}: not a directory`);
}

/** Returns the inode of what is mounted of a volume, if that is an empty directory. @throws 400, 500 */
function emptyDirectory(
  daemon: Daemon,
  files: FileSystem,
  volume: string,
  subpath: string,
): number | undefined {
  if (subpath === "") return files.directory(rootInode).entries.size > 0 ? undefined : rootInode;
  try {
    const number = inodeAt(files, mountpoint(daemon, volume), subpath);
    const inode = files.get(number);
    return inode?.type === "directory" && inode.entries.size === 0 ? number : undefined;
  } catch (error) {
    // The start reports what is missing.
    if (error instanceof EngineError && error.status === 404) return undefined;
    throw error;
  }
}

/**
 * Returns the inode of the directory to copy, or `undefined` if there is none. @throws 500 if it is no
 * directory, up to 28.5
 */
function directoryAt(
  daemon: Daemon,
  container: Container,
  files: Files,
  destination: string,
): number | undefined {
  const path = realDestination(files, destination);
  const shown = `${mergedDirectory(daemon, container)}${path}`;
  try {
    const { type, inode } = files.stat(path);
    if (type === "directory") return inode;
    if (!daemon.release.volumes.refusesToCopyFile) return undefined;
    throw engineError(500, `source ${shown} is not directory`);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    if (error.code === "ENOENT") return undefined;
    throw engineError(500, `lstat ${shown}: ${error.message.toLowerCase()}`);
  }
}

/**
 * Unmounts volumes at the end of a run, or of a start that failed. It also reports volumes that were not
 * mounted yet.
 */
export function unmountVolumes(daemon: Daemon, container: Container): void {
  const { id, mounts } = container;
  container.devices = null;
  container.tmpfs = null;
  releaseBinds(container);
  for (const { volume } of mounts ?? []) {
    if (volume !== "") emitVolumeEvent(daemon, volume, "unmount", { container: id });
  }
}
