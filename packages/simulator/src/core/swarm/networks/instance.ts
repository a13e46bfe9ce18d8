import type { Daemon } from "../../daemon.js";
import type { EngineEndpoint } from "../../endpoints/engine-endpoint.js";
import { emitNetworkEvent } from "../../events/network.js";
import { newId } from "../../id.js";
import {
  allocateAddresses,
  allocatePools,
  endpointMac,
  macFromIPv4,
  type NetworkPools,
  releaseAddresses,
  releasePools,
} from "../../ipam/ipam.js";
import { checkDriver, driverNetwork } from "../../networks/driver-network.js";
import { type Network, newNetwork } from "../../networks/network.js";
import { emitNodeUpdate } from "../events.js";
import type { Swarm } from "../swarm.js";
import { nextAddress } from "./allocate.js";
import { gatewayBridge } from "./gateway-bridge.js";
import { allocatedOptions, shownIpamOptions } from "./show.js";
import type { Allocation, SwarmNetwork } from "./swarm-network.js";

// Instances: a swarm's network exists on this node while something is attached to it.

/** The sandbox of the load balancer behind the published ports of all nodes. */
const ingressSandbox = "ingress-sbox";

/**
 * Makes a network of the swarm on this node, with a load balancer of this address on it. Where the swarm enables IPv6
 * and has no subnet for it, the node takes one of its own.
 *
 * @throws where the release picks no IPv6 subnets
 */
export function instantiate(daemon: Daemon, network: SwarmNetwork, ipv4: string): Network {
  const allocation = network.allocation as Allocation;
  const own = allocatePools(daemon.ipam, {
    networkName: network.name,
    scope: "local",
    ipamDriver: "default",
    enableIPv4: false,
    enableIPv6: network.enableIPv6 && allocation.pools.v6.length === 0,
    config: { v4: [], v6: [] },
  });
  const instance = newNetwork({
    id: network.id,
    name: network.name,
    created: daemon.clock.now(),
    driver: network.driver,
    scope: "swarm",
    enableIPv4: true,
    enableIPv6: network.enableIPv6,
    ipam: {
      Driver: network.ipamDriver,
      Options: shownIpamOptions(network),
      Config: [...allocation.shown, ...(own.shown ?? [])],
    },
    interfaceNumber: 0,
    internal: network.internal,
    attachable: network.attachable,
    ingress: network.ingress,
    configOnly: false,
    configFrom: network.configFrom,
    options: allocatedOptions(network),
    labels: { ...network.labels },
    predefined: false,
    pools: instancePools(allocation, own.pools.v6),
  });
  const sandbox = network.ingress ? ingressSandbox : `lb-${network.name}`;
  const { ipv6 } = allocateAddresses(daemon.release, { ...instance, pools: own.pools }, null);
  instance.engineEndpoints.push({
    sandbox,
    name: `${network.name}-endpoint`,
    id: newId(daemon.random),
    mac: macFromIPv4(ipv4),
    ipv4,
    ...(ipv6 && { ipv6 }),
  });
  daemon.networks.add(instance);
  daemon.touched?.networks.add(instance);
  return instance;
}

/**
 * Makes a network whose driver is local to each node. The node creates it as its own, with its own subnets;
 * those that the swarm was asked for count for nothing.
 */
export function makeLocal(daemon: Daemon, network: SwarmNetwork): Network {
  const { id, options, labels } = network;
  const plan = checkDriver(daemon, {
    ...network,
    scope: "",
    enableIPv4: true,
    configOnly: false,
    options: { ...options },
    labels: { ...labels },
    ipam: { v4: [], v6: [] },
    ipamOptions: null,
  });
  const instance = newNetwork({ ...driverNetwork(daemon, plan), id, scope: "swarm" });
  daemon.networks.add(instance);
  emitNetworkEvent(daemon, instance, "create");
  return instance;
}

/**
 * Returns the allocated pools, and the node's own of IPv6. The engine treats the subnets of the former as requested,
 * not as automatic.
 */
export function instancePools({ pools }: Allocation, own: NetworkPools["v6"]): NetworkPools {
  const given = (family: "v4" | "v6") => pools[family].map((pool) => ({ ...pool, automatic: false }));
  return { v4: given("v4"), v6: [...given("v6"), ...own] };
}

/** Removes the swarm's networks to which nothing is attached from this node. */
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

/** Removes all networks of the swarm from this node; nothing is attached any more. */
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
  daemon.interfaces.free(instance.interfaceNumber);
  daemon.touched?.networks.add(instance);
  for (const endpoint of instance.engineEndpoints) release(daemon, instance, endpoint);
  const { driver, pools } = instance;
  // Of an overlay network, the node has picked none but the subnet of IPv6.
  const own = driver === "overlay" ? { v4: [], v6: pools.v6.filter(({ automatic }) => automatic) } : pools;
  releasePools(daemon.ipam, "local", own);
}

function release(daemon: Daemon, network: Network, { ipv4, ipv6 = "" }: EngineEndpoint): void {
  releaseAddresses(daemon.release, network.pools, { ipv4, ipv6 });
}

/**
 * Makes the ingress network, through which published ports of services come in. Its load balancer reaches the
 * host over the gateway bridge.
 */
export function startIngress(daemon: Daemon, swarm: Swarm): void {
  const ingress = [...swarm.networks.values()].find((network) => network.ingress && network.allocation);
  if (!ingress) return;
  const instance = instantiate(daemon, ingress, nextAddress(ingress.allocation as Allocation));
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

/** Removes the ingress network. The only event is an update of the node, unless the whole swarm goes. */
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
