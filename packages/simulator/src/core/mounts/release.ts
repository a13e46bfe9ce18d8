import type { Container } from "../containers/container.js";
import type { Daemon } from "../daemon.js";
import { dropVolume } from "../volumes/remove.js";

/**
 * Releases a container's volumes.
 *
 * @param options `remove`: remove anonymous volumes that no other container uses
 */
export function releaseMounts(
  daemon: Daemon,
  { id, mounts }: Container,
  options: { readonly remove: boolean },
): void {
  for (const { volume: name, named } of mounts ?? []) {
    const volume = daemon.volumes.get(name);
    if (!volume) continue;
    volume.holders.delete(id);
    if (options.remove && !named && volume.holders.size === 0) dropVolume(daemon, volume);
  }
}
