import { isDirectory } from "../core/containers/command.js";
import type { Container } from "../core/containers/container.js";
import type { Daemon } from "../core/daemon.js";
import { resolve } from "../core/dns/resolve.js";
import { hostnameFile } from "../core/files/hostname.js";
import { hostsFile } from "../core/files/hosts.js";
import { resolvConf } from "../core/files/resolv-conf.js";
import type { ContainerView, ProgramTable } from "../programs/program.js";
import { findProgram } from "./lookup.js";

const files: ReadonlyMap<string, (daemon: Daemon, container: Container) => string> = new Map([
  ["/etc/hostname", hostnameFile],
  ["/etc/hosts", hostsFile],
  ["/etc/resolv.conf", (daemon: Daemon, container: Container) => resolvConf(daemon, container).text],
]);

/** What processes see of their container. */
export function containerView(daemon: Daemon, programs: ProgramTable, container: Container): ContainerView {
  const executables = (): ReadonlySet<string> =>
    daemon.images.get(container.imageId)?.executables ?? new Set<string>();
  return {
    get hostname() {
      return hostnameFile(daemon, container).trimEnd();
    },
    readFile: (path) => files.get(path)?.(daemon, container),
    isDirectory: (path) => isDirectory(executables(), path),
    findProgram: (command) =>
      command.includes("/") && !executables().has(command) ? undefined : findProgram(programs, command),
    resolve: (query) => resolve(daemon, container, query),
  };
}
