// IP addresses: their type, and how they are read and written. All code that compares or computes addresses
// uses this form. Reading and writing follow Go's packages net and net/netip.

/** An IP address: its family, and its bits as a number. */
export interface Address {
  readonly family: 4 | 6;
  readonly value: bigint;
}

/** The number of bits in an address, by family. */
export const addressBits = { 4: 32, 6: 128 } as const;

/** The value of `::ffff:0:0`. The block `::ffff:0:0/96` holds the IPv4-mapped IPv6 addresses. */
const mappedPrefix = 0xffffn << 32n;

/**
 * Parses an IP address as Go's netip.ParseAddr does. Returns `undefined` when the text is not an address.
 *
 * IPv4 allows no leading zeros. An IPv4-mapped address stays IPv6. Unlike Go, this refuses an IPv6 zone
 * (`%eth0`): an address with a zone belongs to no subnet.
 */
export function parseAddress(text: string): Address | undefined {
  if (!text.includes(":")) {
    const value = parseIPv4(text);
    return value === undefined ? undefined : { family: 4, value };
  }
  const value = parseIPv6(text);
  return value === undefined ? undefined : { family: 6, value };
}

/**
 * Parses an IP address as Go's net.ParseIP does: an IPv4-mapped IPv6 address becomes an IPv4 address. Returns
 * `undefined` when the text is not an address.
 */
export function parseIP(text: string): Address | undefined {
  const address = parseAddress(text);
  return address && unmap(address);
}

/** Converts an IPv4-mapped IPv6 address to its IPv4 address. Returns any other address unchanged. */
export function unmap(address: Address): Address {
  if (address.family === 6 && address.value >> 32n === 0xffffn) {
    return { family: 4, value: address.value - mappedPrefix };
  }
  return address;
}

/** Returns whether all bits of an address are zero, as in `0.0.0.0` and `::`. */
export function isUnspecified(address: Address): boolean {
  return address.value === 0n;
}

/** Formats an address as Go's netip.Addr.String does. */
export function formatAddress({ family, value }: Address): string {
  return family === 4 ? formatIPv4(value) : formatIPv6(value);
}

function parseIPv4(text: string): bigint | undefined {
  let value = 0;
  let byte = -1;
  let dots = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === dot) {
      if (byte < 0 || ++dots > 3) return undefined;
      value = value * 256 + byte;
      byte = -1;
    } else {
      const digit = code - zero;
      // A number has no leading zero.
      if (digit < 0 || digit > 9 || byte === 0) return undefined;
      byte = byte < 0 ? digit : byte * 10 + digit;
      if (byte > 255) return undefined;
    }
  }
  return dots < 3 || byte < 0 ? undefined : BigInt(value * 256 + byte);
}

const dot = 46;
const zero = 48;

function parseIPv6(text: string): bigint | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const head = parseGroups(halves[0] as string, halves.length === 1);
  const tail = parseGroups(halves[1] ?? "", true);
  if (!head || !tail) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...new Array<number>(missing).fill(0), ...tail];
  return groups.reduce((value, group) => (value << 16n) | BigInt(group), 0n);
}

/**
 * Parses the 16-bit groups on one side of `::`. An IPv4 address may stand only at the end of the whole
 * address.
 */
function parseGroups(text: string, endsAddress: boolean): number[] | undefined {
  if (text === "") return [];
  const groups: number[] = [];
  const parts = text.split(":");
  for (const [at, part] of parts.entries()) {
    if (part.includes(".")) {
      const ipv4 = at === parts.length - 1 && endsAddress ? parseIPv4(part) : undefined;
      if (ipv4 === undefined) return undefined;
      groups.push(Number(ipv4 >> 16n), Number(ipv4 & 0xffffn));
    } else if (/^[0-9a-f]{1,4}$/i.test(part)) {
      groups.push(Number.parseInt(part, 16));
    } else {
      return undefined;
    }
  }
  return groups;
}

function formatIPv4(value: bigint): string {
  const bits = Number(value);
  return `${bits >>> 24}.${(bits >>> 16) & 255}.${(bits >>> 8) & 255}.${bits & 255}`;
}

function formatIPv6(value: bigint): string {
  if (value >> 32n === 0xffffn) return `::ffff:${formatIPv4(value & 0xffff_ffffn)}`;
  const groups: number[] = [];
  for (let shift = 112n; shift >= 0n; shift -= 16n) groups.push(Number((value >> shift) & 0xffffn));
  const zeros = longestZeroRun(groups);
  const hex = (part: number[]) => part.map((group) => group.toString(16)).join(":");
  if (zeros.length < 2) return hex(groups);
  return `${hex(groups.slice(0, zeros.start))}::${hex(groups.slice(zeros.start + zeros.length))}`;
}

/** Finds the run of zero groups that `::` replaces: the longest one, and the first of several. */
function longestZeroRun(groups: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  let length = 0;
  for (const [at, group] of groups.entries()) {
    length = group === 0 ? length + 1 : 0;
    if (length > best.length) best = { start: at - length + 1, length };
  }
  return best;
}
