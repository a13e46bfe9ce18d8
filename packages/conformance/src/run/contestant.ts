// The two kinds of engine that a comparison takes: one that stands and is emptied between sequences, and one
// that is made anew for each. `parity`, `record`, `replay` and `grade` take contestants.

import type { Engine } from "@dryharbor/sdk/port";
import { empty, refuseUnlessFit } from "./empty.js";

/** One of the two engines of a comparison. It can be had empty any number of times. */
export interface Contestant {
  /** Returns an engine that holds only the predefined networks and the image `busybox:latest`. */
  fresh(): Promise<Engine>;
  /** Removes everything that the commands left behind, or closes the engine. */
  done(): Promise<void>;
}

/**
 * A contestant for an engine that runs already. It is emptied before each sequence.
 * @throws {UsageError} the engine is not empty when the run begins, or has no `busybox:latest`
 */
export async function standing(engine: Engine): Promise<Contestant> {
  await refuseUnlessFit(engine);
  return {
    async fresh() {
      await empty(engine);
      return engine;
    },
    done: () => empty(engine),
  };
}

/** A contestant for engines that are cheap to make. `create` is called once for each sequence. */
export function disposable(create: () => Engine | Promise<Engine>): Contestant {
  let last: Engine | undefined;
  async function closeLast() {
    await last?.close();
    last = undefined;
  }
  return {
    async fresh() {
      await closeLast();
      last = await create();
      return last;
    },
    done: closeLast,
  };
}
