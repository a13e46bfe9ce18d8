import type { Daemon } from "../daemon.js";

/**
 * Tells the world that a prune is over, whether or not it found anything.
 *
 * @param reclaimed bytes
 */
export function emitPruneEvent(
  daemon: Daemon,
  type: "builder" | "container" | "image" | "network" | "volume",
  reclaimed = 0,
): void {
  daemon.events.emit(() => ({
    ...(type === "container" || type === "image" ? { status: "prune" } : {}),
    Type: type,
    Action: "prune",
    Actor: { ID: "", Attributes: { reclaimed: String(reclaimed) } },
  }));
}
