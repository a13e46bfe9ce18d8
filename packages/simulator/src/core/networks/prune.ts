import type { NetworkPruneResponse } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import { emitPruneEvent } from "../events/prune.js";
import { acceptFilters, type FilterValues, matchesLabels } from "../filters/match.js";
import { readUntil } from "../filters/until.js";
import type { Network } from "./network.js";
import { dropNetwork } from "./remove.js";

/**
 * `POST /networks/prune`: removes the user-defined networks that no running container is attached
 * to, in order of creation (the engine has no order). @throws 400 (500 on 20.10 for a bad `until`)
 */
export function pruneNetworks(daemon: Daemon, filters: FilterValues = {}): NetworkPruneResponse {
  acceptFilters(daemon.release, filters, ["label", "label!", "until"]);
  const until = readUntil(daemon.release, daemon.clock, filters);
  const unused = [...daemon.networks.byId.values()].filter(
    (network) =>
      isPrunable(network) &&
      (until === undefined || network.created <= until) &&
      matchesLabels(filters, "label", network.labels) &&
      !(filters["label!"] && matchesLabels(filters, "label!", network.labels)),
  );
  for (const network of unused) dropNetwork(daemon, network);
  emitPruneEvent(daemon, "network");
  return { NetworksDeleted: unused.length > 0 ? unused.map(({ name }) => name) : null };
}

function isPrunable({ predefined, configOnly, attached }: Network): boolean {
  return !predefined && !configOnly && attached.size === 0;
}
