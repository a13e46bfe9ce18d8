import { type FilterValues, matchesPrefix } from "../../filters/match.js";
import { byId } from "../find.js";
import type { Swarm } from "../swarm.js";
import type { SwarmNetwork } from "./swarm-network.js";

/**
 * Returns the swarm's networks with which a list of networks begins, sorted by id. The filter `name` must
 * match exactly.
 */
export function swarmNetworksToList({ networks }: Swarm, filters: FilterValues): SwarmNetwork[] {
  const names = filters.name ?? [];
  return byId(networks).filter(
    ({ id, name, predefined }) =>
      !predefined && (names.length === 0 || names.includes(name)) && matchesPrefix(filters, "id", id),
  );
}
