import type { IPAMPoolConfig } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import { newId } from "../id.js";
import { allocatePools, defaultBridgeConfig, type NetworkPools, unallocatedConfig } from "../ipam/ipam.js";
import { newNetwork } from "./network.js";

/** The names that the engine reserves. `default` stands for `bridge`. */
export const predefinedNames: readonly string[] = ["bridge", "host", "none", "default"];

/** Adds the networks that an engine has from its first start on. Emits no events. */
export function addPredefinedNetworks(daemon: Daemon): void {
  const nothing = { v4: [], v6: [] };
  const config = unallocatedConfig(daemon.release, nothing);
  add(daemon, "none", "null", nothing, config);
  add(daemon, "host", "host", nothing, config);
  const bridge = allocatePools(daemon.ipam, {
    networkName: "bridge",
    scope: "local",
    ipamDriver: "default",
    enableIPv4: true,
    enableIPv6: false,
    config: defaultBridgeConfig(daemon.ipam),
  });
  add(daemon, "bridge", "bridge", bridge.pools, bridge.shown, {
    "com.docker.network.bridge.default_bridge": "true",
    "com.docker.network.bridge.enable_icc": "true",
    "com.docker.network.bridge.enable_ip_masquerade": "true",
    "com.docker.network.bridge.host_binding_ipv4": "0.0.0.0",
    "com.docker.network.bridge.name": "docker0",
    "com.docker.network.driver.mtu": "1500",
  });
}

function add(
  daemon: Daemon,
  name: string,
  driver: string,
  pools: NetworkPools,
  config: IPAMPoolConfig[] | null,
  options: Record<string, string> = {},
): void {
  daemon.networks.add(
    newNetwork({
      id: newId(daemon.random),
      name,
      created: daemon.clock.now(),
      driver,
      scope: "local",
      enableIPv4: true,
      enableIPv6: false,
      ipam: { Driver: "default", Options: null, Config: config },
      interfaceNumber: driver === "bridge" ? daemon.interfaces.take() : 0,
      internal: false,
      attachable: false,
      ingress: false,
      configOnly: false,
      configFrom: "",
      options,
      labels: {},
      predefined: true,
      pools,
    }),
  );
}
