import type { ContainerPruneResponse } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import { emitPruneEvent } from "../events/prune.js";
import { acceptFilters, type FilterValues, isPrunedByLabels } from "../filters/match.js";
import { readUntil } from "../filters/until.js";
import { discardContainer } from "./discard.js";
import { sizeOfContainer } from "./size.js";

/** `POST /containers/prune`: removes all containers that do not run. */
export function pruneContainers(daemon: Daemon, filters: FilterValues = {}): ContainerPruneResponse {
  acceptFilters(daemon.release, filters, ["label", "label!", "until"]);
  const until = readUntil(daemon.release, daemon.clock, filters);
  const deleted: string[] = [];
  let reclaimed = 0;
  for (const container of [...daemon.containers.byId.values()]) {
    const { id, created, config, state } = container;
    const labels = config.Labels ?? {};
    if (state.status !== "created" && state.status !== "exited") continue;
    if (until !== undefined && created > until) continue;
    if (!isPrunedByLabels(filters, labels)) continue;
    discardContainer(daemon, container, { volumes: false });
    deleted.push(id);
    reclaimed += sizeOfContainer(daemon, container).own;
  }
  emitPruneEvent(daemon, "container", reclaimed);
  return { ContainersDeleted: deleted.length > 0 ? deleted : null, SpaceReclaimed: reclaimed };
}
