import { type FilterValues, matchesPrefix } from "../../filters/match.js";
import type { Release } from "../../releases/release.js";
import { byId } from "../find.js";
import type { Swarm } from "../swarm.js";
import type { SwarmNetwork } from "./swarm-network.js";

/**
 * Returns the swarm's networks with which a list of networks begins, sorted by id. Where the swarm
 * itself filters them, the filter `name` must match exactly, and `id` from its beginning.
 */
export function swarmNetworksToList(
  release: Release,
  { networks }: Swarm,
  filters: FilterValues,
): SwarmNetwork[] {
  const listed = byId(networks).filter(({ predefined }) => !predefined);
  if (!release.swarm.filtersNetworks) return listed;
  const names = filters.name ?? [];
  return listed.filter(
    ({ id, name }) => (names.length === 0 || names.includes(name)) && matchesPrefix(filters, "id", id),
  );
}
