import type { Container } from "../containers/container.js";
import type { Daemon } from "../daemon.js";

/**
 * Returns the name that a container calls itself by. It is its own host name, or the host's in `host` mode
 * unless one was given, or that of the other container in `container:` mode.
 */
export function hostnameOf(daemon: Daemon, container: Container): string {
  const owner = container.etc?.container ?? container;
  return owner.config.Hostname || daemon.settings.hostname;
}

/** Returns the text of /etc/hostname as the engine writes it. */
export function hostnameFile(daemon: Daemon, container: Container): string {
  return `${hostnameOf(daemon, container)}\n`;
}
