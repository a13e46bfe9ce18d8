import type { Daemon } from "../daemon.js";
import type { Container } from "./container.js";

/**
 * Opens a container's log, which an engine does to write it and to read it. From then on inspect names its file, also
 * where the container has never run. Seen on 20.10, 26.1 and 28.5.
 */
export function openLog(daemon: Daemon, container: Container): void {
  if (container.paths.log) return;
  daemon.touched?.containers.add(container);
  container.paths = { ...container.paths, log: true };
}
