// The shape of a snapshot, and how it is taken. `simulator.snapshot()` calls it. The files beside it each
// save and restore one kind of object.

import type { EngineEvent, SimulatorSnapshot } from "@dryharbor/sdk/port";
import type { Container } from "../core/containers/container.js";
import type { Daemon } from "../core/daemon.js";
import type { SavedFaults } from "../core/faults.js";
import type { Image } from "../core/images/image.js";
import { type SavedImage, type SavedImages, saveImage, saveImages } from "../core/images/saved.js";
import { type SavedIpam, saveIpam } from "../core/ipam/ipam.js";
import type { ReleaseName } from "../core/releases/row.js";
import type { DaemonSettings } from "../core/settings.js";
import type { Machine } from "../machine.js";
import { checksum } from "./checksum.js";
import { type SavedContainer, saveContainer } from "./containers.js";
import { type SavedExec, saveExec } from "./execs.js";
import { saveHostFiles } from "./host-files.js";
import { type SavedLogLine, saveLogLine } from "./log-lines.js";
import { type SavedNetwork, saveNetwork } from "./networks.js";
import type { SavedInode } from "./saved-inodes.js";
import { type SavedSwarm, saveSwarm } from "./swarm.js";
import { type SavedVolume, saveVolume } from "./volumes.js";

export const format = "dryharbor-snapshot" satisfies Snapshot["format"];

/** The version of the shape of {@link SavedState}. */
export const version = 1;

/** The whole state of a simulator as plain JSON. Store it as it is, and do not edit it. */
export type Snapshot = SimulatorSnapshot;

/** The small parts of the state, each of which is stored as a whole. */
export interface SavedParts {
  readonly release: ReleaseName;
  readonly settings: DaemonSettings;
  readonly random: number;
  readonly ipam: SavedIpam;
  readonly ports: Readonly<Record<string, number>>;
  /** The number that the host gave last to an interface. */
  readonly interfaces: number;
  readonly swarm: SavedSwarm | null;
  /** The faults; absent where there never were any. */
  readonly faults?: SavedFaults;
}

/** The shape of `state` of a {@link Snapshot}. */
export interface SavedState extends SavedParts {
  /** The last time of the clock, in nanoseconds. */
  readonly clock: string;
  readonly images: SavedImages;
  readonly volumes: readonly SavedVolume[];
  /** The inodes of the host's disk; none as long as nothing has changed there. */
  readonly hostFiles?: readonly SavedInode[];
  readonly networks: readonly SavedNetwork[];
  readonly containers: readonly SavedContainer[];
  /** Removed containers to which others still link. */
  readonly linkTargets: readonly SavedContainer[];
  /** Removed images on which containers, removed ones included, still depend. */
  readonly goneImages: readonly SavedImage[];
  readonly execs: readonly SavedExec[];
  readonly events: readonly EngineEvent[];
  /** The lines of logs by container id. */
  readonly logs: Readonly<Record<string, readonly SavedLogLine[]>>;
}

export function saveParts(daemon: Daemon): SavedParts {
  const { release, settings, random, ipam, ports, interfaces, swarm, faults } = daemon;
  return {
    release: release.name,
    settings,
    random: random.state,
    ipam: saveIpam(ipam),
    ports: ports.cursors,
    interfaces: interfaces.last,
    swarm: saveSwarm(swarm),
    ...(faults && { faults: faults.saved }),
  };
}

export function saveSnapshot(machine: Machine): Snapshot {
  return asSnapshot(saveState(machine));
}

/** Makes a snapshot of a copy of the state, so that it stays the same while the engine goes on. */
export function asSnapshot(live: SavedState): Snapshot {
  const state = JSON.parse(JSON.stringify(live)) as object;
  return { format, version, checksum: checksum(state), state };
}

function saveState({ daemon, clock, runtime }: Machine): SavedState {
  const containers = [...daemon.containers.byId.values()];
  const linkTargets = removedLinkTargets(containers);
  const written = containers.flatMap((container) => {
    const lines = runtime.log(container)?.lines ?? [];
    return lines.length > 0 ? [[container.id, lines.map(saveLogLine)] as const] : [];
  });
  return {
    ...saveParts(daemon),
    clock: String(clock.last),
    images: saveImages(daemon.images),
    volumes: [...daemon.volumes.values()].map(saveVolume),
    hostFiles: saveHostFiles(daemon.hostFiles),
    networks: [...daemon.networks.byId.values()].map(saveNetwork),
    containers: containers.map(saveContainer),
    linkTargets: linkTargets.map(saveContainer),
    goneImages: goneImages(daemon, [...containers, ...linkTargets]).map(saveImage),
    execs: [...daemon.execs.values()].filter(({ container }) => isThere(daemon, container)).map(saveExec),
    events: daemon.events.past,
    logs: Object.fromEntries(written),
  };
}

/** Returns whether a container has not been removed. */
export function isThere(daemon: Daemon, container: Container): boolean {
  return daemon.containers.byId.get(container.id) === container;
}

/** Returns the removed containers to which others still link. */
export function removedLinkTargets(containers: Iterable<Container>): Container[] {
  const present = new Set(containers);
  const removed = new Set<Container>();
  for (const { links } of present) {
    for (const { target } of links ?? []) if (!present.has(target)) removed.add(target);
  }
  return [...removed];
}

/** Returns the removed images on which containers still depend. */
export function goneImages({ images }: Daemon, containers: Iterable<Container>): Image[] {
  const gone = new Map<string, Image>();
  for (const { image } of containers) if (image && !images.get(image.id)) gone.set(image.id, image);
  return [...gone.values()];
}
