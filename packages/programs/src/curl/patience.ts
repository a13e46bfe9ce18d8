// How long curl waits, and what it shows meanwhile.
import { FileError, type ProcessContext } from "@dryharbor/kernel";
import type { Progress } from "./progress.js";

/** Says that the time is up. */
export class Late extends Error {
  override readonly name = "Late";
}

/** The time that a transfer may take, and its progress, which is shown each second. */
export class Patience {
  readonly #process: ProcessContext;
  readonly #progress: Progress;
  /** When the whole transfer must have ended, in nanoseconds since 1970. */
  readonly #deadline: bigint | undefined;
  /** Looks at the speed once a second. */
  readonly #check: () => void;

  constructor(process: ProcessContext, progress: Progress, deadline: bigint | undefined, check: () => void) {
    this.#process = process;
    this.#progress = progress;
    this.#deadline = deadline;
    this.#check = check;
  }

  /** Waits for a promise. @param until an earlier end than that of the transfer @throws {Late} */
  async for<T>(coming: Promise<T>, until = this.#deadline): Promise<T> {
    const outcome = coming.then((value) => ({ value }));
    outcome.catch(() => {});
    const end = earlier(until, this.#deadline);
    for (;;) {
      const pause = this.#process.sleep(this.#pause(end)).then(() => undefined);
      const result = await Promise.race([outcome, pause]);
      if (result) return result.value;
      this.#tick(end);
    }
  }

  /** Reads with a time limit. @param read reads, and fails with EAGAIN after these milliseconds @throws {Late} */
  async reading<T>(read: (within: number) => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await read(this.#pause(this.#deadline));
      } catch (error) {
        if (!(error instanceof FileError) || error.code !== "EAGAIN") throw error;
        this.#tick(this.#deadline);
      }
    }
  }

  /** The milliseconds until something is to be shown, or the time is up. */
  #pause(end: bigint | undefined): number {
    const left = end === undefined ? Number.POSITIVE_INFINITY : Number(end - this.#process.now()) / 1e6;
    return Math.max(0, Math.min(this.#progress.untilNextSecond, left));
  }

  #tick(end: bigint | undefined): void {
    if (end !== undefined && this.#process.now() >= end) throw new Late();
    this.#progress.update();
    this.#check();
  }
}

function earlier(one: bigint | undefined, other: bigint | undefined): bigint | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one < other ? one : other;
}
