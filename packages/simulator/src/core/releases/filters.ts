import { row, since26 } from "./row.js";

/** What the values of a filter that is true or false mean together. */
export interface BooleanRules {
  /** `1` and `0` are taken, too. */
  readonly digits: boolean;
  /** No value at all is true; otherwise it is refused. */
  readonly emptyIsTrue: boolean;
  /** Both at once are true; otherwise they are refused. */
  readonly trueWins: boolean;
}

/** How a filter that is true or false is read from 26.1 on. */
export const strictBooleans: BooleanRules = { digits: true, emptyIsTrue: false, trueWins: false };

/** What differs between releases in the filters of lists and prunes. Each row says where it was seen. */
export const filtersRows = {
  /** A filter that the route does not know. Seen: `bogus` on network and container lists and prunes. */
  unknownKey: since26(
    (key: string) => `Invalid filter '${key}'`,
    (key: string) => (key === "" ? "invalid filter" : `invalid filter '${key}'`),
  ),

  /** Images' `dangling` and containers' `is-task`. Seen: `1`, `["true","false"]`, `["true","x"]`, `[]`. */
  booleans: since26<BooleanRules>({ digits: false, emptyIsTrue: true, trueWins: true }, strictBooleans),

  /** Go takes `(?<name>…)` in a pattern as well as `(?P<name>…)`. Seen on all three. */
  namesGroupsWithoutP: since26(false, true),

  /** A prune's `until` that cannot be read, or two of them. Seen: `until=zz`. */
  badUntilStatus: row(500, 400, 400),
};
