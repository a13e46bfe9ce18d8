// Network namespaces: interfaces, their addresses, and the routing decision. The code that sets a namespace
// up fills in the types; `nextHop` decides where a packet goes.
import { type Address, parseIP } from "./address.js";
import { contains, type Prefix } from "./prefix.js";

/**
 * A network namespace: its interfaces and its routes. The loopback interface always exists and is not listed.
 */
export interface NetworkNamespace<I extends NetworkInterface = NetworkInterface> {
  readonly interfaces: readonly I[];
  /**
   * The routes by way of a gateway, tried in order. Routes to an interface's own subnet follow from its
   * addresses.
   */
  readonly routes: readonly Route[];
  /** Whether the loopback interface has the address ::1. */
  readonly loopback6: boolean;
  /** What has gone through the loopback interface. Default: nothing. */
  readonly loopback?: { readonly received: Traffic; readonly sent: Traffic };
}

/** A network interface, for example one end of a veth pair. */
export interface NetworkInterface {
  /** The name, for example `eth0`. */
  readonly name: string;
  /** The MAC address as text. Empty when the interface has none. */
  readonly mac: string;
  readonly addresses: readonly InterfaceAddress[];
  /** The number by which the kernel knows it. That of the loopback interface is 1. */
  readonly index: number;
  /** The number of the other end of its veth pair, in the namespace of the host. Left out where there is none. */
  readonly peer?: number;
  /** In bytes. */
  readonly mtu: number;
  readonly received: Traffic;
  readonly sent: Traffic;
}

/** What has gone through an interface in one direction. */
export interface Traffic {
  readonly bytes: number;
  readonly packets: number;
}

/** An address of an interface, and the subnet that contains it. */
export interface InterfaceAddress {
  readonly address: Address;
  readonly subnet: Prefix;
}

/** A route to a block of addresses by way of a gateway. */
export interface Route {
  readonly destination: Prefix;
  readonly gateway: Address;
}

/** The next hop of a packet: the result of a routing decision. */
export type NextHop<I extends NetworkInterface = NetworkInterface> =
  /**
   * The packet stays in the namespace: its destination is a loopback address or the address of an interface.
   */
  | { readonly kind: "local" }
  /** The packet leaves by an interface and reaches its destination directly. */
  | { readonly kind: "link"; readonly interface: I }
  /** The packet goes to a gateway, which forwards it. */
  | { readonly kind: "gateway"; readonly gateway: Address };

/**
 * Finds the next hop of a packet to an address, as a routing table does. Returns `undefined` when no route
 * matches.
 */
export function nextHop<I extends NetworkInterface>(
  namespace: NetworkNamespace<I>,
  address: Address,
): NextHop<I> | undefined {
  if (isLoopback(address)) return { kind: "local" };
  const { interfaces, routes } = namespace;
  if (interfaces.some((each) => each.addresses.some((own) => isSame(own.address, address)))) {
    return { kind: "local" };
  }
  const link = interfaces.find((each) => each.addresses.some(({ subnet }) => contains(subnet, address)));
  if (link) return { kind: "link", interface: link };
  const route = routes.find(({ destination }) => contains(destination, address));
  return route && { kind: "gateway", gateway: route.gateway };
}

/** Returns whether an address is in 127.0.0.0/8 or is ::1. */
function isLoopback({ family, value }: Address): boolean {
  return family === 4 ? value >> 24n === 127n : value === 1n;
}

/** Makes the default route of the gateway's family: the route to all addresses. */
export function defaultRoute(gateway: Address): Route {
  return { destination: { address: { family: gateway.family, value: 0n }, bits: 0 }, gateway };
}

/** Parses text that is known to be an IP address. @throws {TypeError} The text is not an IP address. */
export function knownAddress(text: string): Address {
  const address = parseIP(text);
  if (!address) throw new TypeError(`not an IP address: ${text}`);
  return address;
}

function isSame(one: Address, other: Address): boolean {
  return one.family === other.family && one.value === other.value;
}
