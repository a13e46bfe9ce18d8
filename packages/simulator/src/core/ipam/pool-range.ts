import {
  type Address,
  addressBits,
  firstValue,
  lastValue,
  type Prefix,
  parseCIDR,
} from "@dryharbor/kernel/host";
import { engineError } from "@dryharbor/sdk/port";
import type { Release } from "../releases/release.js";
import { offsetIn, type PoolRange } from "./pool.js";

/**
 * Returns the part of `subnet` that `text` (an `IPRange`) stands for. Only the host part of the range counts.
 * So on 20.10, a range outside of the subnet has a meaning, too; later releases have refused it before.
 *
 * @throws 500 where 20.10 cannot read it
 */
export function poolRange(
  release: Release,
  subnet: Prefix,
  text: string,
  subnetText: string,
  scope = "",
): PoolRange {
  const unreadable = (reason: string) => unreadableRange(subnetText, text, scope, reason);
  const range = parseCIDR(text);
  if (!range) throw unreadable("Invalid Address SubPool");
  if (!isCompatible(subnet, range)) {
    const reason = `cannot compute host portion ip address because ip and mask are not compatible: (net.IP{${goBytes(bytesOf({ family: range.address.family, value: firstValue(range) }))}}, net.IPMask{${goBytes(maskOf(subnet))}})`;
    throw unreadable(`failed to compute range's lowest ip address: ${reason}`);
  }
  const offset = (value: bigint) => offsetIn(release, subnet, { family: range.address.family, value });
  const bigger = range.bits < subnet.bits && range.address.family === subnet.address.family;
  return bigger
    ? { text, first: 0n, last: offset(lastValue(subnet)) }
    : { text, first: offset(firstValue(range)), last: offset(lastValue(range)) };
}

/** Makes the refusal of a pool that IPAM's driver cannot read. */
export function unreadableRange(subnet: string, range: string, scope: string, reason: string): Error {
  const space = scope === "global" ? "GlobalDefault" : "LocalDefault";
  const asked = `pool ${JSON.stringify(subnet)} subpool ${JSON.stringify(range)}`;
  return engineError(500, `failed to parse pool request for address space "${space}" ${asked}: ${reason}`);
}

/**
 * Returns whether Go applies the subnet's mask to the range. It applies an IPv6 mask to IPv4 if it begins
 * with 96 ones.
 */
function isCompatible(subnet: Prefix, range: Prefix): boolean {
  if (subnet.address.family === range.address.family) return true;
  return range.address.family === 4 && subnet.bits >= 96;
}

function maskOf({ address: { family }, bits }: Prefix): number[] {
  const all = (1n << BigInt(addressBits[family])) - 1n;
  return bytesOf({ family, value: all ^ (all >> BigInt(bits)) });
}

function bytesOf({ family, value }: Address): number[] {
  const count = addressBits[family] / 8;
  return Array.from({ length: count }, (_, at) => Number((value >> BigInt(8 * (count - 1 - at))) & 255n));
}

/** Formats bytes as Go's `%#v` does. */
function goBytes(bytes: readonly number[]): string {
  return bytes.map((byte) => `0x${byte.toString(16)}`).join(", ");
}
