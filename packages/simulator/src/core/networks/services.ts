import type { NetworkService, NetworkTask } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import { nameOfEndpoint } from "../endpoints/endpoint.js";
import type { Network } from "./network.js";

/**
 * Shows the attached endpoints of a swarm's network by service, as a verbose inspect does. Containers belong
 * to no service and come under the empty name. Returns `undefined` when nothing is attached.
 */
export function showServices(daemon: Daemon, network: Network): Record<string, NetworkService> | undefined {
  const { swarm, release } = daemon;
  if (!swarm || network.driver !== "overlay") return undefined;
  const task = (Name: string, EndpointID: string, EndpointIP: string): NetworkTask => ({
    Name,
    EndpointID,
    EndpointIP,
    Info: { "Host IP": swarm.node.address },
  });
  const tasks = [...network.attached.values()].map((one) => task(nameOfEndpoint(one), one.id, one.ipv4));
  if (network.ingress && release.swarm.ingressIsTask) {
    tasks.push(...network.engineEndpoints.map(({ name, id, ipv4 }) => task(name, id, ipv4)));
  }
  if (tasks.length === 0) return undefined;
  tasks.sort((one, other) => (one.EndpointID < other.EndpointID ? -1 : 1));
  return { "": { VIP: release.swarm.noVirtualAddress, Ports: [], LocalLBIndex: 0, Tasks: tasks } };
}
