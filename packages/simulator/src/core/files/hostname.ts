import type { Container } from "../containers/container.js";
import type { Daemon } from "../daemon.js";
import { namespaceOwner } from "./namespace-owner.js";

/** /etc/hostname: the container's host name; in host mode, unless one is given, the host's. */
export function hostnameFile(daemon: Daemon, container: Container): string {
  return `${namespaceOwner(daemon, container).config.Hostname || daemon.settings.hostname}\n`;
}
