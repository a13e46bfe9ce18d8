import { UsageError } from "@dryharbor/sdk/port";
import { createSimulator, type Simulator, type SimulatorOptions } from "../../simulator.js";
import { foldChanges } from "../../snapshot/fold.js";
import type { Snapshot } from "../../snapshot/snapshot.js";
import { DurableState, durableHandle } from "./durable.js";
import { StateFile, type Stored } from "./state-file.js";

/** A simulator whose state is kept in a file. */
export interface StoredSimulator {
  /** The simulator. A change is on the disk before its answer over HTTP is sent. */
  readonly simulator: Simulator;
  /** Writes the remaining changes, and closes the file and the simulator. */
  close(): Promise<void>;
}

/**
 * Makes a simulator that goes on from the state in a file, or a new one if there is no file.
 *
 * @param options - the options of a new simulator. With a file, `release` must be the file's, and `seed` is
 * ignored. A `snapshot` needs a new file.
 * @param failed - called once, when a write fails. Every later answer is an error.
 * @throws {UsageError} the file is in use, damaged, or of another release
 */
export async function storedSimulator(
  path: string,
  options: Pick<SimulatorOptions, "release" | "seed" | "pull" | "hostMounts" | "snapshot">,
  failed: (error: Error) => void,
): Promise<StoredSimulator> {
  const file = await StateFile.open(path);
  try {
    if (file.stored && options.snapshot)
      throw new UsageError(`${path} holds a state already: give another file`);
    const simulator = file.stored ? restored(path, file.stored, options) : createSimulator(options);
    const follower = await simulator.follow();
    await file.rewrite(follower.whole());
    const state = new DurableState(follower, file, failed);
    return {
      simulator: { ...simulator, handle: durableHandle(simulator.handle, state) },
      async close() {
        try {
          await state.commit();
        } finally {
          // Closing kills the simulator's processes, which is not to be stored as their containers' end.
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
  { release, pull, hostMounts }: Pick<SimulatorOptions, "release" | "pull" | "hostMounts">,
): Simulator {
  let simulator: Simulator;
  try {
    const snapshot = foldChanges(JSON.parse(whole) as Snapshot, changes);
    simulator = createSimulator({ snapshot, ...(pull && { pull }), ...(hostMounts && { hostMounts }) });
  } catch (cause) {
    throw new UsageError(`${path}: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
  if (release === undefined || release === simulator.release) return simulator;
  throw new UsageError(
    `${path} holds an engine of release ${simulator.release}: leave out --release, or give another file`,
  );
}
