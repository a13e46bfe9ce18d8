import { type Container, isRunning } from "../containers/container.js";
import { joinedContainer } from "../containers/network-mode.js";
import type { Daemon } from "../daemon.js";

/** Whose network namespace, and so whose files and resolver, a container has: its own or, in `container:` mode, another's. */
export function namespaceOwner(daemon: Daemon, container: Container): Container {
  const other = joinedBy(daemon, container);
  return other ? namespaceOwner(daemon, other) : container;
}

/**
 * Whether the owner of a container's namespace has stopped since the container joined it. What is
 * left has neither networks nor resolver, also when the owner runs again. Seen on all three.
 */
export function isOrphaned(daemon: Daemon, container: Container): boolean {
  const other = joinedBy(daemon, container);
  if (!other || other.hostConfig.NetworkMode === "host") return false;
  if (joinedBy(daemon, other)) return isOrphaned(daemon, other);
  return !isRunning(other) || other.state.startedAt > container.state.startedAt;
}

function joinedBy({ containers }: Daemon, { hostConfig }: Container): Container | undefined {
  const id = joinedContainer(hostConfig.NetworkMode);
  return id === undefined ? undefined : containers.byId.get(id);
}
