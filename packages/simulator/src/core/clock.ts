import type { Clock } from "@dryharbor/kernel/host";

/** A clock that never says the same twice. */
export interface TickingClock extends Clock {
  /** What it said last. */
  readonly last: bigint;
}

/**
 * `clock`, made strictly increasing, so that no two things happen at once and order by time is order of happening.
 *
 * @param last what it said last, where it goes on from a snapshot
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

/** RFC 3339 with nanoseconds as Go writes it: trailing zeros dropped. 0 is Go's zero time. */
export function formatTime(nanoseconds: bigint): string {
  if (nanoseconds === 0n) return zeroTime;
  const seconds = secondsOf(nanoseconds);
  const fraction = String(nanoseconds % 1_000_000_000n)
    .padStart(9, "0")
    .replace(/0+$/, "");
  return fraction ? `${seconds}.${fraction}Z` : `${seconds}Z`;
}

/** RFC 3339 with all nine digits, as logs have it. */
export function formatFixedTime(nanoseconds: bigint): string {
  const seconds = secondsOf(nanoseconds);
  return `${seconds}.${String(nanoseconds % 1_000_000_000n).padStart(9, "0")}Z`;
}

// Often the same is shown again.
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

/** Whole Unix seconds. */
export function unixSeconds(nanoseconds: bigint): number {
  return Number(nanoseconds / 1_000_000_000n);
}
