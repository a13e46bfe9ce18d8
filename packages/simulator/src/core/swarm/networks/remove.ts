import { engineError } from "@dryharbor/sdk/port";
import type { Daemon } from "../../daemon.js";
import { emitSwarmEvent } from "../events.js";
import type { Swarm } from "../swarm.js";
import { deallocate } from "./allocate.js";
import { stopIngress } from "./instance.js";
import type { SwarmNetwork } from "./swarm-network.js";

/** Removes a network of the swarm. @throws 400 if something is attached to it */
export function removeSwarmNetwork(daemon: Daemon, swarm: Swarm, network: SwarmNetwork): void {
  for (const { id, networkId } of swarm.tasks.values()) {
    if (networkId !== network.id) continue;
    throw engineError(
      400,
      `rpc error: code = FailedPrecondition desc = network ${network.id} is in use by task ${id}`,
    );
  }
  swarm.networks.delete(network.id);
  swarm.index++;
  emitSwarmEvent(daemon, "network", "remove", network.id, { name: network.name });
  if (network.ingress) stopIngress(daemon, swarm, network);
  deallocate(daemon, swarm, network);
}
