import { since28 } from "./row.js";

/** Differences between releases in events. The comment of a boolean row describes `true`. */
export const eventsRows = {
  /** How many `disconnect` events a network emits when a running container leaves it. Seen: events. */
  disconnectEvents: since28(2, 1),

  /** A network emits `disconnect` for a container that does not run. Seen: events. */
  tellsStoppedDisconnect: since28(true, false),
};
