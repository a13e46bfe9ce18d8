import type { Daemon } from "../../daemon.js";
import type { Network } from "../../networks/network.js";
import { byId } from "../find.js";
import type { Swarm } from "../swarm.js";
import { removeSwarmNetwork } from "./remove.js";

/**
 * Removes the swarm's networks to which nothing is attached, except the ingress network.
 *
 * @returns their names
 */
export function pruneSwarmNetworks(
  daemon: Daemon,
  swarm: Swarm,
  isAskedFor: (network: Pick<Network, "created" | "labels">) => boolean,
): string[] {
  const used = new Set([...swarm.tasks.values()].map(({ networkId }) => networkId));
  const unused = byId(swarm.networks).filter(
    (network) => !network.ingress && !network.predefined && !used.has(network.id) && isAskedFor(network),
  );
  for (const network of unused) removeSwarmNetwork(daemon, swarm, network);
  return unused.map(({ name }) => name);
}
