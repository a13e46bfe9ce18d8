import type { Container } from "../containers/container.js";
import type { Daemon } from "../daemon.js";
import { namespaceOwner } from "./namespace-owner.js";

/** The name that a container calls itself: its own, in host mode unless one is given the host's, in `container:` mode the other's. */
export function hostnameOf(daemon: Daemon, container: Container): string {
  return namespaceOwner(daemon, container).config.Hostname || daemon.settings.hostname;
}

/** /etc/hostname. */
export function hostnameFile(daemon: Daemon, container: Container): string {
  return `${hostnameOf(daemon, container)}\n`;
}
