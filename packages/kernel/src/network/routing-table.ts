// The routes of a network namespace as its kernel shows them: those of the gateways, and those that follow
// from the addresses of interfaces.
import { type Address, addressBits } from "./address.js";
import { type AddressScope, type Device, devicesOf, subnetOf } from "./devices.js";
import type { NetworkNamespace } from "./namespace.js";
import { contains, lastValue, masked, type Prefix } from "./prefix.js";

/** A route as the kernel shows it. */
export interface TableRoute {
  readonly table: "main" | "local";
  readonly kind: "unicast" | "local" | "broadcast" | "multicast";
  readonly destination: Prefix;
  readonly gateway: Address | undefined;
  /** The name of the interface by which packets leave. */
  readonly device: string;
  readonly scope: AddressScope;
  /** The address that packets are sent from, where the route says so. */
  readonly source: Address | undefined;
  /** Which of several routes is taken: the one with the lowest. `undefined` where there is none. */
  readonly metric: number | undefined;
}

/** Returns the routes of a family in the order in which the kernel lists them. */
export function routingTable(namespace: NetworkNamespace, family: 4 | 6): readonly TableRoute[] {
  const devices = devicesOf(namespace);
  return family === 4 ? routes4(namespace, devices) : routes6(namespace, devices);
}

/**
 * Finds the route of a packet: among the addresses of the namespace itself, then the one with the longest
 * prefix. Returns `undefined` when there is none.
 *
 * @param device the interface by which it must leave
 */
export function routeTo(
  namespace: NetworkNamespace,
  address: Address,
  device?: string,
): TableRoute | undefined {
  const all = routingTable(namespace, address.family).filter(({ destination }) =>
    contains(destination, address),
  );
  const longest = (table: TableRoute["table"]) =>
    all
      .filter((route) => route.table === table && (device === undefined || route.device === device))
      .reduce<TableRoute | undefined>(
        (best, route) => (best && best.destination.bits >= route.destination.bits ? best : route),
        undefined,
      );
  return longest("local") ?? longest("main");
}

function routes4({ routes }: NetworkNamespace, devices: readonly Device[]): TableRoute[] {
  const own = devices.flatMap((device) =>
    device.addresses.filter(({ address }) => address.family === 4).map((each) => ({ device, ...each })),
  );
  const base = { gateway: undefined, metric: undefined } as const;
  const links = own
    .filter(({ device, bits }) => !device.isLoopback && bits < addressBits[4])
    .map(({ device, address, ...rest }): TableRoute => {
      const destination = subnetOf({ address, ...rest });
      return {
        ...base,
        table: "main",
        kind: "unicast",
        destination,
        device: device.name,
        scope: "link",
        source: address,
      };
    });
  const gateways = routes
    .filter(({ gateway }) => gateway.family === 4)
    .map(({ destination, gateway }) => viaGateway(devices, destination, gateway, undefined));
  const local = own.flatMap(({ device, address, ...rest }): TableRoute[] => {
    const subnet = subnetOf({ address, ...rest });
    const here = { ...base, table: "local", device: device.name, source: address } as const;
    const itself: Prefix = { address, bits: addressBits[4] };
    const last: Prefix = { address: { family: 4, value: lastValue(subnet) }, bits: addressBits[4] };
    return [
      ...(device.isLoopback ? [{ ...here, kind: "local", destination: subnet, scope: "host" } as const] : []),
      { ...here, kind: "local", destination: itself, scope: "host" },
      ...(subnet.bits < 31
        ? [{ ...here, kind: "broadcast", destination: last, scope: "link" } as const]
        : []),
    ];
  });
  return [...[...gateways, ...links].sort(byDestination), ...local.sort(byDestination)];
}

function byDestination(one: TableRoute, other: TableRoute): number {
  const difference = masked(one.destination).address.value - masked(other.destination).address.value;
  return difference === 0n ? one.destination.bits - other.destination.bits : difference < 0n ? -1 : 1;
}

/** The metrics that the kernel gives: to routes of its own, and to those that say nothing. */
const [ofKernel6, ofUser6] = [256, 1024];

function routes6({ routes }: NetworkNamespace, devices: readonly Device[]): TableRoute[] {
  const own = devices.flatMap((device) =>
    device.addresses.filter(({ address }) => address.family === 6).map((each) => ({ device, ...each })),
  );
  const base = { gateway: undefined, source: undefined, scope: "global" } as const;
  const links = own
    .filter(({ device, bits }) => !device.isLoopback && bits < addressBits[6])
    .map(({ device, ...each }): TableRoute => {
      const destination = subnetOf(each);
      return { ...base, table: "main", kind: "unicast", destination, device: device.name, metric: ofKernel6 };
    });
  const gateways = routes
    .filter(({ gateway }) => gateway.family === 6)
    .map(({ destination, gateway }) => viaGateway(devices, destination, gateway, ofUser6));
  const local = own.map(({ device, address }): TableRoute => {
    const destination: Prefix = { address, bits: addressBits[6] };
    return { ...base, table: "local", kind: "local", destination, device: device.name, metric: 0 };
  });
  const multicast = [
    ...new Set(own.filter(({ device }) => !device.isLoopback).map(({ device }) => device.name)),
  ];
  return [
    ...links.sort(byDestination),
    ...gateways,
    ...local.sort(byDestination),
    ...multicast.map((device): TableRoute => {
      const destination: Prefix = { address: { family: 6, value: 0xffn << 120n }, bits: 8 };
      return { ...base, table: "local", kind: "multicast", destination, device, metric: ofKernel6 };
    }),
  ];
}

function viaGateway(
  devices: readonly Device[],
  destination: Prefix,
  gateway: Address,
  metric: number | undefined,
): TableRoute {
  const device = devices.find(({ addresses }) =>
    addresses.some((each) => each.address.family === gateway.family && contains(subnetOf(each), gateway)),
  );
  return {
    table: "main",
    kind: "unicast",
    destination,
    gateway,
    device: device?.name ?? "*",
    scope: "global",
    source: undefined,
    metric,
  };
}
