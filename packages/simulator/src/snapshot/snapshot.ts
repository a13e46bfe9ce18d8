import type { EngineEvent } from "@dryharbor/sdk/port";
import type { Container } from "../core/containers/container.js";
import type { Daemon } from "../core/daemon.js";
import type { Image } from "../core/images/image.js";
import { type SavedImage, type SavedImages, saveImage, saveImages } from "../core/images/saved.js";
import { type SavedIpam, saveIpam } from "../core/ipam/ipam.js";
import type { ReleaseName } from "../core/releases/row.js";
import type { DaemonSettings } from "../core/settings.js";
import type { Machine } from "../machine.js";
import { checksum } from "./checksum.js";
import { type SavedContainer, saveContainer } from "./containers.js";
import { type SavedExec, saveExec } from "./execs.js";
import { type SavedLogLine, saveLogLine } from "./log-lines.js";
import { type SavedNetwork, saveNetwork } from "./networks.js";
import { type SavedSwarm, saveSwarm } from "./swarm.js";
import { type SavedVolume, saveVolume } from "./volumes.js";

export const format = "dryharbor-snapshot";

/** Changes with the shape of {@link SavedState}. */
export const version = 1;

/** The whole state of a simulator, as plain JSON: to be stored as it is, not to be edited. */
export interface Snapshot {
  readonly format: typeof format;
  /** Of the shape of `state`. A simulator reads its own only. */
  readonly version: number;
  /** Of `state`. */
  readonly checksum: string;
  /** Not for reading: its shape changes with the version. */
  readonly state: object;
}

/** What is small, and has no parts of its own that change alone. */
export interface SavedParts {
  readonly release: ReleaseName;
  readonly settings: DaemonSettings;
  readonly random: number;
  readonly ipam: SavedIpam;
  readonly ports: Readonly<Record<string, number>>;
  readonly swarm: SavedSwarm | null;
}

/** What {@link Snapshot.state} is. */
export interface SavedState extends SavedParts {
  /** What the clock said last, in nanoseconds. */
  readonly clock: string;
  readonly images: SavedImages;
  readonly volumes: readonly SavedVolume[];
  readonly networks: readonly SavedNetwork[];
  readonly containers: readonly SavedContainer[];
  /** Containers that are gone, and that others still link to. */
  readonly linkTargets: readonly SavedContainer[];
  /** Images that are gone, and that these containers and those still stand on. */
  readonly goneImages: readonly SavedImage[];
  readonly execs: readonly SavedExec[];
  readonly events: readonly EngineEvent[];
  /** By container id. */
  readonly logs: Readonly<Record<string, readonly SavedLogLine[]>>;
}

export function saveParts({ release, settings, random, ipam, ports, swarm }: Daemon): SavedParts {
  return {
    release: release.name,
    settings,
    random: random.state,
    ipam: saveIpam(ipam),
    ports: ports.cursors,
    swarm: saveSwarm(swarm),
  };
}

export function saveSnapshot(machine: Machine): Snapshot {
  return asSnapshot(saveState(machine));
}

/** Takes a copy, so that the snapshot stays what it is while the engine goes on. */
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
    networks: [...daemon.networks.byId.values()].map(saveNetwork),
    containers: containers.map(saveContainer),
    linkTargets: linkTargets.map(saveContainer),
    goneImages: goneImages(daemon, [...containers, ...linkTargets]).map(saveImage),
    execs: [...daemon.execs.values()].filter(({ container }) => isThere(daemon, container)).map(saveExec),
    events: daemon.events.past,
    logs: Object.fromEntries(written),
  };
}

/** Whether a container has not been removed. */
export function isThere(daemon: Daemon, container: Container): boolean {
  return daemon.containers.byId.get(container.id) === container;
}

/** Containers that are gone, and that others still link to. */
export function removedLinkTargets(containers: Iterable<Container>): Container[] {
  const present = new Set(containers);
  const removed = new Set<Container>();
  for (const { links } of present) {
    for (const { target } of links ?? []) if (!present.has(target)) removed.add(target);
  }
  return [...removed];
}

/** Images that are gone, and that containers still stand on. */
export function goneImages({ images }: Daemon, containers: Iterable<Container>): Image[] {
  const gone = new Map<string, Image>();
  for (const { image } of containers) if (image && !images.get(image.id)) gone.set(image.id, image);
  return [...gone.values()];
}
