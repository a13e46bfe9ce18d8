// Clocks: what time it is. Code that only reads the time takes a `Clock`; code that waits takes the `Time` of
// time.ts.

/** A clock: a source of the current time. */
export interface Clock {
  /** Returns the current time in nanoseconds since 1970-01-01T00:00:00Z. */
  now(): bigint;
}

/** The machine's clock. It counts in milliseconds; a finer timer (`performance.now`) adds the nanoseconds. */
export const systemClock: Clock = {
  now() {
    const milliseconds = Date.now();
    const timer = performance.now();
    // The clock and the timer advance together, until somebody sets the clock.
    if (timerOrigin + timer < milliseconds || timerOrigin + timer >= milliseconds + 1) {
      timerOrigin = milliseconds - timer;
    }
    const between = Math.max(0, timerOrigin + timer - milliseconds);
    return BigInt(milliseconds) * 1_000_000n + BigInt(Math.floor(between * 1_000_000));
  },
};

/** The clock's time in milliseconds at the moment when the timer began. */
let timerOrigin = Number.NEGATIVE_INFINITY;
