/** Where time comes from. */
export interface Clock {
  /** Nanoseconds since 1970-01-01T00:00:00Z. */
  now(): bigint;
}

/** The machine's clock. It tells milliseconds; what lies between them comes from a timer that is finer. */
export const systemClock: Clock = {
  now() {
    const milliseconds = Date.now();
    const timer = performance.now();
    // Both go on together, until somebody sets the clock.
    if (timerOrigin + timer < milliseconds || timerOrigin + timer >= milliseconds + 1) {
      timerOrigin = milliseconds - timer;
    }
    const between = Math.max(0, timerOrigin + timer - milliseconds);
    return BigInt(milliseconds) * 1_000_000n + BigInt(Math.floor(between * 1_000_000));
  },
};

/** What time it was when the timer began, in milliseconds. */
let timerOrigin = Number.NEGATIVE_INFINITY;
