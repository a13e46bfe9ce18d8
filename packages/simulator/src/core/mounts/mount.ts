import { FileError, type Files } from "@dryharbor/kernel";
import { copyTree, type FileSystem, rootInode, untouched } from "@dryharbor/kernel/host";
import { EngineError, engineError } from "@dryharbor/sdk/port";
import type { Container } from "../containers/container.js";
import { filesAtStart, ownFiles } from "../containers/files.js";
import { mountAdvice } from "../containers/launch.js";
import { mergedDirectory } from "../containers/layer-directory.js";
import type { Daemon } from "../daemon.js";
import { emitVolumeEvent } from "../volumes/events.js";
import { findVolume } from "../volumes/find.js";
import { mountpoint } from "../volumes/show.js";
import type { MountPoint } from "./mount-point.js";
import { realDestination } from "./placed.js";
import { mountSettings } from "./spec.js";
import { inodeAt, inodeIfAny } from "./subpath.js";
import { newTmpfs } from "./tmpfs.js";

/**
 * Mounts a container's volumes at a start: it takes hold of volumes from another container, and emits an
 * event for each.
 *
 * @throws 404 if one is gone
 */
export function mountVolumes(daemon: Daemon, { id, hostConfig, mounts }: Container): void {
  const { tmpfs } = mountSettings(hostConfig);
  for (const mount of mounts ?? []) {
    const { destination, writable, propagation } = mount;
    if (mount.type !== "volume" || Object.hasOwn(tmpfs, destination)) continue;
    if (mount.volume === "") {
      const volume = findVolume(daemon, mount.name);
      volume.holders.add(id);
      mount.volume = volume.name;
    }
    checkSubpath(daemon, mount);
    const extra = { container: id, destination, propagation, "read/write": String(writable) };
    emitVolumeEvent(daemon, mount.volume, "mount", extra);
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
  container.tmpfs = null;
  const { tmpfs, mounts } = mountSettings(hostConfig);
  if (!container.mounts && Object.keys(tmpfs).length === 0 && mounts.length === 0) return;
  refuseFiles(daemon, container);
  container.tmpfs = newTmpfs(container.hostConfig, filesAtStart(daemon, container), daemon.clock.now());
  const files = filesAtStart(daemon, container);
  const { WorkingDir } = config;
  if (WorkingDir && !files.exists(WorkingDir)) files.makeDirectories(WorkingDir, 0o755);
}

/** Refuses to mount a directory of a volume over a file. @throws 400 */
function refuseFiles(daemon: Daemon, container: Container): void {
  const files = ownFiles(daemon, container);
  for (const { type, destination, volume, subpath } of container.mounts ?? []) {
    if (type !== "volume" || !files.exists(destination) || files.isDirectory(destination)) continue;
    const mounted = daemon.volumes.get(volume)?.files;
    if (mounted && mounted.get(inodeIfAny(mounted, subpath) ?? rootInode)?.type !== "directory") continue;
    const { mountOntoFile } = daemon.release.volumes;
    const source = mountpoint(daemon, volume);
    const reason = mountOntoFile({ source, destination, root: mergedDirectory(daemon, container) });
    container.state.exitCode = 127;
    throw engineError(400, daemon.release.containers.commandFailure(reason) + mountAdvice);
  }
}

/** Fills empty volumes with the files that the new container's image has in their places. */
export function fillVolumes(daemon: Daemon, container: Container): void {
  const files = ownFiles(daemon, container);
  for (const { copies, destination, volume, subpath } of container.mounts ?? []) {
    const into = daemon.volumes.get(volume)?.files;
    if (!copies || !into || !files.exists(realDestination(files, destination))) continue;
    const target = emptyDirectory(daemon, into, volume, subpath);
    if (target === undefined) continue;
    const inode = directoryAt(daemon, container, files, destination);
    if (inode === undefined) continue;
    copyTree(container.layer ?? untouched(container.base), inode, into, target);
  }
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
 * directory
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
    if (type !== "directory") throw engineError(500, `source ${shown} is not directory`);
    return inode;
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
  container.tmpfs = null;
  for (const { volume } of mounts ?? []) {
    if (volume !== "") emitVolumeEvent(daemon, volume, "unmount", { container: id });
  }
}
