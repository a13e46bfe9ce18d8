import { formatPrefix, overlaps } from "@dryharbor/kernel/host";
import { engineError, type IPAMPoolConfig } from "@dryharbor/sdk/port";
import type { Release } from "../releases/release.js";
import type { Ipam } from "./address-management.js";
import type { AddressSpace } from "./address-space.js";
import { allocatePool, type PoolRequest, releasePool } from "./allocate-pool.js";
import type { IpamConfig } from "./network-config.js";
import type { NetworkPools, Pool } from "./pool.js";
import { shownConfig } from "./shown-config.js";

/** What a new network asks for, after all other checks and before its driver's own. */
export interface PoolsRequest extends PoolRequest {
  /** `default` or `null`. */
  readonly ipamDriver: string;
  readonly enableIPv4: boolean;
  readonly enableIPv6: boolean;
  readonly config: IpamConfig;
}

/** What a new network got. */
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

/** The address space of networks of a scope. */
export function spaceOf(ipam: Ipam, scope: string): AddressSpace {
  return scope === "global" ? ipam.global : ipam.local;
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
