import type { Container } from "../core/containers/container.js";
import { type ProcessGiven, processEnvironment } from "../core/containers/environment.js";
import type { Daemon } from "../core/daemon.js";

/** Returns the environment of a container's process, by name. */
export function environment(
  daemon: Daemon,
  container: Container,
  given: ProcessGiven,
): Readonly<Record<string, string>> {
  const lines = processEnvironment(daemon, container, given);
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
}
