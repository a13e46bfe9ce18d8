import type { Container } from "../containers/container.js";
import type { Daemon } from "../daemon.js";

/** The containers that were made of an image. */
export function containersOf(daemon: Daemon, id: string): Container[] {
  return [...daemon.containers.byId.values()].filter(({ image }) => image?.id === id);
}
