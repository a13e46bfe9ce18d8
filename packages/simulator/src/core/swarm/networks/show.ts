import type { NetworkInspect } from "@dryharbor/sdk/port";
import { formatTime } from "../../clock.js";
import type { Daemon } from "../../daemon.js";
import { sortedByKey } from "../../go-order.js";
import { isWaiting, type SwarmNetwork, vxlanIdList } from "./swarm-network.js";

/**
 * Returns a network of the swarm as the API shows it when nothing on this node is attached. Lists always show
 * this form, without the attached containers where the release lists none.
 */
export function showSwarmNetwork(
  { release }: Daemon,
  network: SwarmNetwork,
  { containers }: { readonly containers: boolean },
): NetworkInspect {
  const { allocation, labels } = network;
  const ofNodes = network.driver !== "overlay";
  const { containersOnlyInspected } = release.networks;
  return {
    Name: network.name,
    Id: network.id,
    Created: formatTime(network.created),
    Scope: "swarm",
    Driver: shownDriver(network),
    ...(release.networks.hasEnableIPv4 && { EnableIPv4: true }),
    EnableIPv6: network.enableIPv6,
    IPAM: {
      Driver: allocation ? network.ipamDriver : "",
      Options: allocation && shownIpamOptions(network),
      Config: ofNodes ? [] : (allocation?.shown.map((pool) => ({ ...pool })) ?? null),
    },
    Internal: network.internal,
    Attachable: network.attachable,
    Ingress: network.ingress,
    ConfigFrom: { Network: network.configFrom },
    ConfigOnly: false,
    ...(!containersOnlyInspected && { Containers: null }),
    Options: allocation && allocatedOptions(network),
    Labels: Object.keys(labels).length > 0 ? { ...labels } : null,
    ...(containersOnlyInspected && containers && { Containers: {} }),
  };
}

/** Returns the driver; empty while the network waits for its subnets. */
export function shownDriver(network: SwarmNetwork): string {
  return isWaiting(network) ? "" : network.driver;
}

/** Returns the options of a network that has its subnets. */
export function allocatedOptions({ options, allocation }: SwarmNetwork): Record<string, string> {
  return sortedByKey({ ...options, [vxlanIdList]: (allocation?.vxlanIds ?? []).join(",") });
}

/** Returns the IPAM options. The swarm adds one that says that addresses are handed out in sequence. */
export function shownIpamOptions({ ipamOptions }: SwarmNetwork): Record<string, string> | null {
  if (!ipamOptions || Object.keys(ipamOptions).length === 0) return null;
  return sortedByKey({ ...ipamOptions, "com.docker.network.ipam.serial": "true" });
}
