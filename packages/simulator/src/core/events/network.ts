import type { Container } from "../containers/container.js";
import type { Daemon } from "../daemon.js";
import type { Network } from "../networks/network.js";

/** Tells the world what happened to a network and, for `connect` and `disconnect`, to which container. */
export function emitNetworkEvent(
  daemon: Daemon,
  network: Network,
  action: "create" | "connect" | "disconnect" | "destroy",
  container?: Container,
): void {
  daemon.touched?.networks.add(network);
  if (container) daemon.touched?.containers.add(container);
  const { id, name, driver } = network;
  daemon.events.emit(() => ({
    Type: "network",
    Action: action,
    Actor: {
      ID: id,
      Attributes: { ...(container && { container: container.id }), name, type: driver },
    },
  }));
}
