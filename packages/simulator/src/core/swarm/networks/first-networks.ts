import type { Daemon } from "../../daemon.js";
import { newSwarmId } from "../id.js";
import type { Swarm } from "../swarm.js";
import { allocate } from "./allocate.js";
import type { SwarmNetwork } from "./swarm-network.js";

/** The label of networks that stand for a node's own. */
const predefinedLabel = "com.docker.swarm.predefined";

/** Adds the networks that every swarm begins with. They emit no events. */
export function addFirstNetworks(daemon: Daemon, swarm: Swarm): void {
  for (const first of [
    { name: "ingress", driver: "overlay", ingress: true, predefined: false },
    { name: "bridge", driver: "bridge", ingress: false, predefined: true },
    { name: "host", driver: "host", ingress: false, predefined: true },
  ]) {
    const now = daemon.clock.now();
    const network: SwarmNetwork = {
      ...first,
      id: newSwarmId(daemon.random),
      version: ++swarm.index,
      created: now,
      updated: now,
      enableIPv6: false,
      ipamDriver: "default",
      ipamOptions: null,
      ipamAsked: false,
      ipam: { v4: [], v6: [] },
      subnets: [],
      internal: false,
      attachable: false,
      configFrom: "",
      options: {},
      labels: first.predefined ? { [predefinedLabel]: "true" } : {},
      allocation: null,
    };
    swarm.networks.set(network.id, network);
    allocate(daemon, swarm, network, { silent: true });
  }
}
