import { UsageError } from "@dryharbor/sdk/port";
import { createSimulator, type Simulator, type SimulatorOptions } from "../../simulator.js";
import { foldChanges } from "../../snapshot/fold.js";
import type { Snapshot } from "../../snapshot/snapshot.js";
import { DurableState, durableHandle } from "./durable.js";
import { StateFile, type Stored } from "./state-file.js";

/** A simulator whose state is kept in a file. */
export interface StoredSimulator {
  /** What it answers over HTTP is on the disk before the answer leaves. */
  readonly simulator: Simulator;
  /** Stores what is left to be stored, and closes all. */
  close(): Promise<void>;
}

/**
 * Makes a simulator that goes on from what a file has, or begins anew where there is none.
 *
 * @param options for a new one; of the file's, the release must be the same, and the seed does not count
 * @param failed told once, when something cannot be written; every answer is an error from then on
 * @throws {UsageError} the file is in use, or damaged, or of another release
 */
export async function storedSimulator(
  path: string,
  options: Pick<SimulatorOptions, "release" | "seed" | "pull">,
  failed: (error: Error) => void,
): Promise<StoredSimulator> {
  const file = await StateFile.open(path);
  try {
    const simulator = file.stored ? restored(path, file.stored, options) : createSimulator(options);
    const follower = simulator.follow();
    await file.rewrite(follower.whole());
    const state = new DurableState(follower, file, failed);
    return {
      simulator: { ...simulator, handle: durableHandle(simulator.handle, state) },
      async close() {
        try {
          await state.commit();
        } finally {
          // What closing does to its processes has not happened to its containers.
          follower.end();
          await file.close();
          await simulator.close();
        }
      },
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

function restored(
  path: string,
  { whole, changes }: Stored,
  { release, pull }: Pick<SimulatorOptions, "release" | "pull">,
): Simulator {
  let simulator: Simulator;
  try {
    const snapshot = foldChanges(JSON.parse(whole) as Snapshot, changes);
    simulator = createSimulator({ snapshot, ...(pull && { pull }) });
  } catch (cause) {
    throw new UsageError(`${path}: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
  if (release === undefined || release === simulator.release) return simulator;
  throw new UsageError(
    `${path} holds an engine of release ${simulator.release}: leave out --release, or give another file`,
  );
}
