// A pool: a subnet that a network has taken, and the choice of addresses in it. `allocate-pool.ts` makes
// pools, and `endpoint-addresses.ts` takes endpoints' addresses from them.

import { type Address, contains, firstValue, type Prefix, prefixSize } from "@dryharbor/kernel/host";
import { engineError } from "@dryharbor/sdk/port";
import type { Release } from "../releases/release.js";
import type { AddressSet } from "./address-set.js";

/** A subnet that a network has taken, with the part of it from which endpoints get their addresses. */
export interface Pool {
  /** The subnet, without host bits. */
  readonly subnet: Prefix;
  /** The part of the subnet from which addresses are picked; `undefined` for the whole subnet. */
  readonly range: PoolRange | undefined;
  /** `undefined` when the network's driver wants no gateway. */
  readonly gateway: Address | undefined;
  /**
   * Addresses that no endpoint gets, by name. Containers are told `DefaultGatewayIPv4` and
   * `DefaultGatewayIPv6` as their gateways.
   */
  readonly auxiliary: ReadonlyMap<string, Address>;
  /** Whether the engine picked the subnet. It then refuses static addresses. */
  readonly automatic: boolean;
  /**
   * The taken addresses of the subnet. All pools of one subnet share this set. Only ranges make several pools
   * possible.
   */
  readonly addresses: AddressSet;
}

/** A range as given in the request, with the offsets in the subnet that it stands for. */
export interface PoolRange {
  readonly text: string;
  readonly first: bigint;
  readonly last: bigint;
}

/**
 * The pools of one network. None for `host`, `none` and configuration networks; at most one a family for a
 * bridge.
 */
export interface NetworkPools {
  readonly v4: readonly Pool[];
  readonly v6: readonly Pool[];
}

/** The properties of a pool on which the choice of an address depends. */
export type AddressPool = Pick<Pool, "subnet" | "range" | "addresses">;

/** Takes the lowest free address of the pool's range. Returns `undefined` when none is left. */
export function takeLowest(release: Release, pool: AddressPool): Address | undefined {
  const { addresses, range } = pool;
  if (isFull(pool)) return undefined;
  if (range && range.last >= addresses.size) {
    throw engineError(500, release.ipam.invalidRange(range.first, range.last));
  }
  const offset = addresses.lowestFree(range?.first ?? 0n, range?.last ?? addresses.size - 1n);
  if (offset === undefined) return undefined;
  addresses.add(offset);
  return addressAt(pool.subnet, offset);
}

/**
 * Takes the first free address from an offset on or, when there is none, the first free one of all. The pools
 * of a swarm give their addresses in this way. Returns `undefined` when none is left.
 */
export function takeNext(
  { addresses, range, subnet }: AddressPool,
  from: bigint,
): { readonly address: Address; readonly offset: bigint } | undefined {
  const [first, last] = [range?.first ?? 0n, range?.last ?? addresses.size - 1n];
  const start = from > first && from <= last ? from : first;
  const offset = addresses.lowestFree(start, last) ?? addresses.lowestFree(first, last);
  if (offset === undefined) return undefined;
  addresses.add(offset);
  return { address: addressAt(subnet, offset), offset };
}

/**
 * Takes one address of the pool's subnet. The address that it takes may be another one, see
 * `offsetsOf64Bits`.
 *
 * @throws 403 for an address in use, 400 for one outside of the subnet, 500 or 503 when the subnet is full
 */
export function takeWanted(release: Release, pool: AddressPool, wanted: Address): Address {
  const { addresses, subnet } = pool;
  if (!contains(subnet, wanted)) throw engineError(400, release.ipam.addressOutOfRange);
  if (isFull(pool) && release.ipam.fullBeforeInUse) {
    throw engineError(release.ipam.noAddressLeft.status, release.ipam.noAddressLeft.message);
  }
  const offset = offsetIn(release, subnet, wanted);
  if (offset >= addresses.size) throw engineError(500, "bit does not belong to the sequence");
  if (!addresses.add(offset)) throw engineError(403, "Address already in use");
  return addressAt(subnet, offset);
}

/** Frees an address that was taken from the pool. */
export function giveBack(release: Release, pool: AddressPool, address: Address): void {
  pool.addresses.delete(offsetIn(release, pool.subnet, address));
}

/** Returns the offset of an address from its subnet's first address. */
export function offsetIn(release: Release, subnet: Prefix, address: Address): bigint {
  const offset = address.value & (prefixSize(subnet) - 1n);
  return release.ipam.offsetsOf64Bits ? BigInt.asUintN(64, offset) : offset;
}

function addressAt(subnet: Prefix, offset: bigint): Address {
  return { family: subnet.address.family, value: firstValue(subnet) + offset };
}

function isFull({ addresses }: AddressPool): boolean {
  return BigInt(addresses.taken) === addresses.size;
}
