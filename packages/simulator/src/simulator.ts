// `createSimulator`, the entry of the package: it reads the options, makes or restores a machine, and puts
// the clients (`engine/`), HTTP (`http/`) and snapshots (`snapshot/`) around it.

import { type Program, type ProgramTable, responseCodes } from "@dryharbor/kernel";
import { type FileSystemDriver, systemTime, type Time } from "@dryharbor/kernel/host";
import { builtInProgramsOnDemand, loadProgramsFor } from "@dryharbor/programs/image";
import { type Engine, UsageError } from "@dryharbor/sdk/port";
import { CallLog, defaultKept, type RecordedCalls } from "./calls/call-log.js";
import { isOlder } from "./core/api-version.js";
import type { DnsReply, Transport } from "./core/dns/server.js";
import type { Upstream } from "./core/dns/upstream.js";
import { defaultImages } from "./core/images/default-images.js";
import type { ImageDefinitions } from "./core/images/definition.js";
import { type PullPolicy, pullPolicies } from "./core/images/registry.js";
import { type Release, release } from "./core/releases/release.js";
import { type ReleaseName, releaseNames } from "./core/releases/row.js";
import { type DaemonSettings, defaultSettings } from "./core/settings.js";
import { simulatedEngine } from "./engine/engine.js";
import { Session } from "./engine/session.js";
import { watchedEngine } from "./engine/watched.js";
import { type Faults, faultsOnDemand } from "./faults/faults.js";
import { type SimulatedHost, simulatedHost } from "./host/host.js";
import type { Handle } from "./http/handle.js";
import { httpOnDemand } from "./http/on-demand.js";
import { type Machine, newMachine, type Surroundings } from "./machine.js";
import { ownPrograms } from "./own-programs.js";
import type { Reach, ReachOptions } from "./runtime/network/reach.js";
import type { ObservedPacket } from "./runtime/network/traffic.js";
import type { StateFollower } from "./snapshot/follow.js";
import { restoreSnapshot, restoreState } from "./snapshot/restore.js";
import { type SavedState, type Snapshot, saveSnapshot } from "./snapshot/snapshot.js";

/** Options of {@link createSimulator}. Each has a default. */
export interface SimulatorOptions {
  /** The engine release to simulate. Default: the newest. */
  readonly release?: ReleaseName;
  /**
   * The seed of all randomness. The same seed, time and calls give the same ids, names and answers. Default:
   * `1`, so that a test sees the same in every run.
   */
  readonly seed?: number;
  /** The clock and timers. Default: {@link systemTime}. Tests that wait use `virtualTime()`. */
  readonly time?: Time;
  /**
   * The programs that containers can run, by name. A record adds to the built-in programs of
   * `@dryharbor/programs`. An array of tables replaces them: later tables take precedence, and `[]` means no
   * programs. An image without a list of its own has all of them in `/bin`.
   *
   * @example { redis: async ({ stdout }) => { stdout("ready\n"); return 0; } }
   */
  readonly programs?: Readonly<Record<string, Program>> | readonly ProgramTable[];
  /** The images that are present. Default: busybox and alpine, already pulled. */
  readonly images?: ImageDefinitions;
  /**
   * What a pull finds.
   * - `"any"` (default): the images of {@link images}, busybox and alpine. Every other valid name gives an
   *   inert image, whose containers run silently until they are stopped, so that compose files and tools work
   *   with any image.
   * - `"listed"`: the images of `images`, and no others.
   * - `"deny"`: no registry can be reached.
   */
  readonly pull?: PullPolicy;
  /**
   * File systems that are mounted on the simulated host, by absolute path, as `simulator.host.mount` mounts them.
   * They are there before the containers of a {@link snapshot} start again.
   */
  readonly hostMounts?: Readonly<Record<string, FileSystemDriver>>;
  /**
   * What a build does at a `RUN` that needs a program which the image would have and the simulator lacks, such as `npm` or
   * `apt-get`. By default the step is left out, with a warning in the build's output; with `true` the build fails, as with any
   * program that is not there. A snapshot does not hold it.
   */
  readonly strictBuild?: boolean;
  /** The DNS servers outside of the host. Default: a server that knows no name. */
  readonly upstream?: Upstream;
  /** The settings that dockerd takes from its flags and its host. */
  readonly settings?: Partial<DaemonSettings>;
  /** How many calls {@link Simulator.calls} keeps; 0 for none. Default: the last 1,000. */
  readonly keptCalls?: number;
  /**
   * Resumes from a state that {@link Simulator.snapshot} returned. The snapshot contains release, seed,
   * images and settings, so these options must be left out. Time, programs and upstream are given again.
   * `pull` may be given; otherwise it stays as it was.
   */
  readonly snapshot?: Snapshot;
}

/**
 * A DNS server as a function of messages: bytes in; out come bytes, and the milliseconds that the server takes where it
 * asks others. It returns `undefined` where that server is silent, and where there is none: on the default bridge, and
 * while the container does not run or does not exist.
 *
 * @param transport default: `udp`
 */
export type Resolver = (message: Uint8Array, transport?: Transport) => DnsReply | undefined;

/** Options of {@link Simulator.connect}. */
export interface ConnectOptions {
  /** The Engine API version that the client speaks, e.g. `1.41`. Default: the newest. */
  readonly apiVersion?: string;
  /** Calls of this client are neither recorded nor struck by faults of calls: for whoever looks on. Default: false. */
  readonly unseen?: boolean;
}

/** Options of {@link Simulator.fork}. */
export interface ForkOptions {
  /** The clock and timers of the fork. Default: those of the simulator that it comes from. */
  readonly time?: Time;
}

/** An in-memory Docker Engine. */
export interface Simulator extends AsyncDisposable {
  /** A client of the engine, at its newest API version. Closing this client leaves the simulator running. */
  readonly engine: Engine;
  readonly release: ReleaseName;
  /**
   * Makes another client of the same engine.
   *
   * @throws {UsageError} the release does not speak that version
   */
  connect(options?: ConnectOptions): Engine;
  /** The Engine API over HTTP, for transports. `@dryharbor/simulator/node` has an agent and servers. */
  readonly handle: Handle;
  /**
   * The Engine API as a function like `fetch`. The host in the URL is ignored. Bodies stream both ways, and
   * aborting the request ends the call.
   *
   * @throws {UsageError} for a call that sends input to a process, which `fetch` cannot carry; use `agent`
   *
   * @example await simulator.fetch(new Request("http://simulator/v1.44/networks"))
   */
  readonly fetch: (request: Request) => Promise<Response>;
  /** The machine that the engine runs on: published ports and containers as its own programs reach them. */
  readonly host: SimulatedHost;
  /**
   * Tells whether a running container reaches a name or an address, and why not.
   *
   * @param from a container's name or id, or `host`
   * @param to a name as that container resolves it, or an IP address
   * @throws {EngineError} 404 there is no such container
   *
   * @example
   * const { reason } = await simulator.reach("web", "db", { port: 5432 }); // "no-such-name"
   */
  reach(from: string, to: string, options?: ReachOptions): Promise<Reach>;
  /**
   * What clients did, over the port and over HTTP, oldest first: an array of plain data that grows with each call.
   * `calls.clear()` forgets it. The last 1,000 calls are kept, or as many as `keptCalls` says. A snapshot does not
   * hold them.
   *
   * @example
   * expect(simulator.calls).toContainEqual(
   *   expect.objectContaining({ call: "networks.connect", arguments: ["frontend", { Container: "redis" }] }),
   * );
   */
  readonly calls: RecordedCalls;
  /**
   * What goes wrong on purpose: calls, ways between containers, names, and the engine itself. A snapshot holds the
   * faults, and {@link calls} tells which one struck a call.
   *
   * @example
   * await using fault = simulator.faults.add({
   *   call: "networks.connect",
   *   times: 1,
   *   error: { status: 500, message: "no more endpoints" },
   * });
   */
  readonly faults: Faults;
  /**
   * Calls a function with every packet that containers and the host send from now on: who sent it, who received it, or
   * why nobody did, and what it says where it is a question to a DNS server or an answer. What watches is loaded
   * with the first call, and costs nothing before.
   *
   * @returns what ends it
   *
   * @example
   * const stop = await simulator.watchTraffic(({ from, dns, lost }) => console.log(from.container, dns?.name, lost));
   */
  watchTraffic(listener: (packet: ObservedPacket) => void): Promise<() => void>;
  /**
   * Loads the DNS server that a container reaches at 127.0.0.11, and returns it as a function of messages.
   * `dnsServer` of `@dryharbor/simulator/node` gives it a socket.
   *
   * @param container its name or id
   *
   * @example
   * const ask = await simulator.resolver("web");
   * const reply = ask(query)?.message;
   */
  resolver(container: string): Promise<Resolver>;
  /**
   * Returns the whole state as plain JSON. It does not contain programs: those of running containers start
   * again.
   */
  snapshot(): Snapshot;
  /** Follows changes of the state, to store them; `serve --state` does. Loads what follows. Only one follower at a time. */
  follow(): Promise<StateFollower>;
  /**
   * Makes another simulator that goes on from the state of now, apart from this one: what one does, the other does not
   * see. As after a snapshot, programs of running containers begin anew, and nothing has been recorded. It has the same
   * programs, upstream and host mounts.
   *
   * A fork is made in milliseconds, whatever is in the simulator, and shares the memory of what it holds: it sleeps until
   * somebody uses it. Its own forks and snapshots do not wake it. So it also serves as a state to come back to.
   *
   * @example
   * await using before = await simulator.fork();
   * await deploy(simulator.engine);
   * await using again = await before.fork(); // as if nothing had been deployed
   */
  fork(options?: ForkOptions): Promise<Simulator>;
  /** Ends every process and closes all clients. */
  close(): Promise<void>;
}

/**
 * Makes an in-memory Docker Engine that answers as a real one does.
 *
 * @throws {UsageError} an option is invalid; the message says what is valid
 *
 * @example
 * const { engine } = createSimulator({ release: "28.5" });
 * await engine.networks.create({ Name: "backend" });
 */
export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const time = options.time ?? systemTime;
  const own = options.images && ownPrograms(options.images);
  const parts = programsFrom(options.programs ?? {}, own?.programs);
  const upstream = options.upstream ?? emptyWorld;

  const { hostMounts, strictBuild = false } = options;
  const surroundings: Surroundings = {
    time,
    ...parts,
    upstream,
    strictBuild,
    ...(hostMounts && { hostMounts }),
  };
  const machine =
    options.snapshot === undefined
      ? installed(own ? { ...options, images: own.images } : options, surroundings)
      : restored(options, options.snapshot, surroundings);
  return simulatorOf(machine, surroundings, readKept(options.keptCalls));
}

/**
 * Puts clients, HTTP and the rest around a machine.
 *
 * @param kept how many calls are recorded
 */
function simulatorOf(machine: Machine, surroundings: Surroundings, kept: number): Simulator {
  const { daemon, runtime } = machine;

  const { time } = surroundings;
  const log = new CallLog(time, kept);

  const sessions = new Set<Session>();
  const newSession = (apiVersion: string): Session => {
    const session = new Session(daemon, runtime, time, apiVersion);
    sessions.add(session);
    return session;
  };
  const connect = ({ apiVersion, unseen }: ConnectOptions = {}): Engine => {
    const engine = simulatedEngine(newSession(readApiVersion(daemon.release, apiVersion)));
    return unseen ? engine : watchedEngine(engine, log);
  };
  // Over HTTP each request has its own API version.
  const byVersion = new Map<string, Session>();
  const sessionAt = (apiVersion: string): Session => {
    let session = byVersion.get(apiVersion);
    if (!session) {
      session = newSession(apiVersion);
      byVersion.set(apiVersion, session);
    }
    return session;
  };
  const faults = faultsOnDemand(machine, log, sessions);
  const close = async (): Promise<void> => {
    (await log.faults)?.close();
    for (const session of sessions) session.close();
    runtime.close();
  };
  const { handle, fetch } = httpOnDemand(daemon.release, sessionAt, log, () => runtime.loadPrograms());
  return {
    engine: connect(),
    release: daemon.release.name,
    connect,
    handle,
    fetch,
    calls: log.calls,
    faults,
    host: simulatedHost(newSession(daemon.release.system.apiVersion)),
    async reach(from, to, how) {
      await log.faults;
      const { reach, stacks } = await runtime.network();
      return reach({ daemon, stacks }, from, to, how);
    },
    async watchTraffic(listener) {
      const [{ stacks }, { TrafficWatch }] = await Promise.all([
        runtime.network(),
        import("./runtime/network/traffic.js"),
      ]);
      return stacks.watch(new TrafficWatch(daemon, listener));
    },
    async resolver(container) {
      const { resolverOf } = await runtime.network();
      const server = resolverOf(daemon, container);
      return (message, transport = "udp") => server(message, transport);
    },
    snapshot: () => saveSnapshot(machine),
    follow: async () => (await import("./seldom.js")).followState(machine),
    async fork({ time = surroundings.time } = {}) {
      const { capture, sleeping } = await import("./seldom.js");
      const wake = (state: SavedState, time: Time): Simulator => {
        const around = { ...surroundings, time };
        return simulatorOf(restoreState(state, around), around, kept);
      };
      return sleeping(daemon.release.name, capture(machine), wake, time);
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

function programsFrom(
  programs: NonNullable<SimulatorOptions["programs"]>,
  ofImages: ProgramTable = new Map(),
): Pick<Surroundings, "programs" | "ownPrograms" | "loadPrograms"> {
  // `Array.isArray` does not narrow read-only arrays.
  const isTables = (given: typeof programs): given is readonly ProgramTable[] => Array.isArray(given);
  const loadPrograms = loadProgramsFor;
  if (isTables(programs)) return { programs: merged([...programs, ofImages]), loadPrograms };
  const own = [...ofImages, ...Object.entries(programs)];
  const table = own.length === 0 ? builtInProgramsOnDemand : merged([builtInProgramsOnDemand, new Map(own)]);
  return { programs: table, ownPrograms: own.map(([name]) => name), loadPrograms };
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

function readKept(most = defaultKept): number {
  if (Number.isInteger(most) && most >= 0) return most;
  throw new UsageError(`keptCalls must be a whole number of calls, 0 for none, not ${most}`);
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

const dnsPort = 53;

/** The default upstream: at every address a DNS server that knows no name, and nothing else. */
const emptyWorld: Upstream = {
  reaches: ({ port }, from) =>
    port !== dnsPort ? "no-route" : from === "container" || from === "host" ? "there" : "silent",
  ask: (_address, _question, from) =>
    from === "isolated"
      ? "no-route"
      : from === "gateway-only"
        ? "silent"
        : { code: responseCodes.noSuchName, answers: [] },
};
