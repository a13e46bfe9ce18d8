import type { Daemon } from "../daemon.js";
import type { Container } from "./container.js";

/** Tells the world what happened to a container: its labels, image and name go with it, and `extra`. */
export function emitContainerEvent(
  daemon: Daemon,
  container: Container,
  action: string,
  extra: Readonly<Record<string, string>> = {},
): void {
  daemon.touched?.containers.add(container);
  const { id, name, config } = container;
  const attributes: Record<string, string> = { ...extra, ...config.Labels };
  if (config.Image !== "") attributes.image = config.Image;
  attributes.name = name;
  daemon.events.emit({
    status: action,
    id,
    ...(config.Image !== "" && { from: config.Image }),
    Type: "container",
    Action: action,
    Actor: { ID: id, Attributes: attributes },
  });
}
