import { sha256 } from "@dryharbor/kernel";
import { addressBits, firstValue, masked, overlaps, type Prefix, parsePrefix } from "@dryharbor/kernel/host";
import type { Release } from "../releases/release.js";
import type { DaemonSettings } from "../settings.js";

/** A block of addresses from which default subnets are cut, each of prefix length `size`. */
export interface DefaultPool {
  /** The block, without host bits. */
  readonly base: Prefix;
  readonly size: number;
}

/** The daemon's settings that address management depends on. */
export type IpamSettings = Pick<DaemonSettings, "hostId" | "defaultAddressPools" | "hostSubnets">;

/** The default pools of every engine: 15 subnets of /16 and 16 subnets of /20. */
const builtInLocalPools = [
  { base: "172.17.0.0/16", size: 16 },
  { base: "172.18.0.0/16", size: 16 },
  { base: "172.19.0.0/16", size: 16 },
  { base: "172.20.0.0/14", size: 16 },
  { base: "172.24.0.0/14", size: 16 },
  { base: "172.28.0.0/14", size: 16 },
  { base: "192.168.0.0/16", size: 20 },
];

/** The default pools of networks of scope `global`. */
const builtInGlobalPools = [{ base: "10.0.0.0/8", size: 24 }];

/** Lists the pools of networks of scope `local`, in the order in which they are searched. */
export function localDefaultPools(release: Release, settings: IpamSettings): DefaultPool[] {
  const configured = settings.defaultAddressPools;
  const pools = (configured.length > 0 ? configured : builtInLocalPools).map(readPool);
  if (release.ipam.derivesIPv6Pools && !pools.some((pool) => pool.base.address.family === 6)) {
    pools.push(derivedIPv6Pool(settings.hostId));
  }
  return release.ipam.defaultPoolOrder === "lowest" ? sortedAndDisjoint(pools) : pools;
}

/** Lists the pools of networks of scope `global`. */
export function globalDefaultPools(): DefaultPool[] {
  return builtInGlobalPools.map(readPool);
}

/** Returns the number of subnets into which a pool can be cut. */
export function subnetCount({ base, size }: DefaultPool): bigint {
  return 1n << BigInt(size - base.bits);
}

/** Returns the subnet with the number `index` of a pool. */
export function subnetAt({ base, size }: DefaultPool, index: bigint, offsetsOf64Bits: boolean): Prefix {
  const { family } = base.address;
  const offset = index << BigInt(addressBits[family] - size);
  const value = firstValue(base) + (offsetsOf64Bits ? BigInt.asUintN(64, offset) : offset);
  return { address: { family, value }, bits: size };
}

function readPool({ base, size }: { readonly base: string; readonly size: number }): DefaultPool {
  const prefix = parsePrefix(base);
  if (!prefix || !Number.isInteger(size) || size < prefix.bits || size > addressBits[prefix.address.family]) {
    throw new RangeError(`no default address pool: base ${base}, size ${size}`);
  }
  return { base: masked(prefix), size };
}

/**
 * Makes the host's own IPv6 block of /48: fd00::/8 and 40 bits of the SHA-256 of the host's id, loosely after
 * RFC 4193.
 */
function derivedIPv6Pool(hostId: string): DefaultPool {
  const globalId = sha256(new TextEncoder().encode(hostId))
    .slice(3, 8)
    .reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
  const value = (0xfdn << 120n) | (globalId << 80n);
  return { base: { address: { family: 6, value }, bits: 48 }, size: 64 };
}

/** Sorts pools by address, larger ones first, and drops a block that lies inside another one. */
function sortedAndDisjoint(pools: readonly DefaultPool[]): DefaultPool[] {
  const sorted = pools.toSorted(
    (a, b) =>
      Number(a.base.address.value > b.base.address.value) -
        Number(a.base.address.value < b.base.address.value) || a.base.bits - b.base.bits,
  );
  return sorted.filter((pool, at) => !sorted.slice(0, at).some((other) => overlaps(other.base, pool.base)));
}
