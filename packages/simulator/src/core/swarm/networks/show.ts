import type { NetworkInspect } from "@dryharbor/sdk/port";
import { formatTime } from "../../clock.js";
import type { Daemon } from "../../daemon.js";
import { sortedByKey } from "../../go-order.js";
import { type SwarmNetwork, vxlanIdList } from "./swarm-network.js";

/** A network of the swarm that nothing on this node is attached to, as the API shows it. Lists always show this. */
export function showSwarmNetwork({ release }: Daemon, network: SwarmNetwork): NetworkInspect {
  const { allocation, labels } = network;
  const ofNodes = network.driver !== "overlay";
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
    Containers: null,
    Options: allocation && allocatedOptions(network),
    Labels: Object.keys(labels).length > 0 ? { ...labels } : null,
  };
}

/** Empty while it waits for its subnets. */
export function shownDriver({ driver, allocation }: SwarmNetwork): string {
  return driver !== "overlay" || allocation ? driver : "";
}

/** The options of a network that has its subnets. */
export function allocatedOptions({ options, allocation }: SwarmNetwork): Record<string, string> {
  return sortedByKey({ ...options, [vxlanIdList]: (allocation?.vxlanIds ?? []).join(",") });
}

/** A network's own options get the swarm's: that addresses are given one after the other. */
function shownIpamOptions({ ipamOptions }: SwarmNetwork): Record<string, string> | null {
  if (!ipamOptions || Object.keys(ipamOptions).length === 0) return null;
  return sortedByKey({ ...ipamOptions, "com.docker.network.ipam.serial": "true" });
}
