import { type Clock, systemClock } from "./clock.js";

/** Where processes take time from: what hour it is, and how to be woken. */
export interface Time extends Clock {
  /**
   * Calls `callback` once, after so many milliseconds, unless the returned function is called before.
   * `Infinity` is never. Whoever waits so does not keep a Node process alive.
   */
  after(milliseconds: number, callback: () => void): () => void;
}

/** setTimeout takes no more than this. */
const longest = 2 ** 31 - 1;

/** The machine's own time. */
export const systemTime: Time = {
  ...systemClock,
  after: (milliseconds, callback) =>
    milliseconds <= longest ? afterOne(milliseconds, callback) : afterSeveral(milliseconds, callback),
};

function afterOne(milliseconds: number, callback: () => void): () => void {
  const timer = unheld(setTimeout(callback, milliseconds));
  return () => clearTimeout(timer);
}

function afterSeveral(milliseconds: number, callback: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wait = (left: number): void => {
    const step = Math.min(left, longest);
    timer = unheld(setTimeout(() => (left > step ? wait(left - step) : callback()), step));
  };
  if (milliseconds !== Number.POSITIVE_INFINITY) wait(milliseconds);
  return () => clearTimeout(timer);
}

/** Node keeps a process alive for a timer; a simulated `sleep 1000000` is no reason to. */
function unheld<T>(timer: T): T {
  (timer as { unref?(): void }).unref?.();
  return timer;
}

/** Time that passes only when it is told to. */
export interface VirtualTime extends Time {
  /**
   * Lets so many milliseconds pass: wakes, in order, everybody whose time comes, and lets what they
   * do run until it waits again.
   */
  advance(milliseconds: number): Promise<void>;
}

/**
 * Time for tests: stands still until {@link VirtualTime.advance}, so that a process that sleeps for a day is over in
 * no time.
 *
 * @param start nanoseconds since 1970; default 2024-01-01T00:00:00Z
 *
 * @example
 * const time = virtualTime();
 * time.after(86_400_000, () => console.log("a day has passed"));
 * await time.advance(86_400_000);
 */
export function virtualTime(start = 1_704_067_200_000_000_000n): VirtualTime {
  let now = start;
  let sequence = 0;
  const waiting = new Set<{ readonly at: bigint; readonly order: number; readonly callback: () => void }>();

  return {
    now: () => now,
    after(milliseconds, callback) {
      if (milliseconds === Number.POSITIVE_INFINITY) return () => {};
      const at = now + BigInt(Math.max(0, Math.round(milliseconds * 1e6)));
      const entry = { at, order: sequence++, callback };
      waiting.add(entry);
      return () => waiting.delete(entry);
    },
    async advance(milliseconds) {
      const until = now + BigInt(Math.max(0, Math.round(milliseconds * 1e6)));
      await settled();
      for (;;) {
        let next: { at: bigint; order: number; callback: () => void } | undefined;
        for (const entry of waiting) {
          if (entry.at > until) continue;
          if (!next || entry.at < next.at || (entry.at === next.at && entry.order < next.order)) next = entry;
        }
        if (!next) break;
        waiting.delete(next);
        if (next.at > now) now = next.at;
        next.callback();
        await settled();
      }
      now = until;
    },
  };
}

/** Resolves when the promises that are under way have run as far as they can. */
function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
