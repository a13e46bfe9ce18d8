// /etc/hosts, as glibc reads it.
import { type Address, formatAddress, parseAddress, unmap } from "@dryharbor/kernel";

/** A line of /etc/hosts. */
export interface HostsLine {
  readonly address: Address;
  readonly name: string;
  readonly aliases: readonly string[];
}

/** Reads the lines of /etc/hosts. Lines without an address or a name are left out. */
export function readHosts(text: string): readonly HostsLine[] {
  return text.split("\n").flatMap((line) => {
    const [first = "", name, ...aliases] = words(line);
    const address = parseAddress(first);
    return address && name !== undefined ? [{ address, name, aliases }] : [];
  });
}

function words(line: string): string[] {
  return (line.split("#", 1)[0] as string).split(/\s+/).filter((word) => word !== "");
}

/** Returns whether a line gives a name. Case does not matter. */
export function gives({ name, aliases }: HostsLine, asked: string): boolean {
  const lower = asked.toLowerCase();
  return name.toLowerCase() === lower || aliases.some((alias) => alias.toLowerCase() === lower);
}

const loopback4: Address = { family: 4, value: 0x7f00_0001n };

/**
 * Returns the address that a line has in a family, or in any. In IPv4, `::1` stands for 127.0.0.1 and a mapped
 * address for its IPv4 address.
 */
export function addressIn({ address }: HostsLine, family: 4 | 6 | undefined): string | undefined {
  const seen = family === 4 && address.family === 6 ? inIPv4(address) : address;
  return family === undefined || seen.family === family ? formatAddress(seen) : undefined;
}

function inIPv4(address: Address): Address {
  return address.value === 1n ? loopback4 : unmap(address);
}
