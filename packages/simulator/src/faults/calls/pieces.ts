// An answer that comes in pieces, under a fault.

import type { StreamFault } from "../fault.js";

/** What an answer needs from around it. */
export interface Around {
  /** Waits for a stall: for ever without a number. */
  wait(milliseconds: number | undefined): Promise<void>;
  /** Makes the error of a connection that breaks. */
  broken(): Error;
}

/**
 * Passes pieces on as the fault has it.
 *
 * @param after how many pieces come before
 */
export async function* struckPieces<T>(
  pieces: AsyncIterable<T>,
  { does, for: milliseconds }: StreamFault,
  after: number,
  { wait, broken }: Around,
): AsyncGenerator<T> {
  const passed: T[] = [];
  const source = pieces[Symbol.asyncIterator]();
  let count = 0;
  try {
    for (;;) {
      if (count === after) {
        if (does === "break") throw broken();
        if (does === "stall") await wait(milliseconds);
        else yield* passed.splice(0);
      }
      const { done, value } = await source.next();
      if (done) return;
      count++;
      if (does === "repeat" && count <= after) passed.push(value);
      yield value;
    }
  } finally {
    await source.return?.();
  }
}
