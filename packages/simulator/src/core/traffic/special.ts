import type { Address } from "@dryharbor/kernel/host";
import type { Network } from "../networks/network.js";

const allOnes4 = 0xffff_ffffn;

/** Returns whether an address is in 127.0.0.0/8 or is ::1. */
export function isLoopbackAddress({ family, value }: Address): boolean {
  return family === 4 ? value >> 24n === 127n : value === 1n;
}

/** Returns whether an address means many hosts: 224.0.0.0/4 and ff00::/8. */
export function isMulticast({ family, value }: Address): boolean {
  return family === 4 ? value >> 28n === 0xen : value >> 120n === 0xffn;
}

/** Returns whether an address means all hosts of a network. */
export function isBroadcast({ family, value }: Address, network: Network | undefined): boolean {
  if (family === 6) return false;
  if (value === allOnes4) return true;
  return (network?.pools.v4 ?? []).some(({ subnet: { address, bits } }) => {
    const hosts = (1n << BigInt(32 - bits)) - 1n;
    return bits < 31 && (address.value | hosts) === value;
  });
}
