import type { SandboxFiles } from "./sandbox-files.js";

/** A server that the embedded resolver forwards to. */
export interface ExternalServer {
  readonly address: string;
  /** Asked from the host's namespace, not from the container's. */
  readonly fromHost: boolean;
}

/** A container's /etc/resolv.conf, and what the embedded resolver takes from it. */
export interface ResolvConf {
  readonly text: string;
  /** Those that the file names, in order. */
  readonly nameservers: readonly string[];
  /** The embedded resolver's own, in order; empty without one. */
  readonly servers: readonly ExternalServer[];
  /** `ndots` was chosen: the embedded resolver forwards no name of one label. */
  readonly ndotsSet: boolean;
}

/** What a resolv.conf is made of. */
export interface ResolvConfSource {
  /** The host's file. */
  readonly host: string;
  /** What the container asks for, or else the daemon. Empty: the host's. */
  readonly dns: readonly string[];
  readonly search: readonly string[];
  readonly options: readonly string[];
  /** Host mode: in the host's own namespace. */
  readonly hostMode: boolean;
  readonly resolver: SandboxFiles["resolver"];
  readonly ipv6: boolean;
}
