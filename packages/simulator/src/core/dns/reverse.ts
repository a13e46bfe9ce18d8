import { formatAddress, parseIP } from "@dryharbor/kernel/host";

/** In bytes, with each label's length before it and the root after the last. */
const longestName = 255;
const longestLabel = 63;

const zones = { 4: ".in-addr.arpa.", 6: ".ip6.arpa." } as const;

/**
 * What a reverse name is about: an address as the network's index spells it, `""` where the name is
 * in a reverse zone and is no address, `undefined` outside of the reverse zones. Case matters, as it
 * does to the engine.
 *
 * @param lenient 20.10: what stands before the zone's first occurrence counts, even where it
 *   occurs again
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
 * Whether DNS can carry a name. A container and its network together need not make one: names may be
 * long, and have dots side by side.
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
