// The state of one engine. Every operation of the core is a function that takes it as its first argument, and
// every folder of the core holds one part of it. `machine.ts` makes an engine's state, and `snapshot/` saves
// and restores it.

import type { Clock } from "@dryharbor/kernel/host";
import type { Container } from "./containers/container.js";
import type { PendingStops } from "./containers/lifecycle.js";
import type { ContainerTable } from "./containers/table.js";
import type { Upstream } from "./dns/upstream.js";
import type { EventLog } from "./events/log.js";
import type { Exec } from "./exec/exec.js";
import type { Faults } from "./faults.js";
import type { HostFiles } from "./host/files.js";
import type { InterfaceNumbers } from "./host/interface-numbers.js";
import type { ImageTable } from "./images/table.js";
import type { Ipam } from "./ipam/ipam.js";
import type { NetworkTable } from "./networks/table.js";
import type { HostPorts } from "./ports/host-ports.js";
import type { Random } from "./random.js";
import type { Release } from "./releases/release.js";
import type { DaemonSettings } from "./settings.js";
import type { Swarm } from "./swarm/swarm.js";
import type { Touched } from "./touched.js";
import type { VolumeTable } from "./volumes/volume.js";

/** The state of one engine. Every operation of the core is a function over it. */
export interface Daemon {
  readonly release: Release;
  readonly settings: DaemonSettings;
  readonly clock: Clock;
  readonly random: Random;
  /**
   * The DNS servers outside of the engine. Like the clock and the randomness, they are no part of a snapshot.
   */
  readonly upstream: Upstream;
  /** A build ends where an image would have a program that the simulator lacks; otherwise it leaves the step out. */
  readonly strictBuild: boolean;
  readonly networks: NetworkTable;
  readonly containers: ContainerTable;
  /** The stops that wait for the end of a container's process. No snapshot has them. */
  readonly stopping: Map<Container, PendingStops>;
  /** The execs, by id. */
  readonly execs: Map<string, Exec>;
  readonly images: ImageTable;
  readonly volumes: VolumeTable;
  readonly hostFiles: HostFiles;
  readonly ipam: Ipam;
  readonly ports: HostPorts;
  readonly interfaces: InterfaceNumbers;
  readonly events: EventLog;
  /** The swarm that this engine manages; `null` outside of a swarm. */
  swarm: Swarm | null;
  /** What goes wrong on purpose. `undefined` where nothing ever did. */
  faults?: Pick<Faults, "saved"> & Partial<Faults>;
  /**
   * What operations have touched since the state was stored last. `undefined` where nobody stores the state.
   */
  touched?: Touched | undefined;
}
