// Network create. The routes and the engine driver call it for `POST /networks/create`. `plan.ts` reads the
// request, `driver-network.ts` takes the pools and asks the driver, and `swarm/networks/` makes the swarm's
// networks.

import { engineError, type NetworkCreateRequest, type NetworkCreateResponse } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import { emitNetworkEvent } from "../events/network.js";
import { newId } from "../id.js";
import { unallocatedConfig } from "../ipam/ipam.js";
import { createSwarmNetwork, refuseSwarmName } from "../swarm/networks/create.js";
import { belongsToSwarm, checkDriver, driverNetwork } from "./driver-network.js";
import { type Network, newNetwork } from "./network.js";
import { checkConfiguration, type NetworkPlan, plannedProperties, readPlan } from "./plan.js";
import { predefinedNames } from "./predefined.js";

/**
 * `POST /networks/create`. Makes its checks in the engine's order, so that of several mistakes it reports the
 * one that the engine reports.
 *
 * @param apiVersion the client's API version; `undefined` for the engine's newest
 * @throws 400, 403, 404, 409, 500
 */
export function createNetwork(
  daemon: Daemon,
  request: NetworkCreateRequest,
  apiVersion?: string,
): NetworkCreateResponse {
  const { swarm } = daemon;
  if (swarm) refuseSwarmName(swarm, request.Name);
  if (predefinedNames.includes(request.Name)) {
    throw engineError(403, `operation is not permitted on predefined ${request.Name} network `);
  }
  const { allowsDuplicateNames } = daemon.release.networks;
  const warning = allowsDuplicateNames ? duplicateWarning(daemon, request) : "";
  const plan = readPlan(daemon, request, apiVersion);
  if (plan.name.trim() === "") {
    const { status, message } = daemon.release.networks.nameless;
    throw engineError(status, message(plan.name));
  }
  if (!allowsDuplicateNames && daemon.networks.named(plan.name).length > 0) throw duplicate(plan.name);
  checkConfiguration(daemon, plan);
  const checked = plan.configOnly ? plan : checkDriver(daemon, plan);
  if (swarm && belongsToSwarm(checked)) {
    return createSwarmNetwork(daemon, swarm, checked, request);
  }
  const network = plan.configOnly ? configurationNetwork(daemon, plan) : driverNetwork(daemon, checked);
  daemon.networks.add(network);
  emitNetworkEvent(daemon, network, "create");
  return { Id: network.id, Warning: warning };
}

function duplicate(name: string): Error {
  return engineError(409, `network with name ${name} already exists`);
}

/**
 * Returns the warning about a name in use. An empty name counts as `bridge` here. Seen on 20.10 with
 * CheckDuplicate.
 */
function duplicateWarning(daemon: Daemon, { Name, CheckDuplicate }: NetworkCreateRequest): string {
  const [other] = daemon.networks.named(Name || "bridge");
  if (!other) return "";
  if (CheckDuplicate) throw duplicate(Name);
  return `Network with name ${other.name} (id : ${other.id}) already exists`;
}

/**
 * Makes a configuration network. It takes no pools, and its driver is always `null`, whatever the request
 * says.
 */
function configurationNetwork(daemon: Daemon, plan: NetworkPlan): Network {
  return newNetwork({
    ...plannedProperties(daemon, plan, newId(daemon.random)),
    driver: "null",
    ipam: {
      Driver: plan.ipamDriver,
      Options: plan.ipamOptions,
      Config: unallocatedConfig(daemon.release, plan.ipam),
    },
    interfaceNumber: 0,
    pools: { v4: [], v6: [] },
  });
}
