import type { EtcFiles } from "./etc-files.js";

/** A server to which the embedded resolver forwards questions. */
export interface ExternalServer {
  /** The IP address. */
  readonly address: string;
  /** Whether it is asked from the host's network namespace, and not from the container's. */
  readonly fromHost: boolean;
}

/** A container's /etc/resolv.conf, with the settings that the embedded resolver takes from it. */
export interface ResolvConf {
  readonly text: string;
  /** The servers that the file names, in order. */
  readonly nameservers: readonly string[];
  /** The servers that the embedded resolver asks, in order. Empty where it is absent. */
  readonly servers: readonly ExternalServer[];
  /** Whether `ndots` was given. The embedded resolver then does not forward names of one label. */
  readonly ndotsSet: boolean;
}

/** The sources from which a resolv.conf is made. */
export interface ResolvConfSource {
  /** The text of the host's file. */
  readonly host: string;
  /** The nameservers of the container or, without any, of the daemon. Empty: the host's. */
  readonly dns: readonly string[];
  readonly search: readonly string[];
  readonly options: readonly string[];
  /** Whether the container is in `host` mode, and so in the host's own network namespace. */
  readonly hostMode: boolean;
  /** What wrote the file last, see {@link EtcFiles}. */
  readonly resolver: EtcFiles["resolver"];
  /** Whether IPv6 is available to the container. */
  readonly ipv6: boolean;
}
