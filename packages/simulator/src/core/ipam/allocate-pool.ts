import {
  type Address,
  contains,
  formatPrefix,
  isMappedBlock,
  isUnspecified,
  masked,
  type Prefix,
  parseCIDR,
  parseIP,
  parsePrefix,
} from "@dryharbor/kernel/host";
import { engineError, type IPAMPoolConfig } from "@dryharbor/sdk/port";
import type { Release } from "../releases/release.js";
import type { Ipam } from "./address-management.js";
import type { AddressSpace } from "./address-space.js";
import { type AddressPool, giveBack, type Pool, type PoolRange, takeLowest, takeWanted } from "./pool.js";
import { poolRange, unreadableRange } from "./pool-range.js";
import type { SubnetInUse } from "./subnet-table.js";

/** What the pools of a new network depend on, besides their entries in the request. */
export interface PoolRequest {
  readonly networkName: string;
  /** The network's scope. Networks of scope `global` get their default pools from 10.0.0.0/8. */
  readonly scope: string;
  /**
   * The families for which the network's driver wants no gateway (28.5: gateway mode `isolated`, ipvlan on
   * layer 3, internal macvlan).
   */
  readonly withoutGateway?: { readonly v4?: boolean; readonly v6?: boolean };
}

/**
 * Takes one pool of a new network, with its gateway and auxiliary addresses. When it throws, it takes
 * nothing.
 */
export function allocatePool(
  ipam: Ipam,
  space: AddressSpace,
  family: 4 | 6,
  entry: IPAMPoolConfig,
  request: PoolRequest,
): Pool {
  const { release } = ipam;
  if (entry.Gateway && !parseIP(entry.Gateway)) {
    throw engineError(500, `invalid gateway address ${entry.Gateway} in Ipam configuration`);
  }
  const asked = entry.Subnet === undefined ? undefined : subnetOf(entry.Subnet);
  const byLength = release.ipam.picksByLength && asked !== undefined && isUnspecified(asked.address);
  if (byLength && entry.IPRange) throw rangeOfPickedPool(entry, request.scope);
  const automatic = asked === undefined;
  const subnet = automatic || byLength ? pickSubnet(ipam, space, family, request.scope, asked?.bits) : asked;
  const range = entry.IPRange
    ? poolRange(release, subnet, entry.IPRange, entry.Subnet as string, request.scope)
    : undefined;
  const { addresses } = takeSubnet(release, space, subnet, range);
  const pool: AddressPool = { subnet, range, addresses };
  const held: Address[] = [];
  try {
    const unwanted = family === 4 ? request.withoutGateway?.v4 : request.withoutGateway?.v6;
    let gateway: Address | undefined;
    if (entry.Gateway || !unwanted) {
      checkMappedGateway(release, entry);
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

/** Gives a pool back, with its gateway and auxiliary addresses. */
export function releasePool(release: Release, space: AddressSpace, pool: Pool): void {
  if (pool.gateway) giveBack(release, pool, pool.gateway);
  for (const address of pool.auxiliary.values()) giveBack(release, pool, address);
  space.release(pool.subnet, rangeKey(release, pool.range));
}

function subnetOf(text: string): Prefix {
  return masked(parseCIDR(text) as Prefix);
}

/** @param bits the length of the subnet's prefix; 0 or none for that of the default pools */
function pickSubnet(ipam: Ipam, space: AddressSpace, family: 4 | 6, scope: string, bits = 0): Prefix {
  if (bits > 0 && !space.hasDefaultFor(family, bits)) throw engineError(400, "invalid address pool");
  const subnet = space.pickDefault(family, scope === "global" ? [] : ipam.hostSubnets, bits);
  if (subnet) return subnet;
  const { status, message } = ipam.release.ipam.defaultPoolsExhausted;
  throw engineError(status, message(family));
}

function rangeOfPickedPool({ IPRange = "" }: IPAMPoolConfig, scope: string): Error {
  return unreadableRange("", IPRange, scope, "invalid address subpool");
}

/** Takes a subnet from an address space. @throws 403 where the subnet overlaps another one */
export function takeSubnet(
  release: Release,
  space: AddressSpace,
  subnet: Prefix,
  range: PoolRange | undefined,
): SubnetInUse {
  const entry = space.take(subnet, rangeKey(release, range));
  if (!entry) throw engineError(403, release.ipam.poolOverlap);
  return entry;
}

/** Returns the key by which two ranges of one subnet differ. Empty for the whole subnet. */
function rangeKey(release: Release, range: PoolRange | undefined): string {
  if (!range) return "";
  return release.ipam.rangeKnownByText ? range.text : `${range.first}-${range.last}`;
}

/** An IPv4-mapped subnet is taken as one of IPv4, but some of its addresses are not found in it. */
function checkMappedGateway(release: Release, { Subnet = "", IPRange, Gateway = "" }: IPAMPoolConfig): void {
  if (!isMappedBlock(Subnet)) return;
  const subnet = formatPrefix(masked(parsePrefix(Subnet) as Prefix));
  const problem = release.ipam.mappedGateway(subnet, IPRange, Gateway);
  if (problem) throw engineError(500, `failed to allocate gateway (${Gateway}): ${problem}`);
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
