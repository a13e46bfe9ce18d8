import { type Address, addressBits, formatAddress, parseAddress, parseIP, unmap } from "./address.js";

/** A CIDR block: an address, host bits and all, and how many of its leading bits count. */
export interface Prefix {
  readonly address: Address;
  readonly bits: number;
}

/** Reads a block as Go's netip.ParsePrefix does: host bits are kept, no leading zeros in the length. */
export function parsePrefix(text: string): Prefix | undefined {
  const slash = text.lastIndexOf("/");
  const address = slash < 0 ? undefined : parseAddress(text.slice(0, slash));
  const length = text.slice(slash + 1);
  if (!address || !/^(0|[1-9]\d{0,2})$/.test(length)) return undefined;
  return prefixOf(address, Number(length));
}

/**
 * Reads a block as Go's net.ParseCIDR does, which minds no leading zeros in the length and takes an
 * IPv4-mapped block of /96 or longer for an IPv4 one.
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

/** Writes a block as Go does, e.g. `10.1.0.0/24`. */
export function formatPrefix(prefix: Prefix): string {
  return `${formatAddress(prefix.address)}/${prefix.bits}`;
}

/** How many addresses a block has. */
export function prefixSize(prefix: Prefix): bigint {
  return 1n << BigInt(addressBits[prefix.address.family] - prefix.bits);
}

/** The block's lowest address, as a number. */
export function firstValue(prefix: Prefix): bigint {
  const hostBits = BigInt(addressBits[prefix.address.family] - prefix.bits);
  return (prefix.address.value >> hostBits) << hostBits;
}

/** The block's highest address, as a number. */
export function lastValue(prefix: Prefix): bigint {
  return firstValue(prefix) + prefixSize(prefix) - 1n;
}

/** The block without its host bits. */
export function masked(prefix: Prefix): Prefix {
  const value = firstValue(prefix);
  if (value === prefix.address.value) return prefix;
  return { address: { family: prefix.address.family, value }, bits: prefix.bits };
}

/** Whether the block has no host bits, as a subnet should be written. */
export function isMasked(prefix: Prefix): boolean {
  return firstValue(prefix) === prefix.address.value;
}

/** Whether the address lies in the block. */
export function contains(prefix: Prefix, address: Address): boolean {
  if (prefix.address.family !== address.family) return false;
  const hostBits = BigInt(addressBits[address.family] - prefix.bits);
  return prefix.address.value >> hostBits === address.value >> hostBits;
}

/** Whether two blocks share any address. Of two blocks that do, one holds the other. */
export function overlaps(a: Prefix, b: Prefix): boolean {
  return a.bits <= b.bits ? contains(a, b.address) : contains(b, a.address);
}

/** Whether `text` is an address that Go's net.ParseIP reads and that lies in the block. */
export function containsText(prefix: Prefix, text: string): boolean {
  const address = parseIP(text);
  return address !== undefined && contains(prefix, address);
}
