import { engineError } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import { nameOfEndpoint } from "../endpoints/endpoint.js";
import { emitNetworkEvent } from "../events/network.js";
import { releasePools } from "../ipam/ipam.js";
import { removeSwarmNetwork } from "../swarm/networks/remove.js";
import { findNetworkToRemove } from "./find.js";
import type { Network } from "./network.js";

/**
 * `DELETE /networks/{id}`.
 *
 * @throws 404, 400 where several networks match, 403 for a predefined network or one in use
 */
export function removeNetwork(daemon: Daemon, ref: string): void {
  const found = findNetworkToRemove(daemon, ref);
  const { swarm } = daemon;
  // A network of the swarm may exist on this node, too.
  const ofSwarm = swarm?.networks.get(found.network.id);
  if (swarm && ofSwarm) removeSwarmNetwork(daemon, swarm, ofSwarm);
  else if (found.kind === "here") removeLocalNetwork(daemon, found.network);
}

function removeLocalNetwork(daemon: Daemon, network: Network): void {
  if (network.predefined) {
    throw engineError(403, `${network.name} is a pre-defined network and cannot be removed`);
  }
  if (network.configOnly && configures(daemon, network)) {
    throw engineError(403, `error while removing network: configuration network "${network.name}" is in use`);
  }
  if (network.attached.size > 0 || network.engineEndpoints.length > 0) {
    const ofContainers = [...network.attached.values()].map((attachment) => ({
      id: attachment.id,
      name: nameOfEndpoint(attachment),
    }));
    const endpoints = [...ofContainers, ...network.engineEndpoints];
    const inUse = daemon.release.networks.activeEndpoints({ name: network.name, id: network.id, endpoints });
    throw engineError(403, `error while removing network: ${inUse}`);
  }
  dropNetwork(daemon, network);
}

/** Removes a network without further checks. */
export function dropNetwork(daemon: Daemon, network: Network): void {
  releasePools(daemon.ipam, network.scope, network.pools);
  daemon.networks.delete(network);
  daemon.interfaces.free(network.interfaceNumber);
  // Seen on all three: the removal of a configuration network emits no event.
  if (!network.configOnly) emitNetworkEvent(daemon, network, "destroy");
}

function configures(daemon: Daemon, { name }: Network): boolean {
  for (const { configFrom } of daemon.networks.byId.values()) {
    if (configFrom === name) return true;
  }
  return false;
}
