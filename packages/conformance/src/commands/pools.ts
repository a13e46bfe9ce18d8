// Small pools, so that commands collide: on names, subnets, addresses, aliases and ports. Every name has a
// letter that is not a hex digit, so that none is a prefix of an id by chance.

/** One with a dot, one that sorts before the others, in bytes, and the same in other case. */
export const networkNames = ["alpha", "beta", "my.net", "Zeta"] as const;

/** `web.alpha` is also what `web` answers to in network alpha. */
export const containerNames = ["web", "redis", "app", "web.alpha", "Cache"] as const;

export const aliases = ["db", "web", "redis", "DB", "x.y.alias", "app.beta"] as const;

export const hostnames = ["host1", "redis", "db.example.test", "UPPER"] as const;

/** What no command creates. */
export const unknownName = "nope";

/** Subnets that contain, touch and equal one another, small ones that run out, and one of the default pools. */
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

/** Pools that are refused. None of those that an engine leaks on (see the list of exclusions). */
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
  { Subnet: "10.30.0.0/24", AuxiliaryAddresses: { router: "10.99.0.1" } },
  { Subnet: "10.30.0.0/24", AuxiliaryAddresses: { router: "10.30.0.1" } },
] as const;

/** In, at the edges of and outside the subnets above. */
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

export const hostPorts = ["18080", "18081", "18083-18085", "", "0"] as const;

export const image = "busybox:latest";

/** Tags that commands give to the image. */
export const scratchTags = ["dryharbor/scratch:one", "dryharbor/scratch:latest"] as const;
