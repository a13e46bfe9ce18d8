import { contains, parseCIDR, parseIP } from "@dryharbor/kernel/host";
import { engineError, type NetworkCreateRequest, type NetworkCreateResponse } from "@dryharbor/sdk/port";
import type { Daemon } from "../../daemon.js";
import { sortedByKey } from "../../go-order.js";
import type { NetworkPlan } from "../../networks/plan.js";
import { emitSwarmEvent } from "../events.js";
import { newSwarmId } from "../id.js";
import { checkComponentName, invalid } from "../invalid.js";
import type { Swarm } from "../swarm.js";
import { allocate } from "./allocate.js";
import type { SwarmNetwork } from "./swarm-network.js";

/** Drivers that a swarm knows without plugins. */
const knownDrivers: readonly string[] = ["bridge", "host", "ipvlan", "macvlan", "overlay"];

/**
 * Refuses a name that exists in the swarm, even if the release allows duplicates on an engine. @throws 409
 */
export function refuseSwarmName(swarm: Swarm, name: string): void {
  for (const other of swarm.networks.values()) {
    if (other.name === name) throw engineError(409, `network with name ${name} already exists`);
  }
}

/**
 * Creates a network of the swarm. The engine has made its own checks by then.
 *
 * @param request has what the plan has normalized: the driver's name as given, and the order of subnets
 * @throws 400, 403, 409
 */
export function createSwarmNetwork(
  daemon: Daemon,
  swarm: Swarm,
  plan: NetworkPlan,
  { Driver, IPAM }: NetworkCreateRequest,
): NetworkCreateResponse {
  if (!plan.enableIPv4 && daemon.release.swarm.refusesWithoutIPv4) {
    throw engineError(400, "IPv4 cannot be disabled in a Swarm scoped network");
  }
  checkSpec(swarm, plan, Driver ?? "");
  const now = daemon.clock.now();
  const network: SwarmNetwork = {
    id: newSwarmId(daemon.random),
    version: ++swarm.index,
    created: now,
    updated: now,
    name: plan.name,
    driver: plan.driver,
    enableIPv6: plan.enableIPv6,
    ipamDriver: plan.ipamDriver,
    ipamOptions: plan.ipamOptions,
    ipamAsked: (IPAM ?? null) !== null,
    ipam: plan.ipam,
    subnets: (IPAM?.Config ?? []).map(({ Subnet = "" }) => Subnet),
    internal: plan.internal,
    attachable: plan.attachable,
    ingress: plan.ingress,
    configFrom: plan.configFrom,
    options: plan.options,
    labels: sortedByKey(plan.labels),
    predefined: false,
    allocation: null,
  };
  swarm.networks.set(network.id, network);
  emitSwarmEvent(daemon, "network", "create", network.id, { name: network.name });
  allocate(daemon, swarm, network);
  return { Id: network.id, Warning: "" };
}

/** Makes swarmkit's checks, in its order. */
function checkSpec(swarm: Swarm, plan: NetworkPlan, askedDriver: string): void {
  if (plan.ingress && plan.attachable) throw invalid("ingress network cannot be attachable");
  checkComponentName(plan.name);
  checkDriver(askedDriver);
  if (plan.ipamDriver !== "default") throw invalid(`error during lookup of plugin ${plan.ipamDriver}`);
  for (const { Subnet = "", IPRange, Gateway } of [...plan.ipam.v4, ...plan.ipam.v6]) {
    checkSubnet(Subnet, IPRange ?? "", Gateway ?? "");
  }
  const networks = [...swarm.networks.values()];
  const ingress = networks.find((network) => network.ingress);
  if (plan.ingress && ingress) {
    throw engineError(
      409,
      `rpc error: code = AlreadyExists desc = ingress network (${ingress.id}) is already present`,
    );
  }
  // Names that differ only in case conflict.
  if (networks.some(({ name }) => name.toLowerCase() === plan.name.toLowerCase())) {
    throw engineError(500, "rpc error: code = Unknown desc = name conflicts with an existing object");
  }
}

function checkDriver(name: string): void {
  if (name === "") throw invalid("driver name: if driver is specified name is required");
  if (!knownDrivers.includes(name)) throw invalid(`error during lookup of plugin ${name}`);
}

function checkSubnet(subnetText: string, range: string, gateway: string): void {
  const fail = (why: string) => invalid(`ipam configuration: ${why}`);
  const subnet = parseCIDR(subnetText);
  if (!subnet) throw fail(`invalid subnet ${subnetText}`);
  if (range !== "") {
    const parsed = parseCIDR(range);
    if (!parsed) throw fail(`invalid range ${range}`);
    if (!contains(subnet, parsed.address)) throw fail(`subnet ${subnetText} does not contain range ${range}`);
  }
  if (gateway !== "") {
    const parsed = parseIP(gateway);
    if (!parsed) throw fail(`invalid gateway ${gateway}`);
    if (!contains(subnet, parsed)) throw fail(`subnet ${subnetText} does not contain gateway ${gateway}`);
  }
}
