import { row, since26 } from "./row.js";

/** What differs between releases in the filters of lists and prunes. Each row says where it was seen. */
export const filtersRows = {
  /** A filter that the route does not know. Seen: `bogus` on network and container lists and prunes. */
  unknownKey: since26(
    (key: string) => `Invalid filter '${key}'`,
    (key: string) => (key === "" ? "invalid filter" : `invalid filter '${key}'`),
  ),

  /**
   * What the values of a filter that is true or false mean together; `undefined` for a refusal.
   * Seen of images' `dangling` and containers' `is-task`: `1`, `["true","false"]`, `["true","x"]`, `[]`.
   */
  yesOrNo: since26(
    (values: readonly string[]): boolean | undefined => {
      if (values.length === 0 || values.includes("true")) return true;
      return values.includes("false") ? false : undefined;
    },
    (values: readonly string[]): boolean | undefined => {
      const yes = values.includes("true") || values.includes("1");
      const no = values.includes("false") || values.includes("0");
      return yes === no ? undefined : yes;
    },
  ),

  /** Go takes `(?<name>…)` in a pattern as well as `(?P<name>…)`. Seen on all three. */
  namesGroupsWithoutP: since26(false, true),

  /** A prune's `until` that cannot be read, or two of them. Seen: `until=zz`. */
  badUntilStatus: row(500, 400, 400),
};
