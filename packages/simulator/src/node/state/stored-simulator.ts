import type { Time } from "@dryharbor/kernel/host";
import { UsageError } from "@dryharbor/sdk/port";
import { createSimulator, type Simulator, type SimulatorOptions } from "../../simulator.js";
import { foldChanges } from "../../snapshot/fold.js";
import type { SavedState, Snapshot } from "../../snapshot/snapshot.js";
import { DurableState, durableHandle } from "./durable.js";
import { StateFile, type Stored } from "./state-file.js";

/** A simulator whose state is kept in a file. */
export interface StoredSimulator {
  /** The simulator. A change is on the disk before its answer over HTTP is sent. */
  readonly simulator: Simulator;
  /**
   * Keeps the state of another simulator in the file from now on. The one until now stays open.
   * @returns the other one, with answers that wait for the disk
   */
  adopt(simulator: Simulator): Promise<Simulator>;
  /** Writes the remaining changes, and closes the file and the simulator. */
  close(): Promise<void>;
}

/** Options of a simulator whose state is kept in a file. */
export interface StoredOptions
  extends Pick<SimulatorOptions, "release" | "seed" | "pull" | "hostMounts" | "strictBuild" | "snapshot"> {
  /** Returns the time, given the last one of the file in nanoseconds; `undefined` where there is none. */
  readonly time?: (last: bigint | undefined) => Time;
}

/** Makes a simulator of these options that begins anew. */
export function newSimulator({ time, ...options }: StoredOptions): Simulator {
  const { snapshot } = options;
  return createSimulator({ ...options, ...(time && { time: time(snapshot && lastTimeOf(snapshot)) }) });
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
  options: StoredOptions,
  failed: (error: Error) => void,
): Promise<StoredSimulator> {
  const file = await StateFile.open(path);
  try {
    if (file.stored && options.snapshot)
      throw new UsageError(`${path} holds a state already: give another file`);
    const first = file.stored ? restored(path, file.stored, options) : newSimulator(options);
    let current: { readonly simulator: Simulator; readonly state: DurableState } | undefined;
    const adopt = async (simulator: Simulator): Promise<Simulator> => {
      await current?.state.end();
      const follower = await simulator.follow();
      const state = new DurableState(follower, file, failed);
      current = { simulator, state };
      await file.rewrite(follower.whole());
      return { ...simulator, handle: durableHandle(simulator.handle, state) };
    };
    return {
      simulator: await adopt(first),
      adopt,
      async close() {
        const { simulator, state } = current!;
        try {
          // Closing kills the simulator's processes, which is not to be stored as their containers' end.
          await state.end();
        } finally {
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
  { release, seed: _, snapshot: __, time, ...others }: StoredOptions,
): Simulator {
  let simulator: Simulator;
  try {
    const snapshot = foldChanges(JSON.parse(whole) as Snapshot, changes);
    simulator = createSimulator({ ...others, snapshot, ...(time && { time: time(lastTimeOf(snapshot)) }) });
  } catch (cause) {
    throw new UsageError(`${path}: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
  if (release === undefined || release === simulator.release) return simulator;
  throw new UsageError(
    `${path} holds an engine of release ${simulator.release}: leave out --release, or give another file`,
  );
}

/** Returns the last time of a snapshot's clock, in nanoseconds. */
function lastTimeOf({ state }: Snapshot): bigint {
  return BigInt((state as SavedState).clock);
}
