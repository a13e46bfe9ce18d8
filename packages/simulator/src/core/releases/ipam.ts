import { row, since26, since28 } from "./row.js";

/** What differs between releases in ipam. Each row says where it was seen. */
export const ipamRows = {
  /**
   * `rotating`: the search for a default pool goes on behind the last one found, so freed pools come
   * back late. `lowest`: the lowest free pool by address. Seen: create, remove, create gives 172.18
   * then 172.19, on 28.5 172.18 twice.
   */
  defaultPoolOrder: row<"rotating" | "lowest">("rotating", "rotating", "lowest"),

  /** No default pool is left. Seen: the 31st network. */
  defaultPoolsExhausted: since28(
    {
      status: 404,
      message: (family: 4 | 6) =>
        `could not find an available, non-overlapping IPv${family} address pool among the defaults to assign to the network`,
    },
    { status: 400, message: () => "all predefined address pools have been fully subnetted" },
  ),

  /** Without configured IPv6 pools, 28.5 makes some from the host's id; before, IPv6 needs a subnet. Seen: EnableIPv6 alone. */
  derivesIPv6Pools: since28(false, true),

  /**
   * Candidates of a default pool, and offsets in a subnet, are 64-bit numbers: of a larger IPv6
   * subnet only the low half of the host part counts, and the last of 2^64 addresses is not there.
   * Seen: gateway fd00:b:0:1::5 in fd00:b::/48 is used as fd00:b::5; a /64 range is refused.
   */
  offsetsOf64Bits: since28(true, false),

  /** How the range that offsets do not reach is written. Seen: IPRange of /64. */
  invalidRange: since26(
    (first: bigint, last: bigint) => `invalid bit range [${first}, ${last}]`,
    (first: bigint, last: bigint) => `invalid bit range [${first}, ${last})`,
  ),

  /** The default bridge asks for its subnet by name and so shows no gateway. Seen: inspect of `bridge` after a first start. */
  defaultBridgeNamesSubnet: since26(true, false),

  /** The IPAM part of a create is checked as a whole before anything else. Seen: all that is wrong is named at once. */
  validatesConfigFirst: since26(false, true),

  /** A range is told from others by its text, not by what it covers. Seen: 10.1.0.0/25 and 10.1.0.5/25 of one subnet do not collide. */
  rangeKnownByText: since26(true, false),

  /** Why an explicit subnet is refused. Seen: a subnet inside another network's. */
  poolOverlap: since28(
    "Pool overlaps with other one on this address space",
    "invalid pool request: Pool overlaps with other one on this address space",
  ),

  /** IPv4 subnets of one or two addresses have neither network nor broadcast address. Seen: Subnet of /31 and /32. */
  pointToPoint: since26(false, true),

  /** Seen: a gateway in a subnet of /31; connect with a static address to a full subnet. */
  noAddressLeft: since26(
    { status: 500, message: "No available addresses on this pool" },
    { status: 503, message: "no available addresses on this pool" },
  ),

  /** In a full subnet, an address in use is refused as one too many, not as in use. Seen: connect with a static address. */
  fullBeforeInUse: since28(true, false),

  /** Seen: a gateway outside the subnet; later releases find that in the configuration. */
  addressOutOfRange: since26("Requested address is out of range", "requested address is out of range"),

  /** Status of an auxiliary address that is none; later releases find all but the empty one in the configuration. Seen: create. */
  badAuxiliaryStatus: since26(500, 400),

  /** A static address that no pool of the network has; later releases find that in the endpoint settings. Seen: connect. */
  addressOfNoPool: since26(
    {
      status: 500,
      message: (address: string) =>
        `Invalid address ${address}: It does not belong to any of this network's subnets`,
    },
    {
      status: 400,
      message: (address: string) =>
        `invalid address ${address}: It does not belong to any of this network's subnets`,
    },
  ),

  /** Status of a link-local address that is none. Seen: connect with `LinkLocalIPs` of 10.0.0.1. */
  notLinkLocalStatus: since26(500, 400),

  /** `IPAM.Config` of a network without pools. Seen: inspect of `host`. */
  showsEmptyConfigAsNull: since26(false, true),

  /** Pools that the engine picked come after all that were asked for. Seen: only an IPv6 subnet given. */
  showsPickedPoolsLast: since26(false, true),

  /** The gateway of an IPv6 pool that the engine picked has a prefix length. Seen: EnableIPv6 with an IPv6 `--default-address-pool`. */
  showsPickedIPv6GatewayAsBlock: since28(true, false),

  /** The `null` IPAM driver gives a network without IPv6 addresses, too. Seen: macvlan with EnableIPv6. */
  nullDriverRefusesIPv6: row<string | undefined>(
    "null ipam driver does not handle IPv6 address pool pool requests",
    "null ipam driver does not handle IPv6 address pool requests",
    undefined,
  ),

  /** Status of what the `null` IPAM driver refuses. Seen: `IPAM.Driver: null` with a subnet. */
  nullDriverStatus: since26(500, 400),

  /** Settings of an endpoint are checked as a whole, on create too. Seen: all that is wrong is named at once. */
  validatesEndpointFirst: since26(false, true),

  /** The endpoint option `com.docker.network.endpoint.sysctls` is checked. Seen in the source. */
  validatesEndpointSysctls: since28(false, true),

  /**
   * Why an IPv4-mapped subnet has no address for its gateway. 28.5 looks for the pool among those of IPv6. Seen:
   * create with ::ffff:10.1.0.0/112, and with a gateway of that form.
   */
  mappedGateway: row<(subnet: string, range: string | undefined, gateway: string) => string | undefined>(
    () => undefined,
    (_subnet, _range, gateway) => (gateway ? "requested address is out of range" : undefined),
    (subnet, range) => `cannot find address pool for poolID:${subnet}/${range ?? "invalid Prefix"}`,
  ),

  /** MAC addresses are `02:42:` and the IPv4 address; later random. Seen: inspect. */
  macFromIPv4: since28(true, false),
};
