// The addresses of endpoints: takes them from a network's pools and gives them back. `endpoints/` calls this
// when a container joins or leaves a network.

import {
  type Address,
  contains,
  formatAddress,
  type Prefix,
  parseCIDR,
  parseIP,
} from "@dryharbor/kernel/host";
import { type EndpointIPAMConfig, engineError } from "@dryharbor/sdk/port";
import type { Release } from "../releases/release.js";
import { giveBack, type NetworkPools, type Pool, takeLowest, takeWanted } from "./pool.js";

/** The addresses of one endpoint. Empty: none of the family. */
export interface EndpointAddresses {
  readonly ipv4: string;
  readonly ipv6: string;
}

/** The network from which addresses are taken. */
export interface AddressSource {
  readonly id: string;
  readonly name: string;
  readonly pools: NetworkPools;
}

/**
 * Takes the lowest free address of each family, or those wanted. When it throws, it takes neither family's.
 *
 * @throws 403 for an address in use, 500 when none is left; on 20.10, 500 for addresses that later releases
 *   refuse when they check the endpoint's settings
 */
export function allocateAddresses(
  release: Release,
  network: AddressSource,
  wanted: EndpointIPAMConfig | null,
): EndpointAddresses {
  const { v4, v6 } = readWanted(release, wanted);
  const ipv4 = allocateFrom(release, network, network.pools.v4, 4, v4);
  try {
    const ipv6 = allocateFrom(release, network, network.pools.v6, 6, v6);
    return { ipv4: text(ipv4), ipv6: text(ipv6) };
  } catch (error) {
    if (ipv4) releaseFrom(release, network.pools.v4, ipv4);
    throw error;
  }
}

/** Takes exactly these addresses. They are those of an endpoint from a snapshot. */
export function claimAddresses(release: Release, pools: NetworkPools, addresses: EndpointAddresses): void {
  for (const address of [parseIP(addresses.ipv4), parseIP(addresses.ipv6)]) {
    const pool = address && poolOf(pools, address);
    if (pool) takeWanted(release, pool, address);
  }
}

/** Gives the addresses of an endpoint back. */
export function releaseAddresses(release: Release, pools: NetworkPools, addresses: EndpointAddresses): void {
  const ipv4 = parseIP(addresses.ipv4);
  const ipv6 = parseIP(addresses.ipv6);
  if (ipv4) releaseFrom(release, pools.v4, ipv4);
  if (ipv6) releaseFrom(release, pools.v6, ipv6);
}

/** What an endpoint shows of the pool from which its address comes. */
export interface AddressPlace {
  /** The gateway that containers are told, also on an internal network. Empty: none. */
  readonly gateway: string;
  readonly prefixLength: number;
}

/**
 * Returns the gateway and prefix length that belong to an address. Empty text and 0 for the empty address.
 */
export function addressPlace(pools: NetworkPools, address: string): AddressPlace {
  const parsed = parseIP(address);
  const pool = parsed && poolOf(pools, parsed);
  if (!pool) return { gateway: "", prefixLength: 0 };
  const gateway = pool.auxiliary.get(`DefaultGatewayIPv${parsed.family}`) ?? pool.gateway;
  return { gateway: text(gateway), prefixLength: pool.subnet.bits };
}

/** Returns the subnet in which an endpoint's address lies; `undefined` when the network has no such pool. */
export function subnetOf(pools: NetworkPools, address: Address): Prefix | undefined {
  return poolOf(pools, address)?.subnet;
}

/**
 * Checks that the wanted addresses are addresses at all. On 20.10 this is the first check of them.
 *
 * @throws 500
 */
export function checkAddressForm(wanted: EndpointIPAMConfig | null): void {
  const { IPv4Address = "", IPv6Address = "", LinkLocalIPs = [] } = wanted ?? {};
  const unreadable = LinkLocalIPs.some((ip) => ip !== "" && !parseIP(ip));
  if (unreadable) throw engineError(500, `Invalid link-local IP address: [${LinkLocalIPs.join(" ")}]`);
  if (IPv4Address && !parseIP(IPv4Address)) throw engineError(500, `Invalid IPv4 address: ${IPv4Address})`);
  if (IPv6Address && !parseIP(IPv6Address)) throw engineError(500, `Invalid IPv6 address: ${IPv6Address})`);
}

function readWanted(
  release: Release,
  wanted: EndpointIPAMConfig | null,
): { v4: Address | undefined; v6: Address | undefined } {
  checkAddressForm(wanted);
  const { IPv4Address = "", IPv6Address = "", LinkLocalIPs = [] } = wanted ?? {};
  for (const ip of LinkLocalIPs) {
    const address = parseIP(ip);
    if (!address || !linkLocal.some((block) => contains(block, address))) {
      throw engineError(
        release.ipam.notLinkLocalStatus,
        `invalid link local IP address: ${address ? formatAddress(address) : "<nil>"}`,
      );
    }
  }
  return { v4: parseIP(IPv4Address), v6: parseIP(IPv6Address) };
}

const linkLocal = ["169.254.0.0/16", "fe80::/10"].map((block) => parseCIDR(block) as Prefix);

function allocateFrom(
  release: Release,
  network: AddressSource,
  pools: readonly Pool[],
  family: 4 | 6,
  wanted: Address | undefined,
): Address | undefined {
  if (pools.length === 0) return undefined;
  if (wanted) {
    const pool = pools.find(({ subnet }) => contains(subnet, wanted));
    if (pool) return takeWanted(release, pool, wanted);
    const { status, message } = release.ipam.addressOfNoPool;
    throw engineError(status, message(formatAddress(wanted)));
  }
  for (const pool of pools) {
    const address = takeLowest(release, pool);
    if (address) return address;
  }
  throw engineError(
    500,
    `no available IPv${family} addresses on this network's address pools: ${network.name} (${network.id})`,
  );
}

function releaseFrom(release: Release, pools: readonly Pool[], address: Address): void {
  const pool = pools.find(({ subnet }) => contains(subnet, address));
  if (pool) giveBack(release, pool, address);
}

function poolOf(pools: NetworkPools, address: Address): Pool | undefined {
  const sameFamily = address.family === 4 ? pools.v4 : pools.v6;
  return sameFamily.find(({ subnet }) => contains(subnet, address));
}

function text(address: Address | undefined): string {
  return address ? formatAddress(address) : "";
}
