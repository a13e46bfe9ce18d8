/** What dockerd takes from its flags and from the host it runs on. Plain data: part of a snapshot. */
export interface DaemonSettings {
  /** The host's name, shown by info and by containers in `host` mode. */
  readonly hostname: string;
  /** Identifies the host: 28.5 derives its IPv6 prefix from it. */
  readonly hostId: string;
  /** Pools for networks that name no subnet; empty for the engine's own defaults. */
  readonly defaultAddressPools: readonly { readonly base: string; readonly size: number }[];
  /** Subnets of the host's own interfaces: never picked for a network. */
  readonly hostSubnets: readonly string[];
  /** `dockerd --dns`. */
  readonly dns: readonly string[];
  readonly dnsOptions: readonly string[];
  readonly dnsSearch: readonly string[];
  /** The host's /etc/resolv.conf. */
  readonly hostResolvConf: string;
  /** The host's /etc/hosts: what containers in host mode see. */
  readonly hostHosts: string;
  /** dockerd's `--data-root`, as shown in paths. */
  readonly dataRoot: string;
}

/** A host of no particular kind. */
export const defaultSettings: DaemonSettings = {
  hostname: "dryharbor",
  hostId: "6f1b9e6e-6a0e-4d0b-9c55-4f1f6d0d7a11",
  defaultAddressPools: [],
  hostSubnets: [],
  dns: [],
  dnsOptions: [],
  dnsSearch: [],
  // An address that nobody has (RFC 5737).
  hostResolvConf: "nameserver 192.0.2.53\n",
  hostHosts: "127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n",
  dataRoot: "/var/lib/docker",
};
