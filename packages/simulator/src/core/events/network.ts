import type { Container } from "../containers/container.js";
import type { Daemon } from "../daemon.js";
import type { Network } from "../networks/network.js";

/** Emits an event of a network; `connect` and `disconnect` name the container. */
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
