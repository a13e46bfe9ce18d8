import { engineError } from "@dryharbor/sdk/port";
import { row, since26, since28 } from "./row.js";

/** What differs between releases in how requests are read and answered. Each row says where it was seen. */
export const requestsRows = {
  /** What stands before the words of Go's JSON decoder. Seen on all three (facts 1.1). */
  badJson: since26("", "invalid JSON: "),
  /** A wait for a condition that there is none of: 20.10 takes it for `not-running`. Seen on all three (facts 4.2). */
  refusesUnknownWaitCondition: since26(false, true),
  /** Whether the answer of a wait has an `Error` where nothing went wrong. Seen on all three (facts 4.2). */
  waitShowsNoError: since26(true, false),

  /** Logs say what type they are. Seen on all three. */
  tellsTypeOfLogs: since26(false, true),
  /** A terminal's height or width as a resize gives it. Seen on all three. */
  terminalSize: since28<(what: string, given: string) => number>(
    (_what, given) => {
      if (/^[+-]?\d+$/.test(given)) return Number(given);
      throw engineError(400, `strconv.Atoi: parsing ${JSON.stringify(given)}: invalid syntax`);
    },
    (what, given) => {
      const wrong = (why: string) =>
        engineError(400, `invalid resize ${what} ${JSON.stringify(given)}: ${why}`);
      if (!/^[+-]?\d+$/.test(given)) throw wrong("invalid syntax");
      if (Number(given) < 0 || Number(given) >= 2 ** 32) throw wrong("value out of range");
      return Number(given);
    },
  ),

  /** Errors are plain text for clients of API versions before this one; empty for none. Seen on all three (facts 6). */
  plainErrorsBefore: row("1.24", "", "1.24"),
};
