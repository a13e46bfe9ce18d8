import type { EndpointSettings } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import { listEndpoint } from "../endpoints/show.js";
import { sortedByKey } from "../go-order.js";
import type { Network } from "../networks/network.js";
import type { Container, ListedNetworks, Sandbox } from "./container.js";

/**
 * To be called where a start fails, before its networks are left. Lists are made from a copy that the
 * engine takes at that moment, and the next copy comes with the next change: until then they show
 * addresses and ports that the container no longer has. Seen on all three.
 */
export function keepForLists(daemon: Daemon, container: Container): void {
  const { endpoints } = container;
  const attached = [...endpoints.values()].some(({ attachment, leftover }) => attachment ?? leftover);
  container.listed = attached ? currentNetworks(daemon, container) : null;
}

/** The networks and ports that a list shows. */
export function listedNetworks(daemon: Daemon, container: Container): ListedNetworks {
  return container.listed ?? currentNetworks(daemon, container);
}

/**
 * To be called before a connect to `network`: gives what {@link listedNetworks} says now, when it is asked
 * for after that has failed. Only this network's entry is made before, as few connects fail.
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
