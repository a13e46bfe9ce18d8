// The address management (IPAM) of one engine: the subnets that its networks have taken. It is the part of
// libnetwork that gives out subnets and addresses. `network-pools.ts` takes the pools of a new network from
// it, and `endpoint-addresses.ts` the addresses of an endpoint. Other folders import all this from `ipam.ts`.

import { masked, overlaps, type Prefix, parsePrefix } from "@dryharbor/kernel/host";
import type { Release } from "../releases/release.js";
import { type AddressSpace, addressSpace } from "./address-space.js";
import {
  globalDefaultPools,
  type IpamSettings,
  localDefaultPools,
  subnetAt,
  subnetCount,
} from "./default-pools.js";

/** The address management of one engine: the subnets that its networks have taken. */
export interface Ipam {
  readonly release: Release;
  /** The address space of networks of scope `global`. */
  readonly global: AddressSpace;
  /** The address space of all other networks. */
  readonly local: AddressSpace;
  /** The subnets of the host's own interfaces. They are never picked for a network. */
  readonly hostSubnets: readonly Prefix[];
  /** The first default subnet that the host does not use itself, whether or not it is taken. */
  readonly firstLocalSubnet: Prefix | undefined;
}

/**
 * What a snapshot holds of the address management, besides each network's pools: the place where 20.10 and
 * 26.1 begin to search for the next default pool.
 */
export interface SavedIpam {
  readonly localCursor: string;
  readonly globalCursor: string;
}

/** Creates an engine's address management. `saved` comes from a snapshot. */
export function createIpam(release: Release, settings: IpamSettings, saved?: SavedIpam): Ipam {
  const hostSubnets = settings.hostSubnets.map(readHostSubnet);
  const pools = localDefaultPools(release, settings);
  return {
    release,
    global: addressSpace(release, globalDefaultPools(), BigInt(saved?.globalCursor ?? 0)),
    local: addressSpace(release, pools, BigInt(saved?.localCursor ?? 0)),
    hostSubnets,
    get firstLocalSubnet() {
      for (const pool of pools) {
        if (pool.base.address.family === 6) continue;
        for (let index = 0n; index < subnetCount(pool); index++) {
          const subnet = subnetAt(pool, index, release.ipam.offsetsOf64Bits);
          if (!hostSubnets.some((other) => overlaps(other, subnet))) return subnet;
        }
      }
      return undefined;
    },
  };
}

/** Returns what {@link createIpam} needs to go on from here. */
export function saveIpam(ipam: Ipam): SavedIpam {
  return { localCursor: String(ipam.local.cursor), globalCursor: String(ipam.global.cursor) };
}

function readHostSubnet(text: string): Prefix {
  const prefix = parsePrefix(text);
  if (!prefix) throw new RangeError(`no subnet: ${text}`);
  return masked(prefix);
}
