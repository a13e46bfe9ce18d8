import { FileError, type Files } from "@dryharbor/kernel";
import { copyTree, rootInode, untouched } from "@dryharbor/kernel/host";
import { engineError } from "@dryharbor/sdk/port";
import type { Container } from "../containers/container.js";
import { filesAtStart, ownFiles } from "../containers/files.js";
import { mountAdvice } from "../containers/launch.js";
import { mergedDirectory } from "../containers/layer-directory.js";
import type { Daemon } from "../daemon.js";
import { emitVolumeEvent } from "../volumes/events.js";
import { findVolume } from "../volumes/find.js";
import { mountpoint } from "../volumes/show.js";
import type { MountPoint } from "./mount-point.js";
import { directoryIn, realDestination } from "./placed.js";
import { mountSettings } from "./spec.js";
import { newTmpfs } from "./tmpfs.js";

/**
 * What a start does of a container's mounts: it takes hold of volumes that it has from another container, and
 * tells of all.
 *
 * @throws 404 one is gone
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

/** @throws 404 a volume has no such directory */
function checkSubpath(daemon: Daemon, { volume, subpath }: MountPoint): void {
  const files = daemon.volumes.get(volume)?.files;
  if (subpath === "" || !files || directoryIn(files, subpath) !== undefined) return;
  const path = `${mountpoint(daemon, volume)}/${subpath}`;
  throw engineError(404, `cannot access path ${path}: lstat ${path}: no such file or directory`);
}

/**
 * What runc does before it makes the process: tmpfs are new, directories to mount on and the working directory are made.
 *
 * @throws 404 a directory of a volume that is to be mounted is not there; 400 a file is where something is to be mounted
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

/** A volume is a directory, and a file is no place for it. @throws 400 */
function refuseFiles(daemon: Daemon, container: Container): void {
  const files = ownFiles(daemon, container);
  for (const { type, destination, volume } of container.mounts ?? []) {
    if (type !== "volume" || !files.exists(destination) || files.isDirectory(destination)) continue;
    const { mountOntoFile } = daemon.release.volumes;
    const source = mountpoint(daemon, volume);
    const reason = mountOntoFile({ source, destination, root: mergedDirectory(daemon, container) });
    container.state.exitCode = 127;
    throw engineError(400, daemon.release.containers.commandFailure(reason) + mountAdvice);
  }
}

/** Fills empty volumes with what the new container's image has in their places. */
export function fillVolumes(daemon: Daemon, container: Container): void {
  const files = ownFiles(daemon, container);
  for (const { copies, destination, volume } of container.mounts ?? []) {
    const into = daemon.volumes.get(volume)?.files;
    if (!copies || !into || into.directory(rootInode).entries.size > 0) continue;
    const inode = directoryAt(daemon, container, files, destination);
    if (inode === undefined) continue;
    copyTree(container.layer ?? untouched(container.base), inode, into, rootInode);
  }
}

/** The inode of what is to be copied; `undefined` for nothing. @throws 500 it is no directory */
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

/** The end of a run, or of a start that failed: also of volumes that were not mounted yet. */
export function unmountVolumes(daemon: Daemon, container: Container): void {
  const { id, mounts } = container;
  container.tmpfs = null;
  for (const { volume } of mounts ?? []) {
    if (volume !== "") emitVolumeEvent(daemon, volume, "unmount", { container: id });
  }
}
