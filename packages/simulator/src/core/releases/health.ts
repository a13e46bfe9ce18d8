import { since26, since28 } from "./row.js";

/** What differs between releases in health checks. Each row says where it was seen. */
export const healthRows = {
  /** `StartInterval` is read. moby daemon/health.go; seen on all three. */
  readsStartInterval: since26(false, true),
  /** Nanoseconds between checks while the container starts, where none are given; `undefined`: as later. Seen on all three. */
  usualStartInterval: since28<number | undefined>(undefined, 5_000_000_000),
  /** A check that took too long shows what it had said. Seen on all three. */
  timeoutShowsOutput: since26(false, true),
};
