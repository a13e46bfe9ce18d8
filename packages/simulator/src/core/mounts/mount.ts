import type { Container } from "../containers/container.js";
import type { Daemon } from "../daemon.js";
import { emitVolumeEvent } from "../volumes/events.js";
import { findVolume } from "../volumes/find.js";
import { mountSettings } from "./spec.js";

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
    const extra = { container: id, destination, propagation, "read/write": String(writable) };
    emitVolumeEvent(daemon, mount.volume, "mount", extra);
  }
}

/** The end of a run, or of a start that failed: also of volumes that were not mounted yet. */
export function unmountVolumes(daemon: Daemon, { id, mounts }: Container): void {
  for (const { volume } of mounts ?? []) {
    if (volume !== "") emitVolumeEvent(daemon, volume, "unmount", { container: id });
  }
}
