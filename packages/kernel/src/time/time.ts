// Time with timers: the machine's own, and one for tests that a test advances by hand. Processes take all
// their waiting from a `Time`, so a test decides how fast it passes.
import { type Clock, systemClock } from "./clock.js";
import { settled } from "./rest.js";

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
  /**
   * Lets time pass until no timer is waiting: fires them in order, each at its time, and stands still at the last one.
   * Timers that are due later than `most` milliseconds from now stay, as those of health checks, which never end.
   */
  runUntilIdle(most: number): Promise<void>;
  /** When the next timer is due, in nanoseconds since 1970. `undefined` where none is waiting. */
  readonly next: bigint | undefined;
}

/** A callback that waits for its time. */
interface Timer {
  readonly at: bigint;
  readonly order: number;
  readonly callback: () => void;
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
  const waiting = new Set<Timer>();

  const later = (milliseconds: number): bigint => now + BigInt(Math.max(0, Math.round(milliseconds * 1e6)));

  /** Returns the timer that fires next. */
  const first = (): Timer | undefined => {
    let next: Timer | undefined;
    for (const entry of waiting) {
      if (!next || entry.at < next.at || (entry.at === next.at && entry.order < next.order)) next = entry;
    }
    return next;
  };

  /** Fires all timers that are due until a time. The clock stands at the last of them afterwards. */
  const fireUntil = async (until: bigint): Promise<void> => {
    await settled();
    for (let next = first(); next && next.at <= until; next = first()) {
      waiting.delete(next);
      if (next.at > now) now = next.at;
      next.callback();
      await settled();
    }
  };

  return {
    now: () => now,
    after(milliseconds, callback) {
      if (milliseconds === Number.POSITIVE_INFINITY) return () => {};
      const entry = { at: later(milliseconds), order: sequence++, callback };
      waiting.add(entry);
      return () => waiting.delete(entry);
    },
    async advance(milliseconds) {
      const until = later(milliseconds);
      await fireUntil(until);
      now = until;
    },
    runUntilIdle: (most) => fireUntil(later(most)),
    get next() {
      return first()?.at;
    },
  };
}
