// The lines of way faults: how late a packet is, and whether it gets lost.

import type { Line, Time } from "@dryharbor/kernel/host";
import type { WayFault } from "../fault.js";

/** What a line needs from around it. */
export interface LineAround {
  readonly time: Time;
  /** Returns a number from 0 up to, but not including, 1. */
  chance(): number;
  /** Counts a packet, and whether the fault did anything to it. */
  count(isStruck: boolean): void;
}

/** Makes the line of a fault in one direction. */
export function lineOf(
  { partition, loss = 0, latency = 0, jitter = 0, bandwidth = Number.POSITIVE_INFINITY }: WayFault,
  { time, chance, count }: LineAround,
): Line {
  const lost = partition ? 1 : loss;
  /** Until when the line is busy with what was sent before, in nanoseconds. */
  let busyUntil = 0n;
  return {
    isCut: lost === 1,
    pass(bytes) {
      const isLost = lost === 1 || (lost > 0 && chance() < lost);
      if (isLost) {
        count(true);
        return undefined;
      }
      const now = time.now();
      const begins = busyUntil > now ? busyUntil : now;
      busyUntil = begins + BigInt(Math.round((bytes / bandwidth) * 1e9));
      const varies = jitter === 0 ? 0 : (chance() * 2 - 1) * jitter;
      const after = Number(busyUntil - now) / 1e6 + latency + varies;
      count(after > 0);
      return after;
    },
  };
}

/** Makes one line of several that a packet passes one after the other. */
export function joined(lines: readonly Line[]): Line | undefined {
  if (lines.length < 2) return lines[0];
  return {
    isCut: lines.some(({ isCut }) => isCut),
    pass(bytes) {
      let after = 0;
      for (const line of lines) {
        const own = line.pass(bytes);
        if (own === undefined) return undefined;
        after += own;
      }
      return after;
    },
  };
}
