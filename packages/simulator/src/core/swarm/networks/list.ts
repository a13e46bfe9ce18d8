import { type FilterValues, matchesPrefix } from "../../filters/match.js";
import { byId } from "../find.js";
import type { Swarm } from "../swarm.js";
import type { SwarmNetwork } from "./swarm-network.js";

/** The swarm's networks that a list of networks begins with: those of exactly a name that is asked for, in order of their ids. */
export function swarmNetworksToList({ networks }: Swarm, filters: FilterValues): SwarmNetwork[] {
  const names = filters.name ?? [];
  return byId(networks).filter(
    ({ id, name, predefined }) =>
      !predefined && (names.length === 0 || names.includes(name)) && matchesPrefix(filters, "id", id),
  );
}
