import type { Daemon } from "../core/daemon.js";
import type { Attachment } from "../core/endpoints/endpoint.js";
import type { EngineEndpoint } from "../core/endpoints/engine-endpoint.js";
import {
  claimAddresses,
  type NetworkPools,
  restorePools,
  type SavedPool,
  savePools,
} from "../core/ipam/ipam.js";
import { type Network, type NetworkProperties, newNetwork } from "../core/networks/network.js";
import { instancePools } from "../core/swarm/networks/instance.js";

/** A network in a snapshot. */
export type SavedNetwork = Omit<NetworkProperties, "created" | "pools"> & {
  /** In nanoseconds. */
  readonly created: string;
  readonly pools: readonly SavedPool[];
  readonly engineEndpoints: readonly EngineEndpoint[];
  /** The ids of the attached containers, in the order in which they came. */
  readonly attached: readonly string[];
  /** Names, with the ids of the containers that answer to each, in the order in which these took the name. */
  readonly names: readonly (readonly [name: string, containers: readonly string[]])[];
};

export function saveNetwork(network: Network): SavedNetwork {
  return {
    ...saveProperties(network),
    attached: [...network.attached.keys()],
    names: [...network.names].map(([name, holders]) => [name, holders.map(({ container }) => container.id)]),
  };
}

/** Saves a network without the containers that are attached to it. */
export function saveProperties(network: Network): Omit<SavedNetwork, "attached" | "names"> {
  const { created, pools, attached: _, names: __, addresses: ___, engineEndpoints, ...plain } = network;
  return {
    ...plain,
    created: String(created),
    pools: savePools(pools),
    engineEndpoints: [...engineEndpoints],
  };
}

/** Restores a network without the containers that are attached to it. */
export function restoreNetwork(daemon: Daemon, saved: SavedNetwork): void {
  const { created, pools, attached: _attached, names: _names, engineEndpoints, ...plain } = saved;
  const network = newNetwork({ ...plain, created: BigInt(created), pools: poolsOf(daemon, plain, pools) });
  for (const endpoint of engineEndpoints) {
    claimAddresses(daemon.release, network.pools, { ipv4: endpoint.ipv4, ipv6: endpoint.ipv6 ?? "" });
    network.engineEndpoints.push(endpoint);
  }
  daemon.networks.add(network);
  daemon.interfaces.claim(network.interfaceNumber);
}

/** Returns the pools of a network. A swarm's network shares the swarm's pools, beside which it may have one of IPv6. */
function poolsOf(
  { ipam, swarm }: Daemon,
  { id, scope }: Pick<Network, "id" | "scope">,
  saved: readonly SavedPool[],
): NetworkPools {
  const allocation = swarm?.networks.get(id)?.allocation;
  if (!allocation) return restorePools(ipam, scope, saved);
  const own = allocation.pools.v6.length > 0 ? [] : saved.filter(({ subnet }) => subnet.includes(":"));
  return instancePools(allocation, restorePools(ipam, scope, own).v6);
}

/**
 * Attaches the containers, which have been restored before, in their former order.
 *
 * @param attachments - the attachments to this network, by container id
 */
export function restoreAttached(
  daemon: Daemon,
  saved: SavedNetwork,
  attachments: ReadonlyMap<string, Attachment>,
): void {
  const network = daemon.networks.byId.get(saved.id)!;
  const attachmentOf = (id: string): Attachment => {
    const attachment = attachments.get(id);
    if (!attachment) throw new Error(`container ${id} is not attached to network ${saved.id}`);
    return attachment;
  };
  for (const id of saved.attached) {
    const attachment = attachmentOf(id);
    network.attached.set(id, attachment);
    if (attachment.ipv4 !== "") network.addresses.set(attachment.ipv4, attachment);
    if (attachment.ipv6 !== "") network.addresses.set(attachment.ipv6, attachment);
  }
  for (const [name, holders] of saved.names) network.names.set(name, holders.map(attachmentOf));
}
