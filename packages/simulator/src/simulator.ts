import type { Program, ProgramTable } from "@dryharbor/kernel";
import { systemTime, type Time } from "@dryharbor/kernel/host";
import { builtInProgramsOnDemand, loadBuiltInPrograms } from "@dryharbor/programs/image";
import { responseCodes } from "@dryharbor/sdk/dns-message";
import { type Engine, UsageError } from "@dryharbor/sdk/port";
import { isOlder } from "./core/api-version.js";
import type { Upstream } from "./core/dns/upstream.js";
import { defaultImages } from "./core/images/default-images.js";
import type { ImageDefinitions } from "./core/images/definition.js";
import { type PullPolicy, pullPolicies } from "./core/images/registry.js";
import { type Release, release } from "./core/releases/release.js";
import { type ReleaseName, releaseNames } from "./core/releases/row.js";
import { type DaemonSettings, defaultSettings } from "./core/settings.js";
import { simulatedEngine } from "./engine/engine.js";
import { Session } from "./engine/session.js";
import type { Handle } from "./http/handle.js";
import { httpOnDemand } from "./http/on-demand.js";
import { type Machine, newMachine, type Surroundings } from "./machine.js";
import { followState, type StateFollower } from "./snapshot/follow.js";
import { restoreSnapshot } from "./snapshot/restore.js";
import { type Snapshot, saveSnapshot } from "./snapshot/snapshot.js";

/** What {@link createSimulator} takes. Everything has a default. */
export interface SimulatorOptions {
  /** Which engine release to play. Default: the newest there is. */
  readonly release?: ReleaseName;
  /**
   * Where randomness starts from: the same seed, time and calls give the same ids, names and answers.
   * Default: always the same one, so that what a test sees does not change from run to run.
   */
  readonly seed?: number;
  /** Default: the machine's clock and timers. Tests that wait want `virtualTime()`. */
  readonly time?: Time;
  /**
   * The programs that containers can run, by name. A record adds to the built-in ones of `@dryharbor/programs`. An array of
   * tables replaces them: `[]` is none, and later tables go first. An image that does not say what is in it has them all
   * in `/bin`.
   *
   * @example { redis: async ({ stdout }) => { stdout("ready\n"); return 0; } }
   */
  readonly programs?: Readonly<Record<string, Program>> | readonly ProgramTable[];
  /** The images that there are. Default: busybox and alpine, pulled. */
  readonly images?: ImageDefinitions;
  /**
   * What a pull brings. `any`, the default: what {@link images} has, busybox and alpine, and under every other
   * name that is well-formed an inert image, whose containers run without a word until they are stopped, so that
   * compose files and tools with any image work. `listed`: what `images` has, and nothing else exists. `deny`:
   * no registry can be reached.
   */
  readonly pull?: PullPolicy;
  /** The DNS servers outside. Default: one that knows no name. */
  readonly upstream?: Upstream;
  /** What dockerd takes from its flags and its host. */
  readonly settings?: Partial<DaemonSettings>;
  /**
   * Goes on where {@link Simulator.snapshot} was taken. The snapshot has release, seed, images and settings in it;
   * clock, programs and upstream are given anew. What pulls bring may be, or stays as it was.
   */
  readonly snapshot?: Snapshot;
}

/** An in-memory Docker Engine. */
export interface Simulator extends AsyncDisposable {
  /** The engine, at its newest API version. Closing it leaves the simulator as it is, as a client does. */
  readonly engine: Engine;
  readonly release: ReleaseName;
  /**
   * Another client of the same engine.
   *
   * @param options `apiVersion`: the Engine API version that it speaks, e.g. `1.41`; default: the newest
   * @throws {UsageError} the release does not speak that version
   */
  connect(options?: { readonly apiVersion?: string }): Engine;
  /** The Engine API over HTTP, for what carries it: see `@dryharbor/simulator/node` for agent and servers. */
  readonly handle: Handle;
  /**
   * The Engine API as a function like `fetch`, whatever host the URL names. Bodies stream both ways, and aborting
   * the request ends what is under way.
   *
   * @throws {UsageError} fetch cannot carry what was asked for, which is input of a process: `agent` can
   *
   * @example await simulator.fetch(new Request("http://simulator/v1.44/networks"))
   */
  readonly fetch: (request: Request) => Promise<Response>;
  /** The whole state as plain JSON. Programs are not in it: those of running containers begin anew. */
  snapshot(): Snapshot;
  /** Follows the state from here on, for whoever stores it; `serve --state` does. One at a time. */
  follow(): StateFollower;
  /** Ends every process and all clients. */
  close(): Promise<void>;
}

/**
 * Makes an in-memory Docker Engine that answers as the real one does.
 *
 * @throws {UsageError} an option makes no sense; the message says what does
 *
 * @example
 * const { engine } = createSimulator({ release: "28.5" });
 * await engine.networks.create({ Name: "backend" });
 */
export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const time = options.time ?? systemTime;
  const { programs, loadPrograms } = programsFrom(options.programs ?? {});
  const upstream = options.upstream ?? emptyWorld;

  const surroundings = { time, programs, loadPrograms, upstream };
  const machine =
    options.snapshot === undefined
      ? installed(options, surroundings)
      : restored(options, options.snapshot, surroundings);
  const { daemon, runtime } = machine;

  const sessions = new Set<Session>();
  const newSession = (apiVersion: string): Session => {
    const session = new Session(daemon, runtime, time, apiVersion);
    sessions.add(session);
    return session;
  };
  const connect = ({ apiVersion }: { readonly apiVersion?: string } = {}): Engine =>
    simulatedEngine(newSession(readApiVersion(daemon.release, apiVersion)));
  // Over HTTP a version is a matter of each request.
  const byVersion = new Map<string, Session>();
  const sessionAt = (apiVersion: string): Session => {
    let session = byVersion.get(apiVersion);
    if (!session) {
      session = newSession(apiVersion);
      byVersion.set(apiVersion, session);
    }
    return session;
  };
  const close = async (): Promise<void> => {
    for (const session of sessions) session.close();
    runtime.close();
  };
  const { handle, fetch } = httpOnDemand(daemon.release, sessionAt, () => runtime.loadPrograms());
  return {
    engine: connect(),
    release: daemon.release.name,
    connect,
    handle,
    fetch,
    snapshot: () => saveSnapshot(machine),
    follow: () => followState(machine),
    close,
    [Symbol.asyncDispose]: close,
  };
}

function programsFrom(
  programs: NonNullable<SimulatorOptions["programs"]>,
): Required<Pick<Surroundings, "programs" | "loadPrograms">> {
  // Array.isArray knows nothing of read-only arrays.
  const isTables = (given: typeof programs): given is readonly ProgramTable[] => Array.isArray(given);
  if (isTables(programs)) return { programs: merged(programs), loadPrograms: () => undefined };
  const own = Object.entries(programs);
  const table = own.length === 0 ? builtInProgramsOnDemand : merged([builtInProgramsOnDemand, new Map(own)]);
  return { programs: table, loadPrograms: loadBuiltInPrograms };
}

function merged(tables: readonly ProgramTable[]): ProgramTable {
  return new Map(tables.flatMap((table) => [...table]));
}

function installed(options: SimulatorOptions, surroundings: Surroundings): Machine {
  const { seed = 1, images = defaultImages } = options;
  const pull = readPull(options.pull);
  if (!Number.isSafeInteger(seed)) throw new UsageError(`the seed must be a whole number, not ${seed}`);
  return newMachine(surroundings, {
    release: release(readRelease(options.release ?? releaseNames.at(-1)!)),
    seed,
    images,
    ...(pull && { pull }),
    settings: { ...defaultSettings, ...options.settings },
  });
}

function restored(options: SimulatorOptions, snapshot: Snapshot, surroundings: Surroundings): Machine {
  for (const key of ["release", "seed", "images", "settings"] as const) {
    if (options[key] === undefined) continue;
    throw new UsageError(`a snapshot brings its own ${key}: leave that option out`);
  }
  const machine = restoreSnapshot(snapshot, surroundings);
  const { registry } = machine.daemon.images;
  registry.pull = readPull(options.pull) ?? registry.pull;
  return machine;
}

function readPull(pull: PullPolicy | undefined): PullPolicy | undefined {
  if (pull === undefined || pullPolicies.includes(pull)) return pull;
  throw new UsageError(`pull must be one of ${pullPolicies.join(", ")}, not "${pull}"`);
}

function readRelease(name: string): ReleaseName {
  const known = releaseNames.find((each) => each === name);
  if (known) return known;
  throw new UsageError(`the simulator plays no release "${name}": choose one of ${releaseNames.join(", ")}`);
}

function readApiVersion({ name, system }: Release, asked = system.apiVersion): string {
  const { apiVersion: newest, minApiVersion: oldest } = system;
  if (/^\d+\.\d+$/.test(asked) && !isOlder(asked, oldest) && !isOlder(newest, asked)) return asked;
  throw new UsageError(`release ${name} speaks API versions ${oldest} to ${newest}, not "${asked}"`);
}

/** Outside there is a server, and nobody has a name. */
const emptyWorld: Upstream = {
  ask: (_address, _question, from) =>
    from === "isolated"
      ? "no-route"
      : from === "gateway-only"
        ? "silent"
        : { code: responseCodes.noSuchName, answers: [] },
};
