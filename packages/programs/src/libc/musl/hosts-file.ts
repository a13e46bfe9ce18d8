// /etc/hosts, as musl reads it: names are compared with their case, and all lines count.
import { type Address, formatAddress, parseAddress, readNumericHost } from "@dryharbor/kernel";

/** What the file says of a name. */
export interface HostsAnswer {
  /** The first name of the first line that counts. */
  readonly name: string | undefined;
  readonly addresses: readonly string[];
}

const mostAddresses = 48;

/** Finds a name. Returns `undefined` where no line gives it; without addresses where all lines are of the other family. */
export function inHosts(text: string, name: string, family: 4 | 6 | undefined): HostsAnswer | undefined {
  const addresses: string[] = [];
  let canonical: string | undefined;
  let isFound = false;
  for (const line of text.split("\n")) {
    const [first = "", ...names] = wordsOf(line);
    if (!names.includes(name) || addresses.length === mostAddresses) continue;
    const address = readNumericHost(first);
    if (!address) continue;
    isFound = true;
    if (family === undefined || address.family === family) addresses.push(formatAddress(address));
    if (canonical === undefined && isHostName(names[0] as string)) canonical = names[0];
  }
  return isFound ? { name: canonical, addresses } : undefined;
}

/** Returns the first name of an address. */
export function nameInHosts(text: string, wanted: Address): string | undefined {
  for (const line of text.split("\n")) {
    const [first = "", name] = wordsOf(line);
    const address = parseAddress(first.split("%")[0] as string);
    if (address && name !== undefined && isSame(address, wanted)) return name;
  }
  return undefined;
}

function wordsOf(line: string): string[] {
  return (line.split("#", 1)[0] as string).split(/\s+/).filter((word) => word !== "");
}

const mapped = 0xffffn << 32n;

function isSame(one: Address, other: Address): boolean {
  const wide = ({ family, value }: Address): bigint => (family === 4 ? mapped + value : value);
  return wide(one) === wide(other);
}

/** Returns whether a text can be the name of a host: not too long, and of letters, digits, dots, dashes or beyond ASCII. */
export function isHostName(text: string): boolean {
  return text.length < 254 && /^[-.a-z0-9\u0080-\u{10ffff}]+$/iu.test(text);
}
