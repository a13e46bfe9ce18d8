import type { TarText } from "../commands/tar-text.js";

// Small pools of names and values, so that commands collide on names, subnets, addresses, aliases and ports.
// Every name has a letter that is not a hexadecimal digit, so that none is a prefix of an id.

/** Network names: one with a dot, and one that sorts first by bytes and last without case. */
export const networkNames = ["alpha", "beta", "my.net", "Zeta"] as const;

/** Container names. `web.alpha` is also a name of `web` in the network alpha. */
export const containerNames = ["web", "redis", "app", "web.alpha", "Cache"] as const;

export const aliases = ["db", "web", "redis", "DB", "x.y.alias", "app.beta"] as const;

export const hostnames = ["host1", "redis", "db.example.test", "UPPER"] as const;

/** A name that no command gives to anything. */
export const unknownName = "nope";

/**
 * Subnets that contain, touch and equal one another, small ones that run out, and one of the default pools.
 */
export const subnets = [
  { Subnet: "10.30.0.0/24" },
  { Subnet: "10.30.0.0/24", Gateway: "10.30.0.254" },
  { Subnet: "10.30.0.0/24", IPRange: "10.30.0.8/29" },
  { Subnet: "10.30.0.0/24", AuxiliaryAddresses: { router: "10.30.0.2", other: "10.30.0.5" } },
  { Subnet: "10.30.0.0/30" },
  { Subnet: "10.30.0.8/29" },
  { Subnet: "10.31.0.0/16" },
  { Subnet: "10.31.128.0/17", Gateway: "10.31.128.9" },
  { Subnet: "172.19.0.0/16" },
  { Subnet: "10.32.0.0/31" },
  { Subnet: "10.32.0.4/32" },
  { Subnet: "10.33.0.0/24", Gateway: "10.33.0.2", IPRange: "10.33.0.0/25" },
] as const;

export const subnets6 = [
  { Subnet: "fd00:30::/64" },
  { Subnet: "fd00:30::/80", Gateway: "fd00:30::99" },
  { Subnet: "fd00:31::/64", IPRange: "fd00:31::100/120" },
] as const;

/** Pools that engines refuse, without those that make an engine leak (see `compare/exclusions.ts`). */
export const badSubnets = [
  { Subnet: "foo" },
  { Subnet: "10.30.0.0" },
  { Subnet: "10.30.0.5/24" },
  { Subnet: "10.30.0.0/33" },
  { Gateway: "10.30.0.1" },
  { Subnet: "10.30.0.0/24", Gateway: "10.99.0.1" },
  { Subnet: "10.30.0.0/24", Gateway: "zz" },
  { Subnet: "10.30.0.0/24", Gateway: "10.30.0.0" },
  { Subnet: "10.30.0.0/24", Gateway: "fd00::1" },
  { Subnet: "10.30.0.0/24", IPRange: "10.99.0.0/25" },
  { Subnet: "10.30.0.0/24", IPRange: "10.30.0.0/16" },
  { Subnet: "10.30.0.0/24", IPRange: "zz" },
  { Subnet: "10.30.0.0/24", IPRange: "fd00::/64" },
  { Subnet: "10.30.0.0/24", AuxiliaryAddresses: { router: "10.30.0.1" } },
] as const;

/** Free addresses inside the most common subnets. */
export const goodAddresses = ["10.30.0.2", "10.30.0.3", "10.30.0.9", "10.31.0.2"] as const;

/** Addresses inside the subnets above, at their edges, and outside them. */
export const addresses = [
  "10.30.0.2",
  "10.30.0.3",
  "10.30.0.9",
  "10.30.0.1",
  "10.30.0.0",
  "10.30.0.255",
  "10.31.0.2",
  "10.31.128.7",
  "10.99.0.5",
  "zz",
] as const;

export const addresses6 = ["fd00:30::2", "fd00:30::5", "fd00:31::101", "zz"] as const;

export const macs = ["02:42:0a:1e:00:63", "92:d0:c6:0a:29:33", "zz"] as const;

export const labels = [{ tier: "front" }, { tier: "back" }, { tier: "front", stage: "" }] as const;

/** A range of host ports, from which the engine chooses. */
export const hostPortRange = { first: 18_083, last: 18_085 } as const;

export const hostPorts = ["18080", "18081", `${hostPortRange.first}-${hostPortRange.last}`, "", "0"] as const;

export const image = "busybox:latest";

export const scratchRepository = "dryharbor/scratch";

/** Tags that commands give to the image. */
export const scratchTags = ["dryharbor/scratch:one", "dryharbor/scratch:latest"] as const;

/** The folder of the host that commands bind (`run/host-folder.ts`). */
export const hostFolder = "/tmp/dryharbor-conformance";

export const volumeNames = ["data", "logs", "v.dot"] as const;

/** Archives that are unpacked into containers, or imported as images. */
export const archives: readonly (readonly TarText[])[] = [
  [
    { name: "made/", type: "directory", mode: 0o755 },
    { name: "made/x", type: "file", text: "hello\n" },
    { name: "made/y", type: "symlink", text: "x" },
    { name: "made/z", type: "hard link", text: "made/x" },
  ],
  [{ name: "x", type: "file", text: "other\n", mode: 0o4755 }],
  [{ name: "made", type: "file", text: "no directory\n" }],
  [],
];

/** A program that runs until it is killed. As PID 1 without handlers it ends only by SIGKILL. */
export const endless = ["sleep", "1000"] as const;

/** Runs as long, and listens at a port that containers publish. */
export const server = ["httpd", "-f", "-p", "80"] as const;

/** Programs that end by themselves, and one that does not exist. */
export const programs = [
  ["true"],
  ["false"],
  ["echo", "hello", "world"],
  ["cat", "/etc/hosts"],
  ["cat", "/etc/resolv.conf"],
  ["env"],
  ["hostname"],
  ["no-such-program"],
] as const;

export const execPrograms = [
  ["cat", "/etc/hosts"],
  ["cat", "/etc/hosts"],
  ["cat", "/etc/resolv.conf"],
  ["cat", "/etc/hostname"],
  ["cat", "/no/such/file"],
  ["hostname"],
  ["env"],
  ["echo", "hello"],
  ["true"],
  ["false"],
  ["no-such-program"],
] as const;

export const signals = ["SIGKILL", "KILL", "9", "HUP", "SIGTERM", "0", "ZZ", "65"] as const;

export const linkAliases = ["lnk", "db", "LNK", "web"] as const;

export const hostIps = ["127.0.0.1", "0.0.0.0", "127.0.0.2"] as const;

export const exposedPorts: readonly Record<string, Record<string, never>>[] = [
  { "80/tcp": {} },
  { "80/tcp": {}, "80/udp": {} },
];

export const extraHosts = [
  ["extra:10.0.0.9"],
  ["gw:host-gateway"],
  ["one:10.0.0.1", "two:fd00::2"],
  ["bad"],
  ["a:zz"],
];

export const networkOptions: readonly Record<string, string>[] = [
  {},
  { "com.docker.network.bridge.enable_icc": "false" },
  { "com.docker.network.bridge.enable_icc": "zz" },
  { "com.docker.network.driver.mtu": "1400" },
  { "com.docker.network.driver.mtu": "zz" },
  { "com.docker.network.bridge.enable_ip_masquerade": "zz" },
  { "com.docker.network.bridge.host_binding_ipv4": "127.0.0.1" },
  { "com.docker.network.bridge.name": "conf0" },
  { "com.docker.network.enable_ipv4": "false" },
  { "com.docker.network.container_iface_prefix": "net" },
  { "an.unknown.option": "x" },
];
