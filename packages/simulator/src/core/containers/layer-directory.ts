import type { Daemon } from "../daemon.js";
import type { Container } from "./container.js";

/** Where a container's layer would be on the host. The name is made up from the id, so that it stays the same. */
export function layerDirectory({ settings }: Daemon, { id }: Container): string {
  return `${settings.dataRoot}/overlay2/${id.slice(32)}${id.slice(0, 32)}`;
}

/** Where its files would be mounted for the engine. */
export function mergedDirectory(daemon: Daemon, container: Container): string {
  return `${layerDirectory(daemon, container)}/merged`;
}
