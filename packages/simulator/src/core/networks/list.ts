import { engineError, type NetworkInspect } from "@dryharbor/sdk/port";
import { isOlder } from "../api-version.js";
import type { Daemon } from "../daemon.js";
import {
  acceptFilters,
  type FilterValues,
  filterValues,
  matchesExactly,
  matchesLabels,
  matchesPattern,
} from "../filters/match.js";
import type { Release } from "../releases/release.js";
import { swarmNetworksToList } from "../swarm/networks/list.js";
import { shownDriver, showSwarmNetwork } from "../swarm/networks/show.js";
import type { SwarmNetwork } from "../swarm/networks/swarm-network.js";
import type { Swarm } from "../swarm/swarm.js";
import type { Network } from "./network.js";
import { showNetwork } from "./show.js";

/** `GET /networks`, in order of creation (the engine has no order). @throws 400, or 500 for a bad `type` */
export function listNetworks(
  daemon: Daemon,
  filters: FilterValues = {},
  apiVersion?: string,
): NetworkInspect[] {
  acceptFilters(daemon.release, filters, ["dangling", "driver", "id", "label", "name", "scope", "type"]);
  // Up to API 1.27, lists show the attached containers. Seen on all three.
  const containers = isOlder(apiVersion, "1.28");
  const ofSwarm = daemon.swarm ? listOfSwarm(daemon.release, daemon.swarm, filters) : [];
  const taken = new Set(ofSwarm.map(({ id }) => id));
  const known = [...daemon.networks.byId.values()].map((network) => ({
    ...facetsOf(network),
    network,
  }));
  const here = filtered(daemon.release, known, filters).filter(({ id }) => !taken.has(id));
  return [
    ...ofSwarm.map((network) => showSwarmNetwork(daemon, network, { containers })),
    ...here.map(({ network }) => showNetwork(daemon, network, { containers })),
  ];
}

/** Lists the swarm's networks. They come first, and replace the entries that this node has for them. */
function listOfSwarm(release: Release, swarm: Swarm, filters: FilterValues): SwarmNetwork[] {
  const listed = swarmNetworksToList(release, swarm, filters).map((network) => {
    const { id, name, labels, predefined } = network;
    const driver = shownDriver(network);
    return { id, name, labels, predefined, scope: "swarm", driver, isUsed: false, network };
  });
  return filtered(release, listed, filters).map(({ network }) => network);
}

/** Those properties of a network that filters look at. */
interface Facets extends Pick<Network, "id" | "name" | "driver" | "scope" | "labels" | "predefined"> {
  /** Whether a running container is attached to it. */
  readonly isUsed: boolean;
}

function facetsOf(network: Network): Facets {
  const { id, name, driver, scope, labels, predefined, attached, engineEndpoints } = network;
  const isUsed = attached.size > 0 || engineEndpoints.length > 0;
  return { id, name, driver, scope, labels, predefined, isUsed };
}

function filtered<N extends Facets>(release: Release, networks: N[], filters: FilterValues): N[] {
  const matching = networks.filter((network) => matches(release, network, filters));
  const left = ofUse(release, matching, filterValues(filters, "dangling"));
  return filters.type ? filterValues(filters, "type").flatMap((type) => ofType(left, type)) : left;
}

function matches(release: Release, network: Facets, filters: FilterValues): boolean {
  return (
    matchesExactly(filters, "driver", network.driver) &&
    matchesPattern(release, filters, "name", network.name) &&
    matchesPattern(release, filters, "id", network.id) &&
    matchesLabels(filters, "label", network.labels) &&
    matchesExactly(filters, "scope", network.scope)
  );
}

/** Applies the filter `dangling`. */
function ofUse<N extends Facets>(
  { networks: rows }: Release,
  networks: N[],
  [dangling, another]: readonly string[],
): N[] {
  const isDangling = ({ predefined, isUsed }: N) => !predefined && !(rows.danglingSeesContainers && isUsed);
  if (dangling === undefined) return networks;
  if (another !== undefined) throw engineError(400, 'got more than one value for filter key "dangling"');
  if (dangling === "true" || dangling === "1") return networks.filter(isDangling);
  if (dangling === "false" || dangling === "0") return networks.filter((network) => !isDangling(network));
  throw engineError(
    400,
    'invalid value for filter \'dangling\', must be "true" (or "1"), or "false" (or "0")',
  );
}

function ofType<N extends Facets>(networks: readonly N[], type: string): N[] {
  if (type === "builtin") return networks.filter(({ predefined }) => predefined);
  if (type === "custom") return networks.filter(({ predefined }) => !predefined);
  throw engineError(500, `invalid filter: 'type'='${type}'`);
}
