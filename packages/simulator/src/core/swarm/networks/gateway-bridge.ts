import type { Daemon } from "../../daemon.js";
import { newId } from "../../id.js";
import { allocatePools } from "../../ipam/ipam.js";
import { type Network, newNetwork } from "../../networks/network.js";

/** The bridge network that connects containers on swarm networks only to the outside. */
const gatewayBridgeName = "docker_gwbridge";

/** Returns the gateway bridge. It is made at its first use, without events, and stays. */
export function gatewayBridge(daemon: Daemon): Network {
  const existing = daemon.networks.named(gatewayBridgeName).find(({ driver }) => driver === "bridge");
  if (existing) return existing;
  const { pools, shown } = allocatePools(daemon.ipam, {
    networkName: gatewayBridgeName,
    scope: "local",
    ipamDriver: "default",
    enableIPv4: true,
    enableIPv6: false,
    config: { v4: [], v6: [] },
  });
  const network = newNetwork({
    id: newId(daemon.random),
    name: gatewayBridgeName,
    created: daemon.clock.now(),
    driver: "bridge",
    scope: "local",
    enableIPv4: true,
    enableIPv6: false,
    ipam: { Driver: "default", Options: null, Config: shown },
    interfaceNumber: daemon.interfaces.take(),
    internal: false,
    attachable: false,
    ingress: false,
    configOnly: false,
    configFrom: "",
    options: {
      "com.docker.network.bridge.enable_icc": "false",
      "com.docker.network.bridge.enable_ip_masquerade": "true",
      "com.docker.network.bridge.name": gatewayBridgeName,
    },
    labels: {},
    predefined: false,
    pools,
  });
  daemon.networks.add(network);
  return network;
}
