import type { Container } from "../containers/container.js";
import type { Daemon } from "../daemon.js";

/** Returns the containers that were created from an image. */
export function containersOf(daemon: Daemon, id: string): Container[] {
  return [...daemon.containers.byId.values()].filter(({ image }) => image?.id === id);
}
