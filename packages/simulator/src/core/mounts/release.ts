import type { Container } from "../containers/container.js";
import type { Daemon } from "../daemon.js";
import { dropVolume } from "../volumes/remove.js";

/**
 * Lets go of a container's volumes.
 *
 * @param options `remove`: those that nobody named go, unless another container holds them
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
