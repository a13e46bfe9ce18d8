import { type Address, contains, firstValue, type Prefix, prefixSize } from "@dryharbor/kernel/host";
import { engineError } from "@dryharbor/sdk/port";
import type { Release } from "../releases/release.js";
import type { AddressSet } from "./address-set.js";

/** A subnet that a network has taken, and where in it its endpoints get their addresses from. */
export interface Pool {
  /** Without host bits. */
  readonly subnet: Prefix;
  /** The part of the subnet that addresses are picked from; `undefined` for the whole of it. */
  readonly range: PoolRange | undefined;
  /** `undefined` where the network's driver wants none. */
  readonly gateway: Address | undefined;
  /** Addresses that no endpoint gets, by name. `DefaultGatewayIPv4` and `DefaultGatewayIPv6` are what containers are told as their gateway. */
  readonly auxiliary: ReadonlyMap<string, Address>;
  /** Whether the engine picked the subnet: static addresses are then refused. */
  readonly automatic: boolean;
  /** What is taken in the subnet. Shared by all pools of one subnet, which only ranges make possible. */
  readonly addresses: AddressSet;
}

/** A range as asked for, and the offsets in the subnet that it stands for. */
export interface PoolRange {
  readonly text: string;
  readonly first: bigint;
  readonly last: bigint;
}

/** The pools of one network. Empty lists for `host`, `none` and configuration networks; a bridge has at most one a family. */
export interface NetworkPools {
  readonly v4: readonly Pool[];
  readonly v6: readonly Pool[];
}

/** What of a pool the choice of an address depends on. */
export type AddressPool = Pick<Pool, "subnet" | "range" | "addresses">;

/** Takes the lowest free address of the pool's range; `undefined` where none is left. */
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
 * Takes the first free address from an offset on, or else of all: as pools of a swarm give theirs. `undefined`
 * where none is left.
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
 * Takes one address of the pool's subnet. What is taken may be another one, see `offsetsOf64Bits`.
 * @throws 403 where it is in use, 400 where it is not of the subnet, 500 or 503 where the subnet is full.
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

/** Frees an address that one of the above gave. */
export function giveBack(release: Release, pool: AddressPool, address: Address): void {
  pool.addresses.delete(offsetIn(release, pool.subnet, address));
}

/** The offset of an address from its subnet's first. */
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
