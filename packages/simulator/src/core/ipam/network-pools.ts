import { engineError, type IPAMPoolConfig } from "@dryharbor/sdk";
import type { Release } from "../releases/release.js";
import { type Address, formatAddress, parseIP } from "./address.js";
import type { AddressSpace } from "./address-space.js";
import type { Ipam } from "./ipam.js";
import { type IpamConfig, unallocatedConfig } from "./network-config.js";
import {
  type AddressPool,
  giveBack,
  type NetworkPools,
  offsetIn,
  type Pool,
  type PoolRange,
  takeLowest,
  takeWanted,
} from "./pool.js";
import { poolRange } from "./pool-range.js";
import { contains, formatPrefix, masked, overlaps, type Prefix, parseCIDR } from "./prefix.js";

/** What a new network asks for, after all other checks and before its driver's own. */
export interface PoolsRequest {
  readonly networkName: string;
  /** `global` takes its default pools from 10.0.0.0/8. */
  readonly scope: string;
  /** `default` or `null`. */
  readonly ipamDriver: string;
  readonly enableIPv4: boolean;
  readonly enableIPv6: boolean;
  readonly config: IpamConfig;
  /** Families that the network's driver wants no gateway for (28.5: `isolated` gateway mode, L3 ipvlan, internal macvlan). */
  readonly withoutGateway?: { readonly v4?: boolean; readonly v6?: boolean };
}

export interface AllocatedPools {
  readonly pools: NetworkPools;
  /** `IPAM.Config` as inspect shows it. */
  readonly shown: IPAMPoolConfig[] | null;
  /**
   * Whether a subnet may overlap one of another network: its entry names an `IPRange`, or the other
   * network has the other scope. The bridge driver then finds out itself, see {@link overlappingFamily}.
   */
  readonly mayOverlap: boolean;
}

/**
 * Takes the pools of a new network, with gateways and auxiliary addresses. A call that throws leaves
 * no trace but the cursor of 20.10 and 26.1.
 */
export function allocatePools(ipam: Ipam, request: PoolsRequest): AllocatedPools {
  if (request.ipamDriver === "null") return nullPools(ipam.release, request);
  const space = spaceOf(ipam, request.scope);
  const otherSpace = space === ipam.local ? ipam.global : ipam.local;
  const taken: Pool[] = [];
  const v4: Pool[] = [];
  const v6: Pool[] = [];
  try {
    for (const [family, pools] of [
      [4, v4],
      [6, v6],
    ] as const) {
      if (!(family === 4 ? request.enableIPv4 : request.enableIPv6)) continue;
      const asked = family === 4 ? request.config.v4 : request.config.v6;
      for (const entry of asked.length > 0 ? asked : [{}]) {
        const pool = allocatePool(ipam, space, family, entry, request);
        taken.push(pool);
        pools.push(pool);
      }
    }
  } catch (error) {
    for (const pool of taken) releasePool(ipam.release, space, pool);
    throw error;
  }
  const pools = { v4, v6 };
  return {
    pools,
    shown: shownConfig(ipam.release, request.config, pools),
    mayOverlap: taken.some((pool) => pool.range !== undefined || otherSpace.isInUse(pool.subnet)),
  };
}

/** Gives the pools of a network back: on removal, and where its driver refuses it. */
export function releasePools(ipam: Ipam, scope: string, pools: NetworkPools): void {
  for (const pool of [...pools.v4, ...pools.v6]) releasePool(ipam.release, spaceOf(ipam, scope), pool);
}

/** The first family in which two networks' subnets overlap, as the bridge driver words it. */
export function overlappingFamily(a: NetworkPools, b: NetworkPools): "IPv4" | "IPv6" | undefined {
  const overlap = (some: readonly Pool[], others: readonly Pool[]) =>
    some.some((pool) => others.some((other) => overlaps(pool.subnet, other.subnet)));
  if (overlap(a.v4, b.v4)) return "IPv4";
  return overlap(a.v6, b.v6) ? "IPv6" : undefined;
}

/** What the default `bridge` network asks for on this engine. */
export function defaultBridgeConfig(ipam: Ipam): IpamConfig {
  if (!ipam.release.ipam.defaultBridgeNamesSubnet) return { v4: [], v6: [] };
  const subnet = ipam.firstLocalSubnet;
  return { v4: subnet ? [{ Subnet: formatPrefix(subnet) }] : [], v6: [] };
}

/** A pool in a snapshot. The addresses of endpoints are taken again by their endpoints. */
export interface SavedPool {
  readonly subnet: string;
  readonly range?: string;
  readonly gateway?: string;
  readonly auxiliary?: Record<string, string>;
  readonly automatic?: true;
}

export function savePools(pools: NetworkPools): SavedPool[] {
  return [...pools.v4, ...pools.v6].map(({ subnet, range, gateway, auxiliary, automatic }) => ({
    subnet: formatPrefix(subnet),
    ...(range ? { range: range.text } : {}),
    ...(gateway ? { gateway: formatAddress(gateway) } : {}),
    ...(auxiliary.size > 0
      ? {
          auxiliary: Object.fromEntries(
            [...auxiliary].map(([name, address]) => [name, formatAddress(address)]),
          ),
        }
      : {}),
    ...(automatic ? { automatic } : {}),
  }));
}

/** Takes the pools of a network out of a snapshot. */
export function restorePools(ipam: Ipam, scope: string, saved: readonly SavedPool[]): NetworkPools {
  const pools = saved.map((entry) => restorePool(ipam, spaceOf(ipam, scope), entry));
  return {
    v4: pools.filter((pool) => pool.subnet.address.family === 4),
    v6: pools.filter((pool) => pool.subnet.address.family === 6),
  };
}

function restorePool(ipam: Ipam, space: AddressSpace, saved: SavedPool): Pool {
  const subnet = parseCIDR(saved.subnet) as Prefix;
  const range = saved.range ? poolRange(ipam.release, subnet, saved.range, saved.subnet) : undefined;
  const { addresses } = takeSubnet(ipam.release, space, subnet, range);
  const gateway = saved.gateway === undefined ? undefined : (parseIP(saved.gateway) as Address);
  const auxiliary = new Map(
    Object.entries(saved.auxiliary ?? {}).map(([name, address]) => [name, parseIP(address) as Address]),
  );
  for (const address of gateway ? [gateway, ...auxiliary.values()] : auxiliary.values()) {
    addresses.add(offsetIn(ipam.release, subnet, address));
  }
  return { subnet, range, gateway, auxiliary, automatic: saved.automatic ?? false, addresses };
}

function spaceOf(ipam: Ipam, scope: string): AddressSpace {
  return scope === "global" ? ipam.global : ipam.local;
}

function allocatePool(
  ipam: Ipam,
  space: AddressSpace,
  family: 4 | 6,
  entry: IPAMPoolConfig,
  request: PoolsRequest,
): Pool {
  const { release } = ipam;
  if (entry.Gateway && !parseIP(entry.Gateway)) {
    throw engineError(500, `invalid gateway address ${entry.Gateway} in Ipam configuration`);
  }
  const automatic = entry.Subnet === undefined;
  const subnet = automatic
    ? pickSubnet(ipam, space, family, request.scope)
    : subnetOf(entry.Subnet as string);
  const range = entry.IPRange ? poolRange(release, subnet, entry.IPRange, entry.Subnet as string) : undefined;
  const { addresses } = takeSubnet(release, space, subnet, range);
  const pool: AddressPool = { subnet, range, addresses };
  const held: Address[] = [];
  try {
    const unwanted = family === 4 ? request.withoutGateway?.v4 : request.withoutGateway?.v6;
    let gateway: Address | undefined;
    if (entry.Gateway || !unwanted) {
      gateway = takeGateway(release, pool, entry.Gateway ?? "");
      held.push(gateway);
    }
    const auxiliary = new Map<string, Address>();
    for (const [name, text] of Object.entries(entry.AuxiliaryAddresses ?? {})) {
      const address = takeAuxiliary(release, pool, name, text, request.networkName);
      held.push(address);
      auxiliary.set(name, address);
    }
    return { ...pool, gateway, auxiliary, automatic };
  } catch (error) {
    for (const address of held) giveBack(release, pool, address);
    space.release(subnet, rangeKey(release, range));
    throw error;
  }
}

function releasePool(release: Release, space: AddressSpace, pool: Pool): void {
  if (pool.gateway) giveBack(release, pool, pool.gateway);
  for (const address of pool.auxiliary.values()) giveBack(release, pool, address);
  space.release(pool.subnet, rangeKey(release, pool.range));
}

function subnetOf(text: string): Prefix {
  return masked(parseCIDR(text) as Prefix);
}

function pickSubnet(ipam: Ipam, space: AddressSpace, family: 4 | 6, scope: string): Prefix {
  const subnet = space.pickDefault(family, scope === "global" ? [] : ipam.hostSubnets);
  if (subnet) return subnet;
  const { status, message } = ipam.release.ipam.defaultPoolsExhausted;
  throw engineError(status, message(family));
}

function takeSubnet(release: Release, space: AddressSpace, subnet: Prefix, range: PoolRange | undefined) {
  const entry = space.take(subnet, rangeKey(release, range));
  if (!entry) throw engineError(403, release.ipam.poolOverlap);
  return entry;
}

/** What tells two ranges of one subnet apart; empty for the whole subnet. */
function rangeKey(release: Release, range: PoolRange | undefined): string {
  if (!range) return "";
  return release.ipam.rangeKnownByText ? range.text : `${range.first}-${range.last}`;
}

function takeGateway(release: Release, pool: AddressPool, text: string): Address {
  try {
    const wanted = parseIP(text);
    const gateway = wanted ? takeWanted(release, pool, wanted) : takeLowest(release, pool);
    if (gateway) return gateway;
  } catch (error) {
    throw engineError(500, `failed to allocate gateway (${text}): ${(error as Error).message}`);
  }
  throw engineError(500, `failed to allocate gateway (${text}): ${release.ipam.noAddressLeft.message}`);
}

function takeAuxiliary(
  release: Release,
  pool: AddressPool,
  name: string,
  text: string,
  networkName: string,
): Address {
  const address = parseIP(text);
  if (!address) {
    throw engineError(
      release.ipam.badAuxiliaryStatus,
      `non parsable secondary ip address (${name}:${text}) passed for network ${networkName}`,
    );
  }
  if (!contains(pool.subnet, address)) {
    const subnet = formatPrefix(pool.subnet);
    throw engineError(403, `auxiliary address: (${name}:${text}) must belong to the master pool: ${subnet}`);
  }
  try {
    return takeWanted(release, pool, address);
  } catch (error) {
    const reason = (error as Error).message;
    throw engineError(500, `failed to allocate secondary ip address (${name}:${text}): ${reason}`);
  }
}

function shownConfig(release: Release, config: IpamConfig, pools: NetworkPools): IPAMPoolConfig[] | null {
  const asked = { v4: [...config.v4], v6: [...config.v6] };
  const picked = {
    v4: pools.v4.filter((pool) => pool.automatic).map((pool) => shownPick(release, pool)),
    v6: pools.v6.filter((pool) => pool.automatic).map((pool) => shownPick(release, pool)),
  };
  const shown = release.ipam.showsPickedPoolsLast
    ? [...asked.v4, ...asked.v6, ...picked.v4, ...picked.v6]
    : [...asked.v4, ...picked.v4, ...asked.v6, ...picked.v6];
  return shown.length > 0 ? shown : unallocatedConfig(release, config);
}

function shownPick(release: Release, { subnet, gateway }: Pool): IPAMPoolConfig {
  const Subnet = formatPrefix(subnet);
  if (!gateway) return { Subnet };
  const asBlock = subnet.address.family === 6 && release.ipam.showsPickedIPv6GatewayAsBlock;
  return { Subnet, Gateway: formatAddress(gateway) + (asBlock ? `/${subnet.bits}` : "") };
}

/** The `null` IPAM driver: no pools, shown as one of all addresses. Bridge and macvlan refuse that themselves. */
function nullPools(release: Release, request: PoolsRequest): AllocatedPools {
  const { config, enableIPv4, enableIPv6 } = request;
  const refuse = (message: string) => engineError(release.ipam.nullDriverStatus, message);
  const specific = "null ipam driver does not handle specific address pool requests";
  if (enableIPv4 && config.v4.length > 0) throw refuse(specific);
  if (enableIPv6 && config.v6.length > 0) throw refuse(specific);
  if (enableIPv6 && release.ipam.nullDriverRefusesIPv6) throw refuse(release.ipam.nullDriverRefusesIPv6);
  const shown = [
    ...config.v4,
    ...config.v6,
    ...(enableIPv4 ? [{ Subnet: "0.0.0.0/0" }] : []),
    ...(enableIPv6 ? [{ Subnet: "::/0" }] : []),
  ];
  return { pools: { v4: [], v6: [] }, shown, mayOverlap: false };
}
