/** A line of /etc/hosts: an address, a tab, names. Replaced, never changed: containers share the first ones. */
export interface HostsLine {
  readonly address: string;
  readonly names: string;
}

/** What a network namespace's name resolution looks like to its processes. */
export interface SandboxFiles {
  /** The lines of /etc/hosts. The engine edits the file in place, so they are state. */
  hosts: HostsLine[];
  /**
   * Who wrote /etc/resolv.conf last. `initial`: the start of a container without any network. `legacy`: a
   * predefined network. `embedded`: a user-defined one; sticks for the life of the sandbox.
   */
  resolver: "initial" | "legacy" | "embedded";
  /** Whether IPv6 was at hand when resolv.conf was written last. */
  resolverHasIPv6: boolean;
}

/** The files of a container that is being started, before its networks are attached. */
export function newSandboxFiles(): SandboxFiles {
  return { hosts: [], resolver: "initial", resolverHasIPv6: false };
}
