import type { EndpointSettings } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import { listEndpoint } from "../endpoints/show.js";
import { sortedByKey } from "../go-order.js";
import type { Network } from "../networks/network.js";
import type { Container, ListedNetworks, Sandbox } from "./container.js";

/**
 * Keeps what lists show of a container when its start fails. To be called before its networks are left.
 *
 * The engine makes lists from a copy of the container. It takes the copy at this moment, and the next one at
 * the container's next change. Until then, lists show addresses and ports that the container no longer has.
 * Seen on all three.
 */
export function keepForLists(daemon: Daemon, container: Container): void {
  const { endpoints } = container;
  const attached = [...endpoints.values()].some(({ attachment, leftover }) => attachment ?? leftover);
  container.listed = attached ? currentNetworks(daemon, container) : null;
}

/** Returns the networks and ports that a list shows. */
export function listedNetworks(daemon: Daemon, container: Container): ListedNetworks {
  return container.listed ?? currentNetworks(daemon, container);
}

/**
 * Remembers what lists show before a connect to `network`. To be called before the connect.
 *
 * @returns a function that gives what {@link listedNetworks} returns now; to be called if the connect fails.
 *   Only this network's entry is made in advance, because few connects fail.
 */
export function rememberListed(daemon: Daemon, container: Container, network: Network): () => ListedNetworks {
  const { listed, endpoints, sandbox } = container;
  if (listed) return () => listed;
  const entries = [network.name, network.id].flatMap((key) => {
    const endpoint = endpoints.get(key);
    return endpoint ? [[key, listEndpoint(daemon, endpoint)] as const] : [];
  });
  const ports = sandbox?.ports ?? {};
  return () => {
    const { networks } = currentNetworks(daemon, container);
    const others = Object.entries(networks).filter(([key]) => key !== network.name && key !== network.id);
    return { networks: sortedByKey(Object.fromEntries([...others, ...entries])), ports };
  };
}

function currentNetworks(daemon: Daemon, { endpoints, sandbox }: Container): ListedNetworks {
  const networks: Record<string, EndpointSettings> = Object.fromEntries(
    Array.from(endpoints, ([name, endpoint]) => [name, listEndpoint(daemon, endpoint)]),
  );
  const ports: Sandbox["ports"] = sandbox?.ports ?? {};
  return { networks: sortedByKey(networks), ports };
}
