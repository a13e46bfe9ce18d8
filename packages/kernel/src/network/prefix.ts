// CIDR blocks such as `10.1.0.0/24`: how they are read, written and compared. Subnets, address pools and
// routes use this form. Reading and writing follow Go's packages net and net/netip.
import { type Address, addressBits, formatAddress, parseAddress, parseIP, unmap } from "./address.js";

/** A CIDR block: an address with its host bits, and the length of the prefix in bits. */
export interface Prefix {
  readonly address: Address;
  readonly bits: number;
}

/**
 * Parses a block as Go's netip.ParsePrefix does. Returns `undefined` when the text is not a block. Host bits
 * are kept. The length allows no leading zeros.
 */
export function parsePrefix(text: string): Prefix | undefined {
  const slash = text.lastIndexOf("/");
  const address = slash < 0 ? undefined : parseAddress(text.slice(0, slash));
  const length = text.slice(slash + 1);
  if (!address || !/^(0|[1-9]\d{0,2})$/.test(length)) return undefined;
  return prefixOf(address, Number(length));
}

/**
 * Parses a block as Go's net.ParseCIDR does. Returns `undefined` when the text is not a block. The length may
 * have leading zeros. An IPv4-mapped IPv6 block of /96 or longer becomes an IPv4 block.
 */
export function parseCIDR(text: string): Prefix | undefined {
  const slash = text.indexOf("/");
  const address = slash < 0 ? undefined : parseAddress(text.slice(0, slash));
  const length = text.slice(slash + 1);
  if (!address || !/^\d{1,7}$/.test(length)) return undefined;
  const prefix = prefixOf(address, Number(length));
  const unmapped = unmap(address);
  if (!prefix || unmapped === address || prefix.bits < 96) return prefix;
  return { address: unmapped, bits: prefix.bits - 96 };
}

/** Whether a block is written as an IPv4-mapped IPv6 one that {@link parseCIDR} takes for an IPv4 one: `::ffff:10.1.0.0/112`. */
export function isMappedBlock(text: string): boolean {
  return text.includes(":") && parseCIDR(text)?.address.family === 4;
}

function prefixOf(address: Address, bits: number): Prefix | undefined {
  return bits <= addressBits[address.family] ? { address, bits } : undefined;
}

/** Formats a block as Go does, for example `10.1.0.0/24`. */
export function formatPrefix(prefix: Prefix): string {
  return `${formatAddress(prefix.address)}/${prefix.bits}`;
}

/** Returns the number of addresses in a block. */
export function prefixSize(prefix: Prefix): bigint {
  return 1n << BigInt(addressBits[prefix.address.family] - prefix.bits);
}

/** Returns the lowest address of a block as a number. */
export function firstValue(prefix: Prefix): bigint {
  const hostBits = BigInt(addressBits[prefix.address.family] - prefix.bits);
  return (prefix.address.value >> hostBits) << hostBits;
}

/** Returns the highest address of a block as a number. */
export function lastValue(prefix: Prefix): bigint {
  return firstValue(prefix) + prefixSize(prefix) - 1n;
}

/** Returns the block with its host bits set to zero. */
export function masked(prefix: Prefix): Prefix {
  const value = firstValue(prefix);
  if (value === prefix.address.value) return prefix;
  return { address: { family: prefix.address.family, value }, bits: prefix.bits };
}

/** Returns whether all host bits of the block are zero, as a subnet should be written. */
export function isMasked(prefix: Prefix): boolean {
  return firstValue(prefix) === prefix.address.value;
}

/** Returns whether the block contains the address. */
export function contains(prefix: Prefix, address: Address): boolean {
  if (prefix.address.family !== address.family) return false;
  const hostBits = BigInt(addressBits[address.family] - prefix.bits);
  return prefix.address.value >> hostBits === address.value >> hostBits;
}

/** Returns whether two blocks share an address. One of two such blocks contains the other. */
export function overlaps(a: Prefix, b: Prefix): boolean {
  return a.bits <= b.bits ? contains(a, b.address) : contains(b, a.address);
}

/** Returns whether the text is an IP address, as Go's net.ParseIP reads it, that the block contains. */
export function containsText(prefix: Prefix, text: string): boolean {
  const address = parseIP(text);
  return address !== undefined && contains(prefix, address);
}
