// The order in which a program should try the addresses of a host: the rules of RFC 6724, as glibc has them.
import { type Address, addressBits, contains, type Prefix, parsePrefix } from "@dryharbor/kernel";

/** An address to sort, and the address that a packet to it would be sent from. */
export interface Destination {
  readonly address: Address;
  /** `undefined` when no route leads to the address. */
  readonly source: Address | undefined;
  /** The subnet of the source address on its interface, where it is known. */
  readonly sourceSubnet: Prefix | undefined;
}

/** Sorts destinations, the best one first. Equally good ones keep their order. */
export function inOrder<D extends Destination>(destinations: readonly D[]): D[] {
  return destinations.toSorted((one, other) => {
    for (const preference of preferences) {
      const difference = preference(other) - preference(one);
      if (difference !== 0) return difference;
    }
    return one.address.family === other.address.family ? commonBits(other) - commonBits(one) : 0;
  });
}

/** What makes a destination better, in order of weight. A higher number is better. */
const preferences: readonly ((destination: Destination) => number)[] = [
  // Rule 1: avoid destinations that cannot be reached.
  ({ source }) => (source ? 1 : 0),
  // Rule 2: prefer a source of the same scope.
  ({ address, source }) => (source && scopeOf(source) === scopeOf(address) ? 1 : 0),
  // Rule 5: prefer a source with the same label.
  ({ address, source }) =>
    source && valueIn(labels, mapped(source)) === valueIn(labels, mapped(address)) ? 1 : 0,
  // Rule 6: prefer a higher precedence.
  ({ address }) => valueIn(precedences, mapped(address)),
  // Rule 8: prefer a smaller scope.
  ({ address }) => -scopeOf(address),
];

/**
 * Rule 9: prefer a destination that has more leading bits with its source in common. In IPv4 only within a
 * subnet.
 */
function commonBits({ address, source, sourceSubnet }: Destination): number {
  if (source?.family !== address.family) return 0;
  const difference = address.value ^ source.value;
  const isNear = difference === 0n || (sourceSubnet !== undefined && contains(sourceSubnet, address));
  if (address.family === 4 && !isNear) return 0;
  return addressBits[address.family] - (difference === 0n ? 0 : difference.toString(2).length);
}

type Table = readonly (readonly [Prefix, number])[];

const scopes = { linkLocal: 2, siteLocal: 5, global: 14 } as const;

/** The blocks of a smaller scope than the whole Internet. */
const smallScopes: Table = [
  [known("127.0.0.0/8"), scopes.linkLocal],
  [known("169.254.0.0/16"), scopes.linkLocal],
  [known("::1/128"), scopes.linkLocal],
  [known("fe80::/10"), scopes.linkLocal],
  [known("fec0::/10"), scopes.siteLocal],
];

function scopeOf(address: Address): number {
  return smallScopes.find(([block]) => contains(block, address))?.[1] ?? scopes.global;
}

/** The table of labels. The longest prefix counts. */
const labels = table({
  "::1/128": 0,
  "::/0": 1,
  "2002::/16": 2,
  "::/96": 3,
  "::ffff:0:0/96": 4,
  "fec0::/10": 5,
  "fc00::/7": 6,
  "2001::/32": 7,
});

/** The table of precedences. The longest prefix counts. */
const precedences = table({ "::1/128": 50, "::/0": 40, "2002::/16": 30, "::/96": 20, "::ffff:0:0/96": 10 });

function table(rows: Readonly<Record<string, number>>): Table {
  return Object.entries(rows)
    .map(([text, value]) => [known(text), value] as const)
    .sort(([one], [other]) => other.bits - one.bits);
}

function valueIn(rows: Table, address: Address): number {
  return (rows.find(([prefix]) => contains(prefix, address)) as Table[number])[1];
}

/** Returns an IPv4 address as the IPv6 address that stands for it. */
function mapped({ family, value }: Address): Address {
  return { family: 6, value: family === 4 ? (0xffffn << 32n) + value : value };
}

function known(text: string): Prefix {
  return parsePrefix(text) as Prefix;
}
