import type { Container } from "../containers/container.js";
import type { Daemon } from "../daemon.js";
import type { Attachment } from "../endpoints/endpoint.js";

/** A line of /etc/hosts: an address, a tab, names. */
export interface HostsLine {
  address: string;
  readonly names: string;
}

/** What a network namespace's name resolution looks like to its processes. */
export interface SandboxFiles {
  /** /etc/hosts below the lines that every container has, in order. */
  hosts: HostsLine[];
  /**
   * Who wrote /etc/resolv.conf last. `initial`: the start of a container without any network. `legacy`: a
   * predefined network. `embedded`: a user-defined one; sticks for the life of the sandbox.
   */
  resolver: "initial" | "legacy" | "embedded";
  /** Whether a network with IPv6 was joined when the embedded resolver came up; 26.1 shows it. */
  resolverHasIPv6: boolean;
}

/** The files of a container that is being started, before its networks are attached. */
export function newSandboxFiles(_daemon: Daemon, _container: Container): SandboxFiles {
  return { hosts: [], resolver: "initial", resolverHasIPv6: false };
}

/** To be called for each network right after it is attached, at start and on connect. */
export function writeFilesOnAttach(_daemon: Daemon, _attachment: Attachment): void {}

/** To be called for each network right after a running container left it (not when the container stops). */
export function writeFilesOnDetach(_daemon: Daemon, _attachment: Attachment): void {}
