// The waiting that faults cause. It ends with the time, with the fault, with the call, or with the simulator.

import type { Time } from "@dryharbor/kernel/host";
import { AbortError, abortError } from "@dryharbor/sdk/port";
import { keepAlive } from "../engine/keep-alive.js";

/** Whoever waits for the sake of faults. */
export class Waits {
  readonly #time: Time;
  readonly #waiting = new Set<{ readonly number: number; end(error?: Error): void }>();

  constructor(time: Time) {
    this.#time = time;
  }

  /**
   * Waits for the sake of a fault.
   *
   * @param milliseconds `undefined` for as long as the fault is there
   * @throws {AbortError} the call was aborted, or the simulator closed
   */
  wait(number: number, milliseconds: number | undefined, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const wake = keepAlive();
      const end = (error?: Error): void => {
        if (!this.#waiting.delete(waiting)) return;
        cancel();
        wake();
        signal?.removeEventListener("abort", abort);
        if (error) reject(error);
        else resolve();
      };
      const abort = (): void => end(abortError(signal!));
      const waiting = { number, end };
      this.#waiting.add(waiting);
      const cancel = this.#time.after(milliseconds ?? Number.POSITIVE_INFINITY, () => end());
      if (signal?.aborted) abort();
      else signal?.addEventListener("abort", abort, { once: true });
    });
  }

  /** Ends what waits for the sake of a fault, since that is gone. */
  endOf(number: number): void {
    for (const each of [...this.#waiting]) if (each.number === number) each.end();
  }

  /** Gives up all that waits. */
  close(): void {
    for (const each of [...this.#waiting]) each.end(new AbortError("the engine was closed during this call"));
  }
}
