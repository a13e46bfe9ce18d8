// Time with timers: the machine's own, and one for tests that a test advances by hand. Processes take all
// their waiting from a `Time`, so a test decides how fast it passes.
import { type Clock, systemClock } from "./clock.js";

/** A clock with timers: the source of time for processes. */
export interface Time extends Clock {
  /**
   * Calls `callback` once, after this many milliseconds. The returned function cancels the timer. `Infinity`
   * means never. The timer does not keep a Node process alive.
   */
  after(milliseconds: number, callback: () => void): () => void;
}

/** The longest delay that `setTimeout` accepts, in milliseconds. */
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

/** Lets Node exit although the timer is still running: a simulated `sleep 1000000` must not keep it alive. */
function unheld<T>(timer: T): T {
  (timer as { unref?(): void }).unref?.();
  return timer;
}

/** Time that passes only when {@link advance} is called. */
export interface VirtualTime extends Time {
  /**
   * Lets this many milliseconds pass. Timers that are due fire in order. After each one, the code that it
   * woke runs until it waits again.
   */
  advance(milliseconds: number): Promise<void>;
}

/**
 * Creates a time for tests. It stands still until {@link VirtualTime.advance} is called, so a test need not
 * wait for a process that sleeps for a day.
 *
 * @param start the first time, in nanoseconds since 1970. Default: 2024-01-01T00:00:00Z.
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

/** Resolves when all pending promise callbacks have run. */
function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
