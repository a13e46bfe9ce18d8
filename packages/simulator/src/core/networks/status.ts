import { isOlder } from "../api-version.js";
import type { Daemon } from "../daemon.js";
import type { NetworkPools } from "../ipam/ipam.js";
import type { FoundNetwork } from "./find.js";

/** Returns whether a client of this version sees how many addresses of a network are in use. */
export function showsStatus({ release }: Daemon, apiVersion: string | undefined): boolean {
  const { statusSince } = release.networks;
  return statusSince !== undefined && !isOlder(apiVersion, statusSince);
}

/**
 * Returns the pools whose addresses an inspect counts. The swarm's own counts replace those of this node. It has none of
 * a network whose driver is local to each node.
 */
export function countedPools(found: FoundNetwork): NetworkPools {
  if (found.kind === "in the swarm") return found.network.allocation?.pools ?? noPools;
  return found.countedBy ? (found.countedBy.allocation?.pools ?? noPools) : found.network.pools;
}

const noPools: NetworkPools = { v4: [], v6: [] };
