// The order in which a program should try the addresses of a host: the rules of RFC 3484 and 6724 as far as musl has them.
import { type Address, contains, type Prefix, parsePrefix } from "@dryharbor/kernel";

/** An address to sort, and the address that a packet to it would be sent from. */
export interface Destination {
  readonly address: Address;
  /** `undefined` when no route leads to the address. */
  readonly source: Address | undefined;
}

/** Sorts destinations, the best one first. Equally good ones keep their order. */
export function inOrder<D extends Destination>(destinations: readonly D[]): D[] {
  return destinations.toSorted((one, other) => {
    const [first, second] = [weights(one), weights(other)];
    const at = first.findIndex((weight, place) => weight !== second[place]);
    return at < 0 ? 0 : (second[at] as number) - (first[at] as number);
  });
}

/** What makes a destination better, in order of weight. A higher number is better. */
function weights({ address, source }: Destination): readonly number[] {
  const wide = mapped(address);
  const { precedence, label } = policyOf(wide);
  const from = source && mapped(source);
  return [
    from ? 1 : 0,
    from && scopeOf(from) === scopeOf(wide) ? 1 : 0,
    from && policyOf(from).label === label ? 1 : 0,
    precedence,
    -scopeOf(wide),
    from ? commonBits(from, wide) : 0,
  ];
}

const bits = 128;

/** How many leading bits two addresses have in common. It is not limited to the prefix of the source's subnet. */
function commonBits(one: Address, other: Address): number {
  const difference = one.value ^ other.value;
  return difference === 0n ? bits : bits - difference.toString(2).length;
}

const linkLocal = known("fe80::/10");
const siteLocal = known("fec0::/10");

/** An IPv4 address has the scope of all the Internet, even 127.0.0.1. */
function scopeOf(address: Address): number {
  if (address.value === 1n || contains(linkLocal, address)) return 2;
  return contains(siteLocal, address) ? 5 : 14;
}

interface Policy {
  readonly block: Prefix;
  readonly precedence: number;
  readonly label: number;
}

/** The first one that holds an address counts. */
const policies: readonly Policy[] = [
  { block: known("::1/128"), precedence: 50, label: 0 },
  { block: known("::ffff:0:0/96"), precedence: 35, label: 4 },
  { block: known("2002::/16"), precedence: 30, label: 2 },
  { block: known("2001::/32"), precedence: 5, label: 5 },
  { block: known("fc00::/7"), precedence: 3, label: 13 },
  { block: known("::/0"), precedence: 40, label: 1 },
];

function policyOf(address: Address): Policy {
  return policies.find(({ block }) => contains(block, address)) as Policy;
}

/** Returns an IPv4 address as the IPv6 address that stands for it. */
function mapped({ family, value }: Address): Address {
  return { family: 6, value: family === 4 ? (0xffffn << 32n) + value : value };
}

function known(text: string): Prefix {
  return parsePrefix(text) as Prefix;
}
