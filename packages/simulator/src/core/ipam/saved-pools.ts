import {
  type Address,
  formatAddress,
  formatPrefix,
  type Prefix,
  parseCIDR,
  parseIP,
} from "@dryharbor/kernel/host";
import type { Ipam } from "./address-management.js";
import type { AddressSpace } from "./address-space.js";
import { takeSubnet } from "./allocate-pool.js";
import { spaceOf } from "./network-pools.js";
import { type NetworkPools, offsetIn, type Pool } from "./pool.js";
import { poolRange } from "./pool-range.js";

/**
 * A pool in a snapshot. It lacks the addresses of endpoints, which are taken again when the endpoints are
 * restored.
 */
export interface SavedPool {
  readonly subnet: string;
  readonly range?: string;
  readonly gateway?: string;
  readonly auxiliary?: Record<string, string>;
  readonly automatic?: true;
}

/** Saves the pools of a network for a snapshot. */
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

/** Takes the pools of a network from a snapshot again. */
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
