import { type Container, isRunning } from "../containers/container.js";
import type { Daemon } from "../daemon.js";

/**
 * Returns the container whose network namespace, files and resolver a container uses. It is the container
 * itself or, in `container:` mode, the one that it found under that name when it started.
 */
export function namespaceOwner({ containers }: Daemon, container: Container): Container {
  return containers.byId.get(container.paths.owner) ?? container;
}

/**
 * Returns whether the owner of a container's namespace has stopped since the container joined it. The
 * namespace then has neither networks nor a resolver, even when the owner runs again. Seen on all three.
 */
export function isOrphaned(daemon: Daemon, container: Container): boolean {
  const { owner, joinedSandbox } = container.paths;
  if (owner === "") return false;
  const other = daemon.containers.byId.get(owner);
  if (other?.hostConfig.NetworkMode === "host") return false;
  return !other || !isRunning(other) || (other.sandbox?.id ?? "") !== joinedSandbox;
}
