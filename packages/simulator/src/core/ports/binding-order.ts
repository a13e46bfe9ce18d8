import { formatAddress, parseIP } from "@dryharbor/kernel/host";
import type { PortBinding } from "@dryharbor/sdk/port";
import { compareText } from "../go-order.js";
import type { Release } from "../releases/release.js";
import { formatPort, parseHostPort, parsePort, type TransportPort } from "./port.js";

/** A request to publish one port of a container. */
export interface BindingRequest {
  readonly port: TransportPort;
  /** The host's address. Empty: any. */
  readonly hostIp: string;
  /** The host's ports to choose from. Both 0: the engine chooses an ephemeral port. */
  readonly range: { readonly first: number; readonly last: number };
}

/** One address of the host at which a request is to be bound. */
export interface HostBinding extends BindingRequest {
  readonly address: string;
  /** The container's own port is open at its own address, and no port of the host is held. */
  readonly routed: boolean;
}

/**
 * Returns what is to be bound for the requests, in the order in which a release does it. The order decides
 * which request gets which ephemeral port.
 *
 * @param bindingsOf returns the host's addresses of one request
 */
export function inBindingOrder(
  order: Release["containers"]["bindingOrder"],
  requests: readonly BindingRequest[],
  bindingsOf: (request: BindingRequest) => readonly HostBinding[],
): HostBinding[] {
  switch (order) {
    case "largest first":
      return largestFirst(requests).flatMap(bindingsOf);
    case "exact first":
      return exactFirst(requests).flatMap(bindingsOf);
    case "translated first":
      return translatedFirst(requests.flatMap(bindingsOf));
  }
}

/**
 * Sorts by larger host port first, then by larger container port, as nat.SortPortMap of go-connections does.
 * Its comparison calls any two requests for the same TCP port less than each other. So the insertion sort
 * here reverses their order. Seen on 20.10 and 26.1.
 */
function largestFirst(requests: readonly BindingRequest[]): BindingRequest[] {
  const less = (a: BindingRequest, b: BindingRequest): boolean =>
    a.range.first > b.range.first ||
    a.port.number > b.port.number ||
    (a.port.number === b.port.number && a.port.protocol === "tcp");
  const sorted: BindingRequest[] = [];
  for (const request of requests) {
    let at = sorted.length;
    while (at > 0 && less(request, sorted[at - 1]!)) at--;
    sorted.splice(at, 0, request);
  }
  // All bindings of a port are made together, in the place of the first one.
  const byPort = new Map<string, BindingRequest[]>();
  for (const request of sorted) {
    const key = formatPort(request.port);
    byPort.set(key, [...(byPort.get(key) ?? []), request]);
  }
  return [...byPort.values()].flat();
}

const protocolNumbers: Readonly<Record<string, number>> = { tcp: 6, udp: 17, sctp: 132 };

/**
 * Sorts exact host ports before ranges and ephemeral ports, then by container port, protocol and host port.
 * Seen on 28.5.
 */
function exactFirst(requests: readonly BindingRequest[]): BindingRequest[] {
  return requests.toSorted((a, b) => compareRequests(a, b) || compareText(a.hostIp, b.hostIp));
}

/**
 * Sorts translated bindings before routed ones, then as {@link exactFirst}, and by address last. Seen on 29;
 * libnetwork/portmapperapi.
 */
function translatedFirst(bindings: readonly HostBinding[]): HostBinding[] {
  return bindings.toSorted(
    (a, b) =>
      Number(a.routed) - Number(b.routed) || compareRequests(a, b) || compareAddresses(a.address, b.address),
  );
}

function compareRequests(a: BindingRequest, b: BindingRequest): number {
  const key = ({ port, range }: BindingRequest): number[] => [
    range.first === 0 || range.first !== range.last ? 1 : 0,
    port.number,
    protocolNumbers[port.protocol] ?? 0,
    range.first,
    range.last,
  ];
  const [left, right] = [key(a), key(b)];
  const at = left.findIndex((value, index) => value !== right[index]);
  return at >= 0 ? left[at]! - right[at]! : 0;
}

/** Orders two addresses as Go's netip does: IPv4 first, then by value. */
function compareAddresses(one: string, other: string): number {
  const [a, b] = [parseIP(one), parseIP(other)];
  if (!a || !b) return compareText(one, other);
  return a.family - b.family || (a.value < b.value ? -1 : Number(a.value > b.value));
}

/**
 * Lists what a container asks to publish: the bindings of its exposed ports and, with PublishAllPorts, the
 * exposed ports without a binding.
 */
export function bindingRequests(
  exposed: readonly string[],
  bindings: Readonly<Record<string, PortBinding[] | null>>,
  publishAll: boolean,
): BindingRequest[] {
  return exposed.flatMap((text) => {
    const port = parsePort(text);
    const wished = bindings[text] ?? [];
    if (wished.length === 0) return publishAll ? [{ port, hostIp: "", range: { first: 0, last: 0 } }] : [];
    return wished.map(({ HostIp = "", HostPort = "" }) => ({
      port,
      // Text that is no address counts as none. Seen on all three.
      hostIp: shownAddress(HostIp),
      range: parseHostPort(HostPort) ?? { first: 0, last: 0 },
    }));
  });
}

function shownAddress(text: string): string {
  const address = parseIP(text);
  return address ? formatAddress(address) : "";
}
