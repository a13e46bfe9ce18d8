// Names for reverse look-ups: from an address to its name in `in-addr.arpa` or `ip6.arpa`, and back.
import { addressBytes, addressText } from "./address.js";

const ipv4Zone = "in-addr.arpa";
const ipv6Zone = "ip6.arpa";

/**
 * Returns the name under which DNS keeps the name of an address. Returns `undefined` when the text is not an
 * address.
 * @example reverseName("10.0.0.2") // "2.0.0.10.in-addr.arpa"
 */
export function reverseName(address: string): string | undefined {
  const bytes = addressBytes(address);
  if (!bytes) return undefined;
  if (bytes.length === 4) return `${bytes.reverse().join(".")}.${ipv4Zone}`;
  const nibbles = Array.from(bytes).flatMap((byte) => [byte >> 4, byte & 0xf]);
  return `${nibbles
    .reverse()
    .map((nibble) => nibble.toString(16))
    .join(".")}.${ipv6Zone}`;
}

/**
 * Returns the address in a reverse name. Returns `undefined` when the name does not stand for a whole
 * address.
 */
export function addressOfReverseName(name: string): string | undefined {
  const lower = name.toLowerCase().replace(/\.$/, "");
  if (lower.endsWith(`.${ipv4Zone}`)) {
    const bytes = addressBytes(
      lower
        .slice(0, -ipv4Zone.length - 1)
        .split(".")
        .reverse()
        .join("."),
    );
    return bytes?.length === 4 ? addressText(bytes) : undefined;
  }
  if (lower.endsWith(`.${ipv6Zone}`)) {
    const nibbles = lower.slice(0, -ipv6Zone.length - 1).split(".");
    if (nibbles.length !== 32 || !nibbles.every((nibble) => /^[0-9a-f]$/.test(nibble))) return undefined;
    const hex = nibbles.reverse().join("");
    return addressText(
      Uint8Array.from({ length: 16 }, (_, index) => Number.parseInt(hex.slice(2 * index, 2 * index + 2), 16)),
    );
  }
  return undefined;
}
