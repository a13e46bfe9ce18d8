/**
 * The settings that dockerd takes from its flags and from its host. They are plain data and part of a
 * snapshot.
 */
export interface DaemonSettings {
  /** The host's name. `GET /info` and containers in `host` mode show it. */
  readonly hostname: string;
  /** Identifies the host. 28.5 derives the prefix of its IPv6 subnets from it. */
  readonly hostId: string;
  /** The pools for networks that name no subnet. Empty: the engine's own defaults. */
  readonly defaultAddressPools: readonly { readonly base: string; readonly size: number }[];
  /** The subnets of the host's own interfaces. The engine never picks them for a network. */
  readonly hostSubnets: readonly string[];
  /** The nameservers that `dockerd --dns` gives to containers. */
  readonly dns: readonly string[];
  /** The resolver options that `dockerd --dns-opt` gives to containers. */
  readonly dnsOptions: readonly string[];
  /** The search domains that `dockerd --dns-search` gives to containers. */
  readonly dnsSearch: readonly string[];
  /** The text of the host's /etc/resolv.conf. */
  readonly hostResolvConf: string;
  /** The text of the host's /etc/hosts. Containers in `host` mode get a copy of it. */
  readonly hostHosts: string;
  /** The directory of `dockerd --data-root`, as paths in answers show it. */
  readonly dataRoot: string;
}

/** The settings of a host without anything special. */
export const defaultSettings: DaemonSettings = {
  hostname: "docker",
  hostId: "6f1b9e6e-6a0e-4d0b-9c55-4f1f6d0d7a11",
  defaultAddressPools: [],
  hostSubnets: [],
  dns: [],
  dnsOptions: [],
  dnsSearch: [],
  // An address that no server has: it is reserved for documentation (RFC 5737).
  hostResolvConf: "nameserver 192.0.2.53\n",
  hostHosts: "127.0.0.1\tlocalhost docker\n::1\tlocalhost ip6-localhost ip6-loopback\n",
  dataRoot: "/var/lib/docker",
};
