import { row, since26, since28, since29 } from "./row.js";

/**
 * Differences between releases in IPAM: pools, subnets, gateways and addresses. The comment of a boolean row
 * describes `true`. "Seen" names the request that showed the difference.
 */
export const ipamRows = {
  /**
   * The order in which default pools are handed out. `rotating`: the search goes on after the last pool
   * found, so a freed pool comes back late. `lowest`: the lowest free pool. Seen: create, remove, create
   * gives 172.18 then 172.19; on 28.5 172.18 twice.
   */
  defaultPoolOrder: row<"rotating" | "lowest">("rotating", "rotating", "lowest"),

  /** The refusal when no default pool is left. Seen: the 31st network. */
  defaultPoolsExhausted: since28(
    {
      status: 404,
      message: (family: 4 | 6) =>
        `could not find an available, non-overlapping IPv${family} address pool among the defaults to assign to the network`,
    },
    { status: 400, message: () => "all predefined address pools have been fully subnetted" },
  ),

  /**
   * Without configured IPv6 pools, 28.5 derives some from the host's id. Earlier releases need a subnet for
   * IPv6. Seen: EnableIPv6 alone.
   */
  derivesIPv6Pools: since28(false, true),

  /**
   * Candidates of a default pool, and offsets in a subnet, are 64-bit numbers. In a larger IPv6 subnet only
   * the low 64 bits of the host part count, and the last of 2^64 addresses does not exist. Seen: gateway
   * fd00:b:0:1::5 in fd00:b::/48 is used as fd00:b::5; a /64 range is refused.
   */
  offsetsOf64Bits: since28(true, false),

  /** Returns the message about a range that 64-bit offsets do not reach. Seen: IPRange of /64. */
  invalidRange: since26(
    (first: bigint, last: bigint) => `invalid bit range [${first}, ${last}]`,
    (first: bigint, last: bigint) => `invalid bit range [${first}, ${last})`,
  ),

  /**
   * The default bridge requests its subnet by name and so shows no gateway. Seen: inspect of `bridge` after a
   * first start.
   */
  defaultBridgeNamesSubnet: since26(true, false),

  /**
   * A create checks its IPAM part as a whole before anything else. Seen: all problems are listed at once.
   */
  validatesConfigFirst: since26(false, true),

  /**
   * Subnets and addresses are parsed while JSON is read. They are kept in their canonical form, IPv4-mapped ones
   * as IPv4, and an entry without a subnet asks for a default pool of IPv6. Seen: create with `{}`, inspect.
   */
  parsesConfig: since29(false, true),

  /**
   * A subnet of 0.0.0.0 or `::` asks for a default pool with its prefix length. Seen: 0.0.0.0/24.
   */
  picksByLength: since29(false, true),

  /**
   * `IPAM.Config` shows pools as they were taken, with the gateways that were picked, and no pools of a family
   * that is not enabled. Seen: inspect.
   */
  showsTakenPools: since29(false, true),

  /** The words about endpoints' settings. Seen: connect, and create with settings for `bridge`. */
  endpointWords: since29(
    {
      addressOfPredefined: "user specified IP address is supported on user defined networks only",
      aliasOfPredefined: "network-scoped alias is supported only for containers in user defined networks",
    },
    {
      addressOfPredefined: "user-specified IP address is supported on user-defined networks only",
      aliasOfPredefined: "network-scoped aliases are only supported for user-defined networks",
    },
  ),

  /** An endpoint may have an address of any pool of its network, also of one that the engine picked. Seen: connect. */
  takesAddressOfPickedPool: since29(false, true),

  /**
   * Ranges are compared as text, not by the addresses they cover. Seen: 10.1.0.0/25 and 10.1.0.5/25 of one
   * subnet do not collide.
   */
  rangeKnownByText: since26(true, false),

  /** The message about an explicit subnet that overlaps another. Seen: a subnet inside another network's. */
  poolOverlap: since28(
    "Pool overlaps with other one on this address space",
    "invalid pool request: Pool overlaps with other one on this address space",
  ),

  /**
   * IPv4 subnets of one or two addresses have no network and no broadcast address. Seen: Subnet of /31 and
   * /32.
   */
  pointToPoint: since26(false, true),

  /**
   * The refusal when a pool has no free address. Seen: a gateway in a subnet of /31; connect with a static
   * address to a full subnet.
   */
  noAddressLeft: since26(
    { status: 500, message: "No available addresses on this pool" },
    { status: 503, message: "no available addresses on this pool" },
  ),

  /**
   * In a full subnet, a static address in use is refused because the pool is full, not because it is in use.
   * Seen: connect with a static address.
   */
  fullBeforeInUse: since28(true, false),

  /**
   * The message about a gateway outside its subnet. Later releases find that when they check the
   * configuration. Seen: create.
   */
  addressOutOfRange: since26("Requested address is out of range", "requested address is out of range"),

  /**
   * Status of an invalid auxiliary address. Later releases find all but the empty one when they check the
   * configuration. Seen: create.
   */
  badAuxiliaryStatus: since26(500, 400),

  /**
   * The refusal of a static address outside all pools of the network. Later releases find that when they
   * check the endpoint's settings. Seen: connect.
   */
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

  /**
   * Status of an address in `LinkLocalIPs` that is not link-local. Seen: connect with `LinkLocalIPs` of
   * 10.0.0.1.
   */
  notLinkLocalStatus: since26(500, 400),

  /** `IPAM.Config` of a network without pools is `null`. Seen: inspect of `host`. */
  showsEmptyConfigAsNull: since26(false, true),

  /**
   * Pools that the engine picked come after all pools that were asked for. Seen: only an IPv6 subnet given.
   */
  showsPickedPoolsLast: since26(false, true),

  /**
   * The gateway of an IPv6 pool that the engine picked is shown with a prefix length. Seen: EnableIPv6 with
   * an IPv6 `--default-address-pool`.
   */
  showsPickedIPv6GatewayAsBlock: since28(true, false),

  /**
   * The message by which the `null` IPAM driver refuses IPv6; `undefined` when it accepts IPv6 and gives a
   * network without addresses. Seen: macvlan with EnableIPv6.
   */
  nullDriverRefusesIPv6: row<string | undefined>(
    "null ipam driver does not handle IPv6 address pool pool requests",
    "null ipam driver does not handle IPv6 address pool requests",
    undefined,
  ),

  /** Status of a refusal by the `null` IPAM driver. Seen: `IPAM.Driver: null` with a subnet. */
  nullDriverStatus: since26(500, 400),

  /** Endpoint settings are checked as a whole, at create too. Seen: all problems are listed at once. */
  validatesEndpointFirst: since26(false, true),

  /** The endpoint option `com.docker.network.endpoint.sysctls` is checked. Read in the source. */
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

  /**
   * A MAC address is `02:42:` followed by the IPv4 address. Later releases pick a random one. Seen: inspect.
   */
  macFromIPv4: since28(true, false),
};
