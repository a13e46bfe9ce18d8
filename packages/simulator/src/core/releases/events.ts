import { since28 } from "./row.js";

/** What differs between releases in events. Each row says where it was seen. */
export const eventsRows = {
  /** How often a network tells that a running container was disconnected. Seen: events. */
  disconnectEvents: since28(2, 1),

  /** A network tells that a container which does not run was disconnected. Seen: events. */
  tellsStoppedDisconnect: since28(true, false),
};
