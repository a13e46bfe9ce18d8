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
import type { Network } from "./network.js";
import { showNetwork } from "./show.js";

/** `GET /networks`, in order of creation (the engine has no order). @throws 400 or, for a bad `type`, 500 */
export function listNetworks(
  daemon: Daemon,
  filters: FilterValues = {},
  apiVersion?: string,
): NetworkInspect[] {
  acceptFilters(daemon.release, filters, ["dangling", "driver", "id", "label", "name", "scope", "type"]);
  let networks = [...daemon.networks.byId.values()].filter((network) => matches(network, filters));
  networks = ofUse(networks, filterValues(filters, "dangling"));
  if (filters.type) networks = filterValues(filters, "type").flatMap((type) => ofType(networks, type));
  // Who is attached was listed up to API 1.27. Seen on all three.
  const containers = isOlder(apiVersion, "1.28");
  return networks.map((network) => showNetwork(daemon, network, { containers }));
}

function matches(network: Network, filters: FilterValues): boolean {
  return (
    matchesExactly(filters, "driver", network.driver) &&
    matchesPattern(filters, "name", network.name) &&
    matchesPattern(filters, "id", network.id) &&
    matchesLabels(filters, "label", network.labels) &&
    matchesExactly(filters, "scope", network.scope)
  );
}

/**
 * The engine filters before it looks at who is attached, so every user-defined network dangles.
 * Seen on all three, with a running container attached.
 */
function ofUse(networks: Network[], [dangling, another]: readonly string[]): Network[] {
  if (dangling === undefined) return networks;
  if (another !== undefined) throw engineError(400, 'got more than one value for filter key "dangling"');
  if (dangling === "true" || dangling === "1") return networks.filter(({ predefined }) => !predefined);
  if (dangling === "false" || dangling === "0") return networks.filter(({ predefined }) => predefined);
  throw engineError(
    400,
    'invalid value for filter \'dangling\', must be "true" (or "1"), or "false" (or "0")',
  );
}

function ofType(networks: readonly Network[], type: string): Network[] {
  if (type === "builtin") return networks.filter(({ predefined }) => predefined);
  if (type === "custom") return networks.filter(({ predefined }) => !predefined);
  throw engineError(500, `invalid filter: 'type'='${type}'`);
}
