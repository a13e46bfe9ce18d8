import type { Container } from "../containers/container.js";
import { mergedDirectory } from "../containers/layer-directory.js";
import type { Daemon } from "../daemon.js";
import { type MountAt, tmpfsSource } from "../releases/volumes.js";
import { mountSource } from "./mount-source.js";

/** Returns what is mounted at a destination, as the texts of what is wrong with it name it. */
export function mountAt(
  daemon: Daemon,
  container: Container,
  destination: string,
  isDirectory: boolean,
): MountAt {
  const point = container.tmpfs?.has(destination)
    ? undefined
    : container.mounts?.find((each) => each.destination === destination);
  return {
    source: point ? mountSource(daemon, point) : tmpfsSource,
    destination,
    root: mergedDirectory(daemon, container),
    isDirectory,
    writable: point?.writable ?? true,
  };
}
