import { formatAddress, parseIP } from "@dryharbor/kernel/host";

/** In bytes: each label with a byte for its length, and a byte for the root at the end. */
const longestName = 255;
const longestLabel = 63;

const zones = { 4: ".in-addr.arpa.", 6: ".ip6.arpa." } as const;

/**
 * Returns the address that a reverse name is about, spelled as in the network's index. Returns `""` when the
 * name is in a reverse zone but is no address, and `undefined` when it is in no reverse zone. Case matters,
 * as it does in the engine.
 *
 * @param lenient as on 20.10: what counts is the text before the first occurrence of the zone, even when the
 *   zone occurs again
 */
export function reversedAddress(name: string, lenient: boolean): string | undefined {
  for (const zone of [zones[4], zones[6]]) {
    if (!name.endsWith(zone)) continue;
    const end = lenient ? name.indexOf(zone) : name.lastIndexOf(zone);
    const labels = name.slice(0, end).split(".").reverse();
    return zone === zones[4] ? ipv4Of(labels) : ipv6Of(labels);
  }
  return undefined;
}

/**
 * Returns whether DNS can carry a name. A container's name and its network's name together may be a name that
 * it cannot carry: one that is too long, or has two dots side by side.
 */
export function isWritable(name: string): boolean {
  const text = name.endsWith(".") ? name.slice(0, -1) : name;
  const sizes = text.split(".").map((label) => new TextEncoder().encode(label).length);
  const total = sizes.reduce((sum, size) => sum + size + 1, 1);
  return total <= longestName && sizes.every((size) => size > 0 && size <= longestLabel);
}

function ipv4Of(labels: readonly string[]): string {
  const text = labels.join(".");
  const address = parseIP(text);
  return address && formatAddress(address) === text ? text : "";
}

function ipv6Of(nibbles: readonly string[]): string {
  if (nibbles.length !== 32 || !nibbles.every((nibble) => /^[0-9a-f]$/.test(nibble))) return "";
  return formatAddress({ family: 6, value: BigInt(`0x${nibbles.join("")}`) });
}
