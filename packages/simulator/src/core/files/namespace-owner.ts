import type { Container } from "../containers/container.js";
import { joinedContainer } from "../containers/network-mode.js";
import type { Daemon } from "../daemon.js";

/** Whose network namespace, and so whose files and resolver, a container has: its own or, in `container:` mode, another's. */
export function namespaceOwner(daemon: Daemon, container: Container): Container {
  const id = joinedContainer(container.hostConfig.NetworkMode);
  return (id !== undefined && daemon.containers.byId.get(id)) || container;
}
