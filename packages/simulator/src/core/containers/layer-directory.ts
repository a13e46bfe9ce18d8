import type { Daemon } from "../daemon.js";
import type { Container } from "./container.js";

/**
 * Returns the host's directory for a container's layer. The name is made from the id, so it never changes.
 */
export function layerDirectory({ settings }: Daemon, { id }: Container): string {
  return `${settings.dataRoot}/overlay2/${id.slice(32)}${id.slice(0, 32)}`;
}

/** Returns the host's directory in which the engine would mount the container's files. */
export function mergedDirectory(daemon: Daemon, container: Container): string {
  const { settings, release } = daemon;
  return `${settings.dataRoot}/${release.archives.rootDirectory(container.id)}`;
}
