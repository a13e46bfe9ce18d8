import { type Container, isRunning } from "../containers/container.js";
import type { Daemon } from "../daemon.js";

/**
 * Whose network namespace, and so whose files and resolver, a container has: its own or, in `container:`
 * mode, that of the one it found by that name when it started.
 */
export function namespaceOwner({ containers }: Daemon, container: Container): Container {
  return containers.byId.get(container.paths.owner) ?? container;
}

/**
 * Whether the owner of a container's namespace has stopped since the container joined it. What is
 * left has neither networks nor resolver, also when the owner runs again. Seen on all three.
 */
export function isOrphaned(daemon: Daemon, container: Container): boolean {
  const { owner, joinedSandbox } = container.paths;
  if (owner === "") return false;
  const other = daemon.containers.byId.get(owner);
  if (other?.hostConfig.NetworkMode === "host") return false;
  return !other || !isRunning(other) || (other.sandbox?.id ?? "") !== joinedSandbox;
}
