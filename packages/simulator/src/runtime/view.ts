import type { Container } from "../core/containers/container.js";
import type { Daemon } from "../core/daemon.js";
import { hostnameFile } from "../core/files/hostname.js";
import { hostsFile } from "../core/files/hosts.js";
import { resolvConf } from "../core/files/resolv-conf.js";
import type { ContainerView } from "../programs/program.js";

const files: ReadonlyMap<string, (daemon: Daemon, container: Container) => string> = new Map([
  ["/etc/hostname", hostnameFile],
  ["/etc/hosts", hostsFile],
  ["/etc/resolv.conf", (daemon: Daemon, container: Container) => resolvConf(daemon, container).text],
]);

/** What processes see of their container. */
export function containerView(daemon: Daemon, container: Container): ContainerView {
  return {
    get hostname() {
      return hostnameFile(daemon, container).trimEnd();
    },
    readFile: (path) => files.get(path)?.(daemon, container),
  };
}
