// Where a packet from a container to an address ends up. `runtime/connect.ts` asks this for a container's
// connections.

import { type Address, contains, nextHop, parseIP } from "@dryharbor/kernel/host";
import type { Container } from "../containers/container.js";
import type { Daemon } from "../daemon.js";
import { vantageOf } from "../dns/resolve.js";
import { isOrphaned, namespaceOwner } from "../files/namespace-owner.js";
import { addressPlace } from "../ipam/ipam.js";
import type { Network } from "../networks/network.js";
import type { Attachment } from "./endpoint.js";
import { networkNamespace } from "./namespace.js";
import { orderedAttachments } from "./order.js";

/** The kind of peer that a container reaches at an address. */
export type Reached =
  /** The container itself, by its loopback interface or by one of its own addresses. */
  | "itself"
  /** The host, by its address on a bridge, or another container on a network of both. */
  | "neighbour"
  /** No peer: the address is on one of the container's networks, but free. */
  | "nobody"
  /** No peer: the address is on another network, and the engine drops packets between networks. */
  | "dropped"
  /** A host outside of the engine's networks. */
  | "outside"
  /** A host outside of the engine's networks, reached by a container on the host's network. */
  | "outside-from-host"
  /** No peer: the container has no route to the address. */
  | "no-route";

/** Returns which peer a running container reaches at an address. Seen on 20.10 and 28.5. */
export function reached(daemon: Daemon, asker: Container, text: string): Reached {
  const address = parseIP(text);
  const container = namespaceOwner(daemon, asker);
  if (!address) return "itself";
  const attachments = isOrphaned(daemon, asker) ? [] : orderedAttachments(daemon, container);
  const from = vantageOf(daemon, container, attachments);
  const hop = nextHop(networkNamespace(daemon, attachments), address);
  if (hop?.kind === "local") return "itself";
  if (from === "host") return reachedFromHost(daemon, address, text);
  if (hop?.kind === "link") return isTaken(hop.interface.attachment, text) ? "neighbour" : "nobody";
  if (from === "isolated") return "no-route";
  const other = [...daemon.networks.byId.values()].find((network) => isOn(network, address));
  if (!other) return "outside";
  return addressPlace(other.pools, text).gateway === text ? "neighbour" : "dropped";
}

function reachedFromHost({ networks }: Daemon, address: Address, text: string): Reached {
  const network = [...networks.byId.values()].find((one) => isOn(one, address));
  if (!network) return "outside-from-host";
  const isTaken = addressPlace(network.pools, text).gateway === text || network.addresses.has(text);
  return isTaken ? "neighbour" : "nobody";
}

function isTaken({ network }: Attachment, address: string): boolean {
  return addressPlace(network.pools, address).gateway === address || network.addresses.has(address);
}

function isOn({ pools }: Network, address: Address): boolean {
  return [...pools.v4, ...pools.v6].some(({ subnet }) => contains(subnet, address));
}
