import { engineError } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import { disconnectEndpoint } from "../endpoints/disconnect.js";
import { dropInstances } from "./networks/instance.js";

/**
 * Answers `POST /swarm/leave`: disconnects containers from the swarm's networks and drops the swarm. @throws
 * 503
 */
export function leaveSwarm(daemon: Daemon, { force }: { readonly force: boolean }): void {
  const { swarm } = daemon;
  if (!swarm) throw engineError(503, "This node is not part of a swarm");
  if (!force) {
    throw engineError(
      503,
      "You are attempting to leave the swarm on a node that is participating as a manager. Removing the last manager erases all current state of the swarm. Use `--force` to ignore this message. ",
    );
  }
  for (const { id } of swarm.networks.values()) {
    const instance = daemon.networks.byId.get(id);
    for (const attachment of [...(instance?.attached.values() ?? [])]) disconnectEndpoint(daemon, attachment);
  }
  dropInstances(daemon, swarm);
  daemon.swarm = null;
}
