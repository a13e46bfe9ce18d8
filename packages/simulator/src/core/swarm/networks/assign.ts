// Assign and unassign: a task of the swarm holds a container's place on a network of the swarm, and mostly
// its address.

import { contains, parseIP } from "@dryharbor/kernel/host";
import { EngineError, engineError } from "@dryharbor/sdk/port";
import type { Container } from "../../containers/container.js";
import type { Daemon } from "../../daemon.js";
import type { Endpoint } from "../../endpoints/endpoint.js";
import { emitNetworkEvent } from "../../events/network.js";
import { addressPlace, releaseAddresses } from "../../ipam/ipam.js";
import { findContainerNetwork, networkIfAny } from "../../networks/find.js";
import type { Network } from "../../networks/network.js";
import { emitNodeUpdate } from "../events.js";
import { newSwarmId } from "../id.js";
import type { Swarm } from "../swarm.js";
import { nextAddress } from "./allocate.js";
import { instantiate, makeLocal } from "./instance.js";
import type { Allocation, SwarmNetwork } from "./swarm-network.js";

/**
 * Returns the network to which a container attaches. It may be a swarm's network that is not on this node
 * yet. Then it is made here, and the container gets an address, which `endpoint` requests from here on.
 *
 * @throws 400, 404, 409, 500
 */
export function networkToJoin(
  daemon: Daemon,
  container: Container,
  ref: string,
  endpoint: Endpoint,
): Network {
  const { swarm } = daemon;
  if (!swarm) return findContainerNetwork(daemon, ref);
  const here = networkIfAny(daemon, ref);
  if (here && here.scope !== "swarm") return here;
  if (here && container.endpoints.get(here.name)?.attachment) {
    throw engineError(409, `${container.name} is already attached to network ${here.name}`);
  }
  return assign(daemon, swarm, container, attachable(swarm, ref), endpoint);
}

/** Returns an attachable network by its whole id or name. @throws 500 */
function attachable(swarm: Swarm, ref: string): SwarmNetwork {
  const refuse = (code: string, why: string) =>
    engineError(500, `Could not attach to network ${ref}: rpc error: code = ${code} desc = network ${why}`);
  const named = [...swarm.networks.values()].find(({ name }) => name === ref);
  const network = swarm.networks.get(ref) ?? named;
  if (!network) throw refuse("NotFound", `${ref} not found`);
  if (!network.attachable) throw refuse("PermissionDenied", `${ref} not manually attachable`);
  return network;
}

/**
 * Makes the network on this node, adds a task for the container's place on it, and sets the address that the
 * endpoint requests. @throws 500
 */
function assign(
  daemon: Daemon,
  swarm: Swarm,
  container: Container,
  network: SwarmNetwork,
  endpoint: Endpoint,
): Network {
  if (network.driver !== "overlay") {
    const own = daemon.networks.byId.get(network.id) ?? makeLocal(daemon, network);
    addTask(daemon, swarm, container, own, []);
    endpoint.assigned = endpoint.ipamConfig === null;
    endpoint.ipamConfig ??= {};
    return own;
  }
  const { allocation } = network;
  const asked = endpoint.ipamConfig?.IPv4Address ?? "";
  if (!allocation) throw neverAllocated();
  const ipv4 = asked === "" ? nextAddress(allocation) : hold(allocation, asked);
  if (ipv4 === "") throw neverAllocated();
  // The address is held while the network is made. The join takes it.
  const release = () => releaseAddresses(daemon.release, allocation.pools, { ipv4, ipv6: "" });
  const instance = daemon.networks.byId.get(network.id) ?? makeHere(daemon, swarm, network, allocation);
  release();
  if (!instance) throw neverAllocated();
  addTask(daemon, swarm, container, instance, [`${ipv4}/${addressPlace(instance.pools, ipv4).prefixLength}`]);
  endpoint.assigned = asked === "";
  endpoint.ipamConfig = { IPv4Address: ipv4 };
  return instance;
}

/**
 * Makes the network on this node; `undefined` where no address is left for its load balancer, or no IPv6 subnet can be
 * had.
 */
function makeHere(
  daemon: Daemon,
  swarm: Swarm,
  network: SwarmNetwork,
  allocation: Allocation,
): Network | undefined {
  const ipv4 = nextAddress(allocation);
  if (ipv4 === "") return undefined;
  try {
    const instance = instantiate(daemon, network, ipv4);
    emitNodeUpdate(daemon, swarm);
    emitNetworkEvent(daemon, instance, "create");
    return instance;
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    releaseAddresses(daemon.release, allocation.pools, { ipv4, ipv6: "" });
    return undefined;
  }
}

/** Returns the error after the 20 seconds that the engine waits for an address that cannot be had. */
function neverAllocated(): Error {
  return engineError(
    500,
    "attaching to network failed, make sure your network options are correct and check manager logs: context deadline exceeded",
  );
}

/** Takes an address that is asked for. Returns it, or an empty text where it cannot be had. */
function hold({ pools }: Allocation, asked: string): string {
  const address = parseIP(asked);
  const pool = address && pools.v4.find(({ subnet }) => contains(subnet, address));
  return pool?.addresses.add(address!.value - pool.subnet.address.value) ? asked : "";
}

/** The number of changes that an attachment makes to a swarm until it is running. */
const changesOfAttachment = 6;

function addTask(
  daemon: Daemon,
  swarm: Swarm,
  container: Container,
  network: Network,
  addresses: readonly string[],
): void {
  swarm.index += changesOfAttachment;
  const now = daemon.clock.now();
  const id = newSwarmId(daemon.random);
  swarm.tasks.set(id, {
    id,
    version: swarm.index,
    created: now,
    updated: now,
    networkId: network.id,
    containerId: container.id,
    addresses,
  });
}

/**
 * Undoes an assignment: removes the task of a container that has left, and no longer requests its address.
 */
export function unassign(daemon: Daemon, container: Container, network: Network, endpoint: Endpoint): void {
  if (network.scope !== "swarm") return;
  if (endpoint.assigned) endpoint.ipamConfig = null;
  endpoint.assigned = false;
  const { swarm } = daemon;
  if (!swarm) return;
  for (const [id, task] of swarm.tasks) {
    if (task.containerId !== container.id || task.networkId !== network.id) continue;
    swarm.tasks.delete(id);
    swarm.index++;
  }
}
