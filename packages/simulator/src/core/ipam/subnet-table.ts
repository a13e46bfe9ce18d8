import { firstValue, lastValue, type Prefix } from "@dryharbor/kernel/host";
import type { AddressSet } from "./address-set.js";

/** A subnet that one or several networks have taken. */
export interface SubnetInUse {
  /** The subnet, without host bits. */
  readonly subnet: Prefix;
  readonly addresses: AddressSet;
  /** One entry for each network: its range, or empty text where it has the whole subnet. */
  readonly users: Set<string>;
}

/** The subnets of one address family that are in use. Subnets with ranges may overlap. */
export interface SubnetTable {
  get(subnet: Prefix): SubnetInUse | undefined;
  add(entry: SubnetInUse): void;
  delete(entry: SubnetInUse): void;
  /** Returns a subnet in use that shares addresses with `prefix`, or `undefined`. */
  overlapping(prefix: Prefix): Prefix | undefined;
}

/** Creates an empty table. */
export function subnetTable(): SubnetTable {
  /** The subnets by prefix length, then by first address. Finds those that contain an address. */
  const byLength = new Map<number, Map<bigint, SubnetInUse>>();
  /** The subnets by first address. Finds those that lie within another one. */
  const sorted: SubnetInUse[] = [];

  /** Returns the position of the first subnet that starts at `value` or above. */
  function position(value: bigint): number {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((sorted[middle] as SubnetInUse).subnet.address.value < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return {
    get: (subnet) => byLength.get(subnet.bits)?.get(firstValue(subnet)),
    add(entry) {
      const { address, bits } = entry.subnet;
      let sameLength = byLength.get(bits);
      if (!sameLength) {
        sameLength = new Map();
        byLength.set(bits, sameLength);
      }
      sameLength.set(address.value, entry);
      sorted.splice(position(address.value), 0, entry);
    },
    delete(entry) {
      const { address, bits } = entry.subnet;
      const sameLength = byLength.get(bits);
      sameLength?.delete(address.value);
      if (sameLength?.size === 0) byLength.delete(bits);
      sorted.splice(sorted.indexOf(entry, position(address.value)), 1);
    },
    overlapping(prefix) {
      for (const [bits, sameLength] of byLength) {
        if (bits > prefix.bits) continue;
        const holder = sameLength.get(firstValue({ address: prefix.address, bits }));
        if (holder) return holder.subnet;
      }
      const next = sorted[position(firstValue(prefix))];
      return next && next.subnet.address.value <= lastValue(prefix) ? next.subnet : undefined;
    },
  };
}
