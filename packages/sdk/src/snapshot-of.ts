// A real engine's state as a simulator's.
import type { CallOptions } from "./call.js";
import type { Engine } from "./engine.js";
import { UsageError } from "./errors.js";
import { type Inventory, inventory } from "./inventory/inventory.js";
import { recreate } from "./inventory/recreate.js";
import { simulatorPackage } from "./simulator-package.js";
import type { SimulatorSnapshot } from "./simulator-snapshot.js";
import { differences } from "./topology/differences.js";
import { type Topology, topology } from "./topology/topology.js";

/** Options of {@link snapshotOf}. `abortSignal` ends the reading. */
export interface SnapshotOfOptions extends CallOptions {
  /**
   * The release that the simulator plays, e.g. `28.5`. Default: the engine's own, or the newest of those that are not newer
   * than it.
   */
  readonly release?: string;
}

/** What {@link snapshotOf} has read. Plain data. */
export interface EngineSnapshot {
  /** The state, for `createSimulator({ snapshot })`. */
  readonly snapshot: SimulatorSnapshot;
  /** What the simulator does not have as the engine has it: a sentence for each. */
  readonly leftOut: readonly string[];
}

/**
 * Reads networks, containers, aliases, ports, volumes and the names of images of any engine, and makes the same in a
 * simulator, where it can be tried out, broken and looked at offline. Needs the package `@dryharbor/simulator`. It reads
 * over the port and changes nothing on the engine.
 *
 * Names, addresses, MAC addresses and published ports stay; ids are new. Containers run what the simulator has for
 * their commands; where it has nothing, they wait. Data is not read: what volumes hold, what containers have written, and
 * the files of images.
 *
 * @example
 * await using engine = await openEngine();
 * const { snapshot, leftOut } = await snapshotOf(engine);
 * await using simulator = createSimulator({ snapshot });
 * await simulator.engine.networks.disconnect("backend", { Container: "db" });
 * @throws {UsageError} the simulator is not installed, or does not play the release
 * @throws what the calls throw: see {@link Engine}
 */
export async function snapshotOf(engine: Engine, options: SnapshotOfOptions = {}): Promise<EngineSnapshot> {
  const { release, ...call } = options;
  const { createSimulator, releaseNames } = await simulatorPackage();
  const read = await inventory(engine, call);
  const played = release ?? nearest(read, releaseNames);
  const before = await topology(engine, call);
  const simulator = createSimulator({ release: played });
  try {
    const refused = await recreate(simulator.engine, read, call);
    const after = await topology(simulator.engine);
    return {
      snapshot: simulator.snapshot(),
      leftOut: [
        ...(read.version.startsWith(`${played}.`)
          ? []
          : [`The engine is ${read.version}, and the simulator plays ${played}.`]),
        ...read.leftOut,
        ...refused,
        ...unlike(before, after),
      ],
    };
  } finally {
    await simulator.close();
  }
}

/** What differs though all was made: a command that ends at once here, an address that another has. */
function unlike(engine: Topology, simulator: Topology): string[] {
  return differences(withoutHealth(engine), withoutHealth(simulator)).map(
    ({ thing, main, other }) => `${thing} differs: on the engine ${main}; here ${other}.`,
  );
}

/** A health check that has just begun knows nothing yet. */
function withoutHealth({ networks, containers }: Topology): Topology {
  return { networks, containers: containers.map(({ health: _, ...container }) => container) };
}

function nearest({ version }: Inventory, releases: readonly string[]): string {
  const [oldest, newest] = [releases[0], releases.at(-1)];
  if (oldest === undefined || newest === undefined) throw new UsageError("the simulator plays no release");
  return releases.findLast((release) => !isNewer(release, version)) ?? oldest;
}

/** Compares releases by their numbers, as many as both have. */
function isNewer(release: string, than: string): boolean {
  const [one, other] = [release, than].map((text) => text.split(".").map(Number));
  const index = one!.findIndex((number, at) => other![at] !== undefined && number !== other![at]);
  return index >= 0 && one![index]! > other![index]!;
}
