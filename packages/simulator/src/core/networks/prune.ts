import type { NetworkPruneResponse } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import { emitPruneEvent } from "../events/prune.js";
import { acceptFilters, type FilterValues, isPrunedByLabels } from "../filters/match.js";
import { readUntil } from "../filters/until.js";
import { pruneSwarmNetworks } from "../swarm/networks/prune.js";
import type { Network } from "./network.js";
import { dropNetwork } from "./remove.js";

/**
 * `POST /networks/prune`. Removes the user-defined networks to which no running container is attached, in
 * order of creation (the engine has no order).
 *
 * @throws 400 (500 on 20.10 for a bad `until`)
 */
export function pruneNetworks(daemon: Daemon, filters: FilterValues = {}): NetworkPruneResponse {
  acceptFilters(daemon.release, filters, ["label", "label!", "until"]);
  const until = readUntil(daemon.release, daemon.clock, filters);
  const isAskedFor = ({ created, labels }: Pick<Network, "created" | "labels">) =>
    (until === undefined || created <= until) && isPrunedByLabels(filters, labels);
  const ofSwarm = daemon.swarm ? pruneSwarmNetworks(daemon, daemon.swarm, isAskedFor) : [];
  const unused = [...daemon.networks.byId.values()].filter(
    (network) => isPrunable(network) && isAskedFor(network),
  );
  for (const network of unused) dropNetwork(daemon, network);
  emitPruneEvent(daemon, "network");
  const deleted = [...ofSwarm, ...unused.map(({ name }) => name)];
  return { NetworksDeleted: deleted.length > 0 ? deleted : null };
}

function isPrunable({ predefined, configOnly, scope, attached, engineEndpoints }: Network): boolean {
  const used = attached.size > 0 || engineEndpoints.length > 0;
  return !predefined && !configOnly && scope !== "swarm" && !used;
}
