import type { Container } from "../containers/container.js";
import type { Daemon } from "../daemon.js";

/** Whose network namespace, and so whose files and resolver, a container has: its own or, in `container:` mode, another's. */
export function namespaceOwner(daemon: Daemon, container: Container): Container {
  const mode = container.hostConfig.NetworkMode;
  if (!mode.startsWith("container:")) return container;
  return daemon.containers.byId.get(mode.slice("container:".length)) ?? container;
}
