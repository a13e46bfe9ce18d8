// The host's side of the networks: which addresses are its own, and what is wired to its bridges.

import { type Address, contains, formatAddress, type Hop } from "@dryharbor/kernel/host";
import type { Daemon } from "../daemon.js";
import type { Attachment } from "../endpoints/endpoint.js";
import { interfaceName } from "../endpoints/namespace.js";
import { ethernetAddress, macFromIPv4 } from "../ipam/ipam.js";
import { bridgeName, readBridgeOptions } from "../networks/bridge-options.js";
import type { Network } from "../networks/network.js";
import { hostInterfaces } from "../system/interfaces.js";

/** Returns the address that a network's bridge has in a family. Empty when it has none. */
export function bridgeAddress({ release }: Daemon, network: Network, family: 4 | 6): string {
  if (network.driver !== "bridge") return "";
  const { withoutGateway } = readBridgeOptions(release, network.options, network.internal);
  if (family === 4 ? withoutGateway.v4 : withoutGateway.v6) return "";
  const [pool] = family === 4 ? network.pools.v4 : network.pools.v6;
  return pool?.gateway ? formatAddress(pool.gateway) : "";
}

/** Returns the network on whose subnet an address is, if the host has a bridge there. */
export function bridgedNetworkAt({ networks }: Daemon, address: Address): Network | undefined {
  for (const network of networks.byId.values()) {
    if (network.driver === "bridge" && isOn(network, address)) return network;
  }
  return undefined;
}

/** Returns whether an address is on one of a network's subnets. */
function isOn({ pools }: Network, address: Address): boolean {
  return (address.family === 4 ? pools.v4 : pools.v6).some(({ subnet }) => contains(subnet, address));
}

/** Returns whether an address is one of the host's own, loopback aside. */
export function isOfHost(daemon: Daemon, address: Address): boolean {
  const network = bridgedNetworkAt(daemon, address);
  const text = formatAddress(address);
  if (network) return bridgeAddress(daemon, network, address.family) === text;
  return hostInterfaces(daemon).some((each) => each.outward && each.addresses.includes(text));
}

/** Returns the host's hop to a neighbour on a network: its bridge. */
export function hopFromHost(network: Network, address: string, mac: string): Hop {
  return { device: network.predefined ? "docker0" : bridgeName(network), address, mac };
}

/** Returns the MAC address of a network's bridge. */
export function bridgeMac(daemon: Daemon, network: Network): string {
  const v4 = bridgeAddress(daemon, network, 4);
  return v4 === "" ? `02:42:${network.id.slice(0, 8).match(/../g)!.join(":")}` : macFromIPv4(v4);
}

/** Returns a container's hop to a neighbour on the network of an attachment. */
export function hopFrom(attachment: Attachment, address: string, mac: string): Hop {
  return { device: interfaceName(attachment), address, mac };
}

/** Returns the MAC address of an attachment as Ethernet has it. */
export function macOf({ mac }: Attachment): string {
  return ethernetAddress(mac);
}

/** Returns the address that an attachment has in a family. Empty when it has none. */
export function addressOf({ ipv4, ipv6 }: Attachment, family: 4 | 6): string {
  return family === 4 ? ipv4 : ipv6;
}
