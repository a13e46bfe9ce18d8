// The engine's clock, and the forms in which the API writes a time. Times are nanoseconds since 1970 as a
// `bigint`.

import type { Clock } from "@dryharbor/kernel/host";

/** A clock that never gives the same time twice. */
export interface TickingClock extends Clock {
  /** The time that it gave last, in nanoseconds. */
  readonly last: bigint;
}

/**
 * Makes a clock strictly increasing, so that no two things happen at the same time and the order by time is
 * the order in which things happened.
 *
 * @param last the time that an earlier clock gave last, in nanoseconds; from a snapshot
 */
export function ticking(clock: Clock, last = 0n): TickingClock {
  return {
    now() {
      const now = clock.now();
      last = now > last ? now : last + 1n;
      return last;
    },
    get last() {
      return last;
    },
  };
}

const zeroTime = "0001-01-01T00:00:00Z";

/**
 * Formats a time in RFC 3339 as Go does: nanoseconds without trailing zeros. 0 is Go's zero time, in the year
 * 1.
 */
export function formatTime(nanoseconds: bigint): string {
  if (nanoseconds === 0n) return zeroTime;
  const seconds = secondsOf(nanoseconds);
  const fraction = String(nanoseconds % 1_000_000_000n)
    .padStart(9, "0")
    .replace(/0+$/, "");
  return fraction ? `${seconds}.${fraction}Z` : `${seconds}Z`;
}

/** Formats a time in RFC 3339 with all nine digits of the nanoseconds, as logs have it. */
export function formatFixedTime(nanoseconds: bigint): string {
  const seconds = secondsOf(nanoseconds);
  return `${seconds}.${String(nanoseconds % 1_000_000_000n).padStart(9, "0")}Z`;
}

// The last second is remembered: often the same one is shown again.
let lastSecond = -1;
let lastText = "";

function secondsOf(nanoseconds: bigint): string {
  const second = unixSeconds(nanoseconds);
  if (second !== lastSecond) {
    lastSecond = second;
    lastText = new Date(second * 1000).toISOString().slice(0, 19);
  }
  return lastText;
}

/** Converts nanoseconds to whole seconds since 1970. */
export function unixSeconds(nanoseconds: bigint): number {
  return Number(nanoseconds / 1_000_000_000n);
}
