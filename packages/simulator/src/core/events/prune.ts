import type { Daemon } from "../daemon.js";

/**
 * Emits the event of a prune, even if it removed nothing.
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
