import { row, since26 } from "./row.js";

/** What differs between releases in the filters of lists and prunes. Each row says where it was seen. */
export const filtersRows = {
  /** A filter that the route does not know. Seen: `bogus` on network and container lists and prunes. */
  unknownKey: since26(
    (key: string) => `Invalid filter '${key}'`,
    (key: string) => `invalid filter '${key}'`,
  ),

  /** A prune's `until` that cannot be read, or two of them. Seen: `until=zz`. */
  badUntilStatus: row(500, 400, 400),
};
