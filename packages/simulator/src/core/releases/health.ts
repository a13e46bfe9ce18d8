import { since26, since28 } from "./row.js";

/** Differences between releases in health checks. The comment of a boolean row describes `true`. */
export const healthRows = {
  /** `StartInterval` is read. Read in moby daemon/health.go; seen on all three. */
  readsStartInterval: since26(false, true),
  /**
   * Default time between checks while the container starts, in nanoseconds; `undefined` for the usual
   * interval. Seen on all three.
   */
  usualStartInterval: since28<number | undefined>(undefined, 5_000_000_000),
  /** The log of a check that timed out shows what the check had printed. Seen on all three. */
  timeoutShowsOutput: since26(false, true),
};
