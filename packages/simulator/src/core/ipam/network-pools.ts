// The pools of a network: takes them when it is created and gives them back when it is removed.
// `networks/driver-network.ts` calls this.

import { formatPrefix, overlaps } from "@dryharbor/kernel/host";
import { engineError, type IPAMPoolConfig } from "@dryharbor/sdk/port";
import type { Release } from "../releases/release.js";
import type { Ipam } from "./address-management.js";
import type { AddressSpace } from "./address-space.js";
import { allocatePool, type PoolRequest, releasePool } from "./allocate-pool.js";
import type { IpamConfig } from "./network-config.js";
import type { NetworkPools, Pool } from "./pool.js";
import { shownConfig } from "./shown-config.js";

/**
 * What a new network asks of IPAM. IPAM is asked after all other checks, and before the driver makes its own.
 */
export interface PoolsRequest extends PoolRequest {
  /** `default` or `null`. */
  readonly ipamDriver: string;
  readonly enableIPv4: boolean;
  readonly enableIPv6: boolean;
  readonly config: IpamConfig;
}

/** The pools of a new network. */
export interface AllocatedPools {
  readonly pools: NetworkPools;
  /** `IPAM.Config` as inspect shows it. */
  readonly shown: IPAMPoolConfig[] | null;
  /**
   * Whether a subnet may overlap one of another network. It may when its entry names an `IPRange`, or when
   * the other network is in the other address space. The bridge driver then compares the subnets itself, see
   * {@link overlappingFamily}.
   */
  readonly mayOverlap: boolean;
}

/**
 * Takes the pools of a new network, with their gateways and auxiliary addresses. When it throws, it takes
 * nothing, but the cursor of 20.10 and 26.1 may have moved.
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

/** Gives the pools of a network back, when it is removed or when its driver refuses it. */
export function releasePools(ipam: Ipam, scope: string, pools: NetworkPools): void {
  for (const pool of [...pools.v4, ...pools.v6]) releasePool(ipam.release, spaceOf(ipam, scope), pool);
}

/** Returns the first family in which the subnets of two networks overlap, as the bridge driver names it. */
export function overlappingFamily(a: NetworkPools, b: NetworkPools): "IPv4" | "IPv6" | undefined {
  const overlap = (some: readonly Pool[], others: readonly Pool[]) =>
    some.some((pool) => others.some((other) => overlaps(pool.subnet, other.subnet)));
  if (overlap(a.v4, b.v4)) return "IPv4";
  return overlap(a.v6, b.v6) ? "IPv6" : undefined;
}

/** Returns the pools that the default `bridge` network asks for on this engine. */
export function defaultBridgeConfig(ipam: Ipam): IpamConfig {
  if (!ipam.release.ipam.defaultBridgeNamesSubnet) return { v4: [], v6: [] };
  const subnet = ipam.firstLocalSubnet;
  return { v4: subnet ? [{ Subnet: formatPrefix(subnet) }] : [], v6: [] };
}

/** Returns the address space of networks of a scope. */
export function spaceOf(ipam: Ipam, scope: string): AddressSpace {
  return scope === "global" ? ipam.global : ipam.local;
}

/**
 * Asks the `null` IPAM driver. It gives no pools, and inspect shows one that has all addresses. The drivers
 * bridge and macvlan refuse such a network themselves.
 */
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
