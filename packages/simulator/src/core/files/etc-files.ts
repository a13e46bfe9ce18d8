/**
 * A line of /etc/hosts: an address, a tab, names. Lines are replaced, never changed, as containers share the
 * first ones.
 */
export interface HostsLine {
  readonly address: string;
  readonly names: string;
}

/** The state of a network namespace's files for name resolution. */
export interface SandboxFiles {
  /** The lines of /etc/hosts. They are state, because the engine edits the file in place. */
  hosts: HostsLine[];
  /**
   * What wrote /etc/resolv.conf last.
   *
   * - `initial`: the start of a container without any network.
   * - `legacy`: a predefined network.
   * - `embedded`: a user-defined network. This value stays for the life of the sandbox.
   */
  resolver: "initial" | "legacy" | "embedded";
  /** Whether IPv6 was available when resolv.conf was written last. */
  resolverHasIPv6: boolean;
}

/** Makes the files of a container that is being started and has no network attached yet. */
export function newSandboxFiles(): SandboxFiles {
  return { hosts: [], resolver: "initial", resolverHasIPv6: false };
}
