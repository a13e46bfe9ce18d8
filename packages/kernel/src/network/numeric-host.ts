// Addresses that are written instead of a host's name, as inet_aton and inet_pton of glibc read them.
import { type Address, parseAddress } from "./address.js";
import { contains, type Prefix, parsePrefix } from "./prefix.js";

const linkLocal = parsePrefix("fe80::/10") as Prefix;

/**
 * Reads a numeric host. IPv4 may have fewer than four parts, and parts in octal and hexadecimal: `127.1`,
 * `0x7f000001`. A link-local address may name an interface: `fe80::1%eth0`. Returns `undefined` for any other text.
 */
export function readNumericHost(text: string): Address | undefined {
  if (!text.includes(":")) return readIPv4(text);
  const [address = "", zone] = text.split("%");
  const read = parseAddress(address);
  return read && (zone === undefined || contains(linkLocal, read)) ? read : undefined;
}

function readIPv4(text: string): Address | undefined {
  const parts = text.split(".");
  const numbers = parts.map(readPart);
  const last = numbers.pop();
  if (last === undefined || parts.length > 4) return undefined;
  if (numbers.some((number) => number === undefined || number > 0xff)) return undefined;
  const lastBits = 8 * (4 - numbers.length);
  if (last >= 2 ** lastBits) return undefined;
  const first = (numbers as number[]).reduce((value, number) => value * 256 + number, 0);
  return { family: 4, value: BigInt(first * 2 ** lastBits + last) };
}

function readPart(text: string): number | undefined {
  if (/^0x[0-9a-f]+$/i.test(text)) return Number.parseInt(text.slice(2), 16);
  if (/^0[0-7]*$/.test(text)) return Number.parseInt(text, 8);
  return /^[1-9]\d*$/.test(text) ? Number(text) : undefined;
}
