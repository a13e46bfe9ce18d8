// IP addresses as DNS messages carry them: 4 bytes for IPv4, 16 bytes for IPv6.
import { formatAddress, parseAddress } from "../network/address.js";

/**
 * Parses an IPv4 or IPv6 address to its bytes. Returns `undefined` when the text is neither. Zones (`%eth0`)
 * and leading zeros in IPv4 are not accepted.
 */
export function addressBytes(text: string): Uint8Array | undefined {
  const address = parseAddress(text);
  if (!address) return undefined;
  if (address.family === 4) {
    const value = Number(address.value);
    return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
  }
  const bytes = new Uint8Array(16);
  let rest = address.value;
  for (let at = 15; at >= 0; at--) {
    bytes[at] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  return bytes;
}

/** Formats an address of 4 or 16 bytes, in the short form of RFC 5952. */
export function addressText(bytes: Uint8Array): string {
  if (bytes.length === 4) return bytes.join(".");
  return formatAddress({ family: 6, value: bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n) });
}
