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

/** The address management of one engine: which subnets its networks have taken. */
export interface Ipam {
  readonly release: Release;
  /** For networks of scope `global`. */
  readonly global: AddressSpace;
  /** For all others. */
  readonly local: AddressSpace;
  /** Subnets of the host's own interfaces: never picked. */
  readonly hostSubnets: readonly Prefix[];
  /** The first default subnet that the host does not use itself, taken or not. */
  readonly firstLocalSubnet: Prefix | undefined;
}

/** What of it a snapshot holds besides each network's pools: where 20.10 and 26.1 look for the next default pool. */
export interface SavedIpam {
  readonly localCursor: string;
  readonly globalCursor: string;
}

/** An engine's address management; `saved` where it comes out of a snapshot. */
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

/** What {@link createIpam} needs to go on where this one stands. */
export function saveIpam(ipam: Ipam): SavedIpam {
  return { localCursor: String(ipam.local.cursor), globalCursor: String(ipam.global.cursor) };
}

function readHostSubnet(text: string): Prefix {
  const prefix = parsePrefix(text);
  if (!prefix) throw new RangeError(`no subnet: ${text}`);
  return masked(prefix);
}
