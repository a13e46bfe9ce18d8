import type { Daemon } from "../../daemon.js";
import type { EngineEndpoint } from "../../endpoints/engine-endpoint.js";
import { emitNetworkEvent } from "../../events/network.js";
import { newId } from "../../id.js";
import {
  allocateAddresses,
  endpointMac,
  macFromIPv4,
  releaseAddresses,
  releasePools,
} from "../../ipam/ipam.js";
import { checkDriver, driverNetwork } from "../../networks/driver-network.js";
import { type Network, newNetwork } from "../../networks/network.js";
import { emitNodeUpdate } from "../events.js";
import type { Swarm } from "../swarm.js";
import { nextAddress } from "./allocate.js";
import { gatewayBridge } from "./gateway-bridge.js";
import { allocatedOptions } from "./show.js";
import type { Allocation, SwarmNetwork } from "./swarm-network.js";

// A swarm's network on this node: there while something is attached to it.

/** The sandbox of the load balancer that all nodes' published ports go through. */
const ingressSandbox = "ingress-sbox";

/** Makes a network of the swarm one of this engine's, with a load balancer on it. */
export function instantiate(daemon: Daemon, network: SwarmNetwork): Network {
  const allocation = network.allocation as Allocation;
  const instance = newNetwork({
    id: network.id,
    name: network.name,
    created: daemon.clock.now(),
    driver: network.driver,
    scope: "swarm",
    enableIPv4: true,
    enableIPv6: network.enableIPv6,
    ipam: { Driver: network.ipamDriver, Options: null, Config: [...allocation.shown] },
    internal: network.internal,
    attachable: network.attachable,
    ingress: network.ingress,
    configOnly: false,
    configFrom: network.configFrom,
    options: allocatedOptions(network),
    labels: { ...network.labels },
    predefined: false,
    pools: instancePools(allocation),
  });
  const sandbox = network.ingress ? ingressSandbox : `lb-${network.name}`;
  const ipv4 = nextAddress(allocation);
  instance.engineEndpoints.push({
    sandbox,
    name: `${network.name}-endpoint`,
    id: newId(daemon.random),
    mac: macFromIPv4(ipv4),
    ipv4,
  });
  daemon.networks.add(instance);
  daemon.touched?.networks.add(instance);
  return instance;
}

/** A network of a driver that each node has for itself is made as the node makes its own: subnets and all. */
export function makeLocal(daemon: Daemon, network: SwarmNetwork): Network {
  const { id, options, labels, ipamOptions } = network;
  const plan = checkDriver(daemon, {
    ...network,
    scope: "",
    enableIPv4: true,
    configOnly: false,
    options: { ...options },
    labels: { ...labels },
    ipamOptions: ipamOptions && { ...ipamOptions },
  });
  const instance = newNetwork({ ...driverNetwork(daemon, plan), id, scope: "swarm" });
  daemon.networks.add(instance);
  emitNetworkEvent(daemon, instance, "create");
  return instance;
}

/** The same subnets and addresses; to the engine they are what somebody asked for. */
export function instancePools({ pools }: Allocation): Network["pools"] {
  const given = (family: "v4" | "v6") => pools[family].map((pool) => ({ ...pool, automatic: false }));
  return { v4: given("v4"), v6: given("v6") };
}

/** Takes networks of the swarm off this node that nobody is attached to any more. */
export function dropUnusedInstances(daemon: Daemon): void {
  const { swarm } = daemon;
  if (!swarm) return;
  for (const network of swarm.networks.values()) {
    const instance = network.ingress ? undefined : daemon.networks.byId.get(network.id);
    if (instance && instance.attached.size === 0) dropInstance(daemon, swarm, instance);
  }
}

function dropInstance(daemon: Daemon, swarm: Swarm, instance: Network): void {
  if (instance.driver === "overlay") emitNodeUpdate(daemon, swarm);
  takeOff(daemon, instance);
  emitNetworkEvent(daemon, instance, "destroy");
}

/** All of them, with nobody attached. */
export function dropInstances(daemon: Daemon, swarm: Swarm): void {
  for (const network of swarm.networks.values()) {
    const instance = daemon.networks.byId.get(network.id);
    if (!instance) continue;
    if (network.ingress) stopIngress(daemon, swarm, network, { leaving: true });
    else {
      takeOff(daemon, instance);
      emitNetworkEvent(daemon, instance, "destroy");
    }
  }
}

function takeOff(daemon: Daemon, instance: Network): void {
  daemon.networks.delete(instance);
  daemon.touched?.networks.add(instance);
  for (const endpoint of instance.engineEndpoints) release(daemon, instance, endpoint);
  if (instance.driver !== "overlay") releasePools(daemon.ipam, "local", instance.pools);
}

function release(daemon: Daemon, network: Network, { ipv4 }: EngineEndpoint): void {
  releaseAddresses(daemon.release, network.pools, { ipv4, ipv6: "" });
}

/** Published ports of services come in through the ingress network; its balancer reaches the host over the gateway bridge. */
export function startIngress(daemon: Daemon, swarm: Swarm): void {
  const ingress = [...swarm.networks.values()].find((network) => network.ingress && network.allocation);
  if (!ingress) return;
  const instance = instantiate(daemon, ingress);
  const bridge = gatewayBridge(daemon);
  daemon.touched?.networks.add(bridge);
  const { ipv4 } = allocateAddresses(daemon.release, bridge, null);
  bridge.engineEndpoints.push({
    sandbox: ingressSandbox,
    name: `gateway_${ingressSandbox}`,
    id: newId(daemon.random),
    mac: endpointMac(daemon.release, daemon.random, ipv4),
    ipv4,
  });
  emitNetworkEvent(daemon, instance, "create");
}

/** Nothing is told of it but, unless the whole swarm goes, an update of the node. */
export function stopIngress(
  daemon: Daemon,
  swarm: Swarm,
  network: SwarmNetwork,
  { leaving = false } = {},
): void {
  const instance = daemon.networks.byId.get(network.id);
  if (!instance) return;
  takeOff(daemon, instance);
  for (const bridge of daemon.networks.byId.values()) {
    const at = bridge.engineEndpoints.findIndex(({ sandbox }) => sandbox === ingressSandbox);
    if (at < 0) continue;
    daemon.touched?.networks.add(bridge);
    for (const endpoint of bridge.engineEndpoints.splice(at, 1)) release(daemon, bridge, endpoint);
  }
  if (!leaving) emitNodeUpdate(daemon, swarm);
}
