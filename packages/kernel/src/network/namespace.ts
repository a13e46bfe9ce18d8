import { type Address, parseIP } from "./address.js";
import { contains, type Prefix } from "./prefix.js";

/** A network namespace: its interfaces, and where packets go from it. The loopback interface is always there. */
export interface NetworkNamespace<I extends NetworkInterface = NetworkInterface> {
  readonly interfaces: readonly I[];
  /** Tried in order. The route of an interface's own subnet is not among them: it follows from the address. */
  readonly routes: readonly Route[];
}

/** A network interface, for example one end of a veth pair. */
export interface NetworkInterface {
  /** For example `eth0`. */
  readonly name: string;
  /** Empty where the interface has none. */
  readonly mac: string;
  readonly addresses: readonly InterfaceAddress[];
}

/** An address of an interface, with the subnet that it lies in. */
export interface InterfaceAddress {
  readonly address: Address;
  readonly subnet: Prefix;
}

/** A route by way of a gateway. */
export interface Route {
  readonly destination: Prefix;
  readonly gateway: Address;
}

/** Where a packet goes. */
export type NextHop<I extends NetworkInterface = NetworkInterface> =
  /** To the namespace itself: a loopback address, or one of an interface. */
  | { readonly kind: "local" }
  /** Out of an interface, straight to the address. */
  | { readonly kind: "link"; readonly interface: I }
  /** To a gateway, which passes it on. */
  | { readonly kind: "gateway"; readonly gateway: Address };

/** Finds where a packet for an address goes, as the kernel's routing table has it. `undefined` where no route leads there. */
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

/** Whether an address is in 127.0.0.0/8, or is ::1. */
function isLoopback({ family, value }: Address): boolean {
  return family === 4 ? value >> 24n === 127n : value === 1n;
}

/** The route for everything that no other route is for. */
export function defaultRoute(gateway: Address): Route {
  return { destination: { address: { family: gateway.family, value: 0n }, bits: 0 }, gateway };
}

/** Reads an address that is known to be one. @throws {TypeError} it is none */
export function knownAddress(text: string): Address {
  const address = parseIP(text);
  if (!address) throw new TypeError(`not an IP address: ${text}`);
  return address;
}

function isSame(one: Address, other: Address): boolean {
  return one.family === other.family && one.value === other.value;
}
