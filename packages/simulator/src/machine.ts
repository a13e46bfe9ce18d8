// A simulated engine put together: the core's state, its clock and its runtime. `simulator.ts` makes a new
// machine, `snapshot/` restores one.

import type { ProgramTable } from "@dryharbor/kernel";
import type { FileSystemDriver, Time } from "@dryharbor/kernel/host";
import { busyboxApplets, isBuiltIn, networkToolNames, serviceNames } from "@dryharbor/programs/image";
import { type TickingClock, ticking } from "./core/clock.js";
import { containerTable } from "./core/containers/table.js";
import type { Daemon } from "./core/daemon.js";
import type { Upstream } from "./core/dns/upstream.js";
import { eventLog } from "./core/events/log.js";
import { hostDisk } from "./core/host/disk.js";
import { mountAllOnHost } from "./core/host/files.js";
import { interfaceNumbers } from "./core/host/interface-numbers.js";
import { defaultImages } from "./core/images/default-images.js";
import { definedImages } from "./core/images/defined.js";
import type { ImageDefinitions } from "./core/images/definition.js";
import type { Programs, PullPolicy } from "./core/images/registry.js";
import type { ImageTable } from "./core/images/table.js";
import { createIpam } from "./core/ipam/ipam.js";
import { addPredefinedNetworks } from "./core/networks/predefined.js";
import { networkTable } from "./core/networks/table.js";
import { hostPorts } from "./core/ports/host-ports.js";
import { seededRandom } from "./core/random.js";
import type { Release } from "./core/releases/release.js";
import type { DaemonSettings } from "./core/settings.js";
import { ownAddresses } from "./core/system/interfaces.js";
import { type LoadPrograms, Runtime } from "./runtime/runtime.js";

/** One simulated engine: its state, and the processes that run in its containers. */
export interface Machine {
  readonly daemon: Daemon;
  readonly clock: TickingClock;
  readonly runtime: Runtime;
}

/** What a machine is given from outside and a snapshot does not contain. */
export interface Surroundings {
  readonly time: Time;
  readonly programs: ProgramTable;
  /** The names of programs that all images have in `/bin`. Default: those that are not built in. */
  readonly ownPrograms?: Iterable<string>;
  /** Loads those of the programs that are loaded on demand. Default: all are there. */
  readonly loadPrograms?: LoadPrograms;
  readonly upstream: Upstream;
  /** See `Daemon.strictBuild`. Default: off. */
  readonly strictBuild?: boolean;
  /** What is mounted on the host, by path. */
  readonly hostMounts?: Readonly<Record<string, FileSystemDriver>>;
}

/** Makes the machine of an engine that has just been installed. */
export function newMachine(
  { upstream, hostMounts, strictBuild = false, ...processes }: Surroundings,
  options: {
    readonly release: Release;
    readonly seed: number;
    readonly images: ImageDefinitions;
    /** Default: `"any"`. */
    readonly pull?: PullPolicy;
    readonly settings: DaemonSettings;
  },
): Machine {
  const { release, settings } = options;
  const clock = ticking(processes.time);
  let images: ImageTable | undefined;
  const makeImages = (): ImageTable =>
    definedImages(options.images, {
      release,
      clock,
      programs: programsOf(processes.programs, processes.ownPrograms),
      pull: options.pull ?? "any",
    });
  // What is wrong with a definition is told now. The default images are made when somebody wants one.
  if (options.images !== defaultImages) images = makeImages();
  const daemon: Daemon = {
    release,
    settings,
    clock,
    random: seededRandom(options.seed),
    upstream,
    strictBuild,
    networks: networkTable(),
    containers: containerTable(),
    stopping: new Map(),
    execs: new Map(),
    get images() {
      images ??= makeImages();
      return images;
    },
    set images(table) {
      images = table;
    },
    volumes: new Map(),
    hostFiles: { disk: hostDisk(settings), folders: new Map() },
    ipam: createIpam(release, settings),
    ports: hostPorts(),
    interfaces: interfaceNumbers(ownAddresses(settings).length),
    events: eventLog(clock),
    swarm: null,
  };
  addPredefinedNetworks(daemon);
  mountAllOnHost(daemon, hostMounts);
  return { daemon, clock, runtime: new Runtime(daemon, processes) };
}

/** Programs that are in the images that have them, and in no other. */
const ofSomeImages: ReadonlySet<string> = new Set([...serviceNames, ...networkToolNames]);

/** By table of programs, so that simulators with the same programs share the files of their images. */
const paths = new WeakMap<ProgramTable, Programs>();

function programsOf(table: ProgramTable, given?: Iterable<string>): Programs {
  let found = paths.get(table);
  if (!found) {
    const own = [...(given ?? [...table.keys()].filter((name) => !isBuiltIn(name)))];
    const at = (names: readonly string[]): string[] => [...new Set(names)].map((name) => `/bin/${name}`);
    found = {
      own: at(own),
      small: at([...busyboxApplets, ...own]),
      all: at([...busyboxApplets, ...[...table.keys()].filter((name) => !ofSomeImages.has(name))]),
    };
    paths.set(table, found);
  }
  return found;
}
