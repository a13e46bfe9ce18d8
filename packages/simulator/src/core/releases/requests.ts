import { row, since26 } from "./row.js";

/** What differs between releases in how requests are read and answered. Each row says where it was seen. */
export const requestsRows = {
  /** What stands before the words of Go's JSON decoder. Seen on all three (facts 1.1). */
  badJson: since26("", "invalid JSON: "),
  /** A wait for a condition that there is none of: 20.10 takes it for `not-running`. Seen on all three (facts 4.2). */
  refusesUnknownWaitCondition: since26(false, true),
  /** Whether the answer of a wait has an `Error` where nothing went wrong. Seen on all three (facts 4.2). */
  waitShowsNoError: since26(true, false),

  /** Errors are plain text for clients of API versions before this one; empty for none. Seen on all three (facts 6). */
  plainErrorsBefore: row("1.24", "", "1.24"),
};
