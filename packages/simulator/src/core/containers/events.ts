import type { Daemon } from "../daemon.js";
import type { Container } from "./container.js";

/**
 * Emits an event about a container. Its attributes are the container's labels, image and name, and `extra`.
 */
export function emitContainerEvent(
  daemon: Daemon,
  container: Container,
  action: string,
  extra: Readonly<Record<string, string>> = {},
): void {
  daemon.touched?.containers.add(container);
  const { id, name, config } = container;
  const { Image: image, Labels } = config;
  daemon.events.emit(() => ({
    status: action,
    id,
    ...(image !== "" && { from: image }),
    Type: "container",
    Action: action,
    Actor: { ID: id, Attributes: { ...extra, ...Labels, ...(image !== "" && { image }), name } },
  }));
}
