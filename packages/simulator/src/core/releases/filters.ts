import { row, since26 } from "./row.js";

/** How the values of a boolean filter are read together. */
export interface BooleanRules {
  /** `1` and `0` are accepted beside `true` and `false`. */
  readonly digits: boolean;
  /** A filter without values counts as true; otherwise it is refused. */
  readonly emptyIsTrue: boolean;
  /** `true` and `false` together count as true; otherwise they are refused. */
  readonly trueWins: boolean;
}

/** How boolean filters are read from 26.1 on. */
export const strictBooleans: BooleanRules = { digits: true, emptyIsTrue: false, trueWins: false };

/**
 * Differences between releases in the filters of lists and prunes. The comment of a boolean row describes
 * `true`. "Seen" names the filter that showed the difference.
 */
export const filtersRows = {
  /**
   * The message about a filter that the route does not know. Seen: `bogus` on network and container lists and
   * prunes.
   */
  unknownKey: since26(
    (key: string) => `Invalid filter '${key}'`,
    (key: string) => (key === "" ? "invalid filter" : `invalid filter '${key}'`),
  ),

  /**
   * How images' `dangling` and containers' `is-task` are read. Seen: `1`, `["true","false"]`, `["true","x"]`,
   * `[]`.
   */
  booleans: since26<BooleanRules>({ digits: false, emptyIsTrue: true, trueWins: true }, strictBooleans),

  /** A Go pattern may name groups by `(?<name>…)` as well as `(?P<name>…)`. Seen on all three. */
  namesGroupsWithoutP: since26(false, true),

  /** Status for a prune's `until` that cannot be parsed, or for two of them. Seen: `until=zz`. */
  badUntilStatus: row(500, 400, 400),
};
