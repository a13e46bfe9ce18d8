import { row, since26 } from "./row.js";

/** What differs between releases in health checks. Each row says where it was seen. */
export const healthRows = {
  /** Nanoseconds between checks while the container starts. moby daemon/health.go; seen on all three. */
  startInterval: row<(given: number, interval: number) => number>(
    (_, interval) => interval,
    (given, interval) => given || interval,
    (given) => given || 5_000_000_000,
  ),
  /** A check that took too long shows what it had said. Seen on all three. */
  timeoutShowsOutput: since26(false, true),
};
