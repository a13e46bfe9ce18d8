import type { Random } from "../random.js";
import type { Release } from "../releases/release.js";

/**
 * Returns whether Go's net.ParseMAC reads the text: 6, 8 or 20 bytes with `:` or `-` between them, or with
 * `.` between groups of four digits.
 */
export function isMac(text: string): boolean {
  const digits = text.replace(/[:.-]/g, "");
  if (![12, 16, 40].includes(digits.length)) return false;
  return /^[0-9a-f]{2}(([:-])[0-9a-f]{2}(\2[0-9a-f]{2})*)$|^[0-9a-f]{4}(\.[0-9a-f]{4})+$/i.test(text);
}

/** What the kernel takes of a longer address: the first six bytes. */
export function ethernetAddress(mac: string): string {
  return mac.slice(0, "00:00:00:00:00:00".length);
}

/**
 * Chooses the MAC address of an endpoint that asked for none. `ipv4` is empty where it has no IPv4 address.
 */
export function endpointMac(release: Release, random: Random, ipv4: string): string {
  if (release.ipam.macFromIPv4 && ipv4 !== "") return macFromIPv4(ipv4);
  const digits = random.hex(12);
  const bytes = [0, 2, 4, 6, 8, 10].map((at) => Number.parseInt(digits.slice(at, at + 2), 16));
  bytes[0] = ((bytes[0] as number) & 0xfe) | 0x02;
  return macOf(bytes);
}

/**
 * Makes the MAC address from an IPv4 address. 20.10 and 26.1 do so, and all releases do so on overlay
 * networks.
 */
export function macFromIPv4(ipv4: string): string {
  return macOf([2, 0x42, ...ipv4.split(".").map(Number)]);
}

function macOf(bytes: readonly number[]): string {
  return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join(":");
}
