import type { Engine } from "@dryharbor/sdk/port";
import { empty, refuseUnlessEmpty } from "./empty.js";

/** One of the two engines of a comparison: whatever can be had empty as often as one likes. */
export interface Contestant {
  /** An engine with nothing in it but the predefined networks and the image `busybox:latest`. */
  fresh(): Promise<Engine>;
  /** Leaves nothing behind. */
  done(): Promise<void>;
}

/** A running engine, emptied before each sequence. Refuses one that is not empty at first. */
export async function standing(engine: Engine): Promise<Contestant> {
  await refuseUnlessEmpty(engine);
  return {
    async fresh() {
      await empty(engine);
      return engine;
    },
    done: () => empty(engine),
  };
}

/** Engines that are cheap to make: a new one for each sequence. */
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
