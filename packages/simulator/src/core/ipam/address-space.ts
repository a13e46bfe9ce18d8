import {
  addressBits,
  firstValue,
  lastValue,
  overlaps,
  type Prefix,
  prefixSize,
} from "@dryharbor/kernel/host";
import type { Release } from "../releases/release.js";
import { addressSet } from "./address-set.js";
import { type DefaultPool, subnetAt, subnetCount } from "./default-pools.js";
import { type SubnetInUse, subnetTable } from "./subnet-table.js";

/**
 * A set of subnets that must not overlap. There is one for networks of scope `global` and one for all others.
 */
export interface AddressSpace {
  /**
   * Takes a subnet, or only a range of it. Returns `undefined` when a whole subnet overlaps another one. A
   * subnet with a range is not compared with others, but the same range of the same subnet must not be taken.
   */
  take(subnet: Prefix, range: string): SubnetInUse | undefined;
  /** Gives a subnet back that {@link take} gave. */
  release(subnet: Prefix, range: string): void;
  /** Returns whether any address of the subnet is in a subnet in use. */
  isInUse(subnet: Prefix): boolean;
  /**
   * Finds a default subnet that overlaps none in use and none in `reserved`. Does not take it yet.
   *
   * @param bits the length of its prefix; 0 for the one that the default pools have
   */
  pickDefault(family: 4 | 6, reserved: readonly Prefix[], bits?: number): Prefix | undefined;
  /** Returns whether a default pool can be cut into subnets of this prefix length. */
  hasDefaultFor(family: 4 | 6, bits: number): boolean;
  /**
   * The number of the default subnet at which the next search begins. It stays 0 in a release that always
   * takes the lowest free one.
   */
  readonly cursor: bigint;
}

/** Creates an address space without subnets. `cursor` is the position of an earlier space. */
export function addressSpace(release: Release, defaults: readonly DefaultPool[], cursor = 0n): AddressSpace {
  const tables = { 4: subnetTable(), 6: subnetTable() };
  const pick =
    release.ipam.defaultPoolOrder === "rotating"
      ? rotatingPick(defaults, release.ipam.offsetsOf64Bits, cursor)
      : lowestPick(defaults);

  return {
    take(subnet, range) {
      const table = tables[subnet.address.family];
      let entry = table.get(subnet);
      if (range === "" ? table.overlapping(subnet) : entry?.users.has(range)) return undefined;
      if (!entry) {
        entry = { subnet, addresses: usableAddresses(release, subnet), users: new Set() };
        table.add(entry);
      }
      entry.users.add(range);
      return entry;
    },
    release(subnet, range) {
      const table = tables[subnet.address.family];
      const entry = table.get(subnet);
      if (!entry?.users.delete(range) || entry.users.size > 0) return;
      table.delete(entry);
      pick.freed(subnet);
    },
    isInUse: (subnet) => tables[subnet.address.family].overlapping(subnet) !== undefined,
    pickDefault(family, reserved, bits = 0) {
      const picks = bits === 0 ? pick : lowestPick(cutTo(defaults, family, bits));
      return picks.next(family, tables[family].overlapping, reserved);
    },
    hasDefaultFor: (family, bits) => cutTo(defaults, family, bits).length > 0,
    get cursor() {
      return pick.cursor;
    },
  };
}

/** The default pools that can be cut into subnets of a prefix length, cut so. */
function cutTo(defaults: readonly DefaultPool[], family: 4 | 6, bits: number): DefaultPool[] {
  return defaults
    .filter(({ base }) => base.address.family === family && base.bits <= bits)
    .map(({ base }) => ({ base, size: bits }));
}

/**
 * Creates the set of a subnet's addresses, with those taken that no host can have: the network's and the
 * broadcast address, and in IPv6 the routers' anycast address.
 */
function usableAddresses(release: Release, subnet: Prefix) {
  const { family } = subnet.address;
  const size = prefixSize(subnet);
  const addresses = addressSet(release.ipam.offsetsOf64Bits && size > maxOffset ? maxOffset : size);
  if (family === 6 || size > 2n || !release.ipam.pointToPoint) addresses.add(0n);
  if (family === 4 && (size > 2n || !release.ipam.pointToPoint)) addresses.add(size - 1n);
  return addresses;
}

/**
 * The largest size: a subnet of 2^64 addresses is counted as one address less, so that the number fits in 64
 * bits.
 */
const maxOffset = (1n << 64n) - 1n;

/** The way in which the next default subnet is found. */
interface Pick {
  readonly cursor: bigint;
  next(
    family: 4 | 6,
    inUse: (subnet: Prefix) => Prefix | undefined,
    reserved: readonly Prefix[],
  ): Prefix | undefined;
  freed(subnet: Prefix): void;
}

/**
 * Picks the first free subnet from the cursor on. Behind the last subnet, the search goes on at the first
 * one. The cursor then stands behind the picked subnet, but at 0 after a search that passed the last one. A
 * reserved subnet moves the cursor, too.
 */
function rotatingPick(defaults: readonly DefaultPool[], offsetsOf64Bits: boolean, start: bigint): Pick {
  const total = defaults.reduce((sum, pool) => sum + subnetCount(pool), 0n);
  let cursor = start;

  function at(index: bigint): Prefix {
    let left = index;
    for (const pool of defaults) {
      const count = subnetCount(pool);
      if (left < count) return subnetAt(pool, left, offsetsOf64Bits);
      left -= count;
    }
    throw new RangeError(`no default subnet ${index}`);
  }

  return {
    get cursor() {
      return cursor;
    },
    next(family, inUse, reserved) {
      const held: Prefix[] = [];
      let step = 0n;
      while (step < total) {
        const subnet = at((cursor + step) % total);
        step++;
        if (subnet.address.family !== family || inUse(subnet)) continue;
        if (held.some((other) => overlaps(other, subnet))) continue;
        cursor = cursor + step < total ? cursor + step : 0n;
        if (!reserved.some((other) => overlaps(other, subnet))) return subnet;
        held.push(subnet);
        step = 0n;
      }
      return undefined;
    },
    freed() {},
  };
}

/** Picks the lowest free subnet. */
function lowestPick(defaults: readonly DefaultPool[]): Pick {
  /**
   * The spans that may have free subnets, by first address: those not searched yet, and those given back
   * since.
   */
  const unsearched: Record<4 | 6, Span[]> = {
    4: [{ first: 0n, last: (1n << 32n) - 1n }],
    6: [{ first: 0n, last: (1n << 128n) - 1n }],
  };

  function lowestIn(span: Span, family: 4 | 6, isFree: (subnet: Prefix) => boolean): Prefix | undefined {
    for (const { base, size } of defaults) {
      if (base.address.family !== family) continue;
      const step = 1n << BigInt(addressBits[family] - size);
      let value = firstValue(base);
      if (span.first > value) value = (span.first / step) * step;
      for (; value <= span.last && value <= lastValue(base); value += step) {
        const subnet: Prefix = { address: { family, value }, bits: size };
        if (isFree(subnet)) return subnet;
      }
    }
    return undefined;
  }

  return {
    cursor: 0n,
    next(family, inUse, reserved) {
      const isFree = (subnet: Prefix) => !inUse(subnet) && !reserved.some((other) => overlaps(other, subnet));
      const spans = unsearched[family];
      for (let span = spans[0]; span; span = spans[0]) {
        const subnet = lowestIn(span, family, isFree);
        if (subnet) {
          span.first = subnet.address.value;
          return subnet;
        }
        spans.shift();
      }
      return undefined;
    },
    freed(subnet) {
      const spans = unsearched[subnet.address.family];
      const first = firstValue(subnet);
      const last = lastValue(subnet);
      const at = spans.findLastIndex((span) => span.first <= first) + 1;
      const before = spans[at - 1];
      if (!before || before.last < last) spans.splice(at, 0, { first, last });
    },
  };
}

/** A span of addresses, both ends included. */
interface Span {
  first: bigint;
  last: bigint;
}
