// Makes a machine from a snapshot. `createSimulator({ snapshot })` calls it.

import { UsageError } from "@dryharbor/sdk/port";
import { ticking } from "../core/clock.js";
import type { Container } from "../core/containers/container.js";
import { addLinkNames } from "../core/containers/legacy-links.js";
import { containerTable } from "../core/containers/table.js";
import type { Daemon } from "../core/daemon.js";
import type { Attachment } from "../core/endpoints/endpoint.js";
import { eventLog } from "../core/events/log.js";
import { mountAllOnHost } from "../core/host/files.js";
import { interfaceNumbers } from "../core/host/interface-numbers.js";
import { restoreImage, restoreImages } from "../core/images/saved.js";
import { createIpam } from "../core/ipam/ipam.js";
import { networkTable } from "../core/networks/table.js";
import { hostPorts } from "../core/ports/host-ports.js";
import { seededRandom } from "../core/random.js";
import { release } from "../core/releases/release.js";
import { ownAddresses } from "../core/system/interfaces.js";
import type { Machine, Surroundings } from "../machine.js";
import { Runtime } from "../runtime/runtime.js";
import { checksum } from "./checksum.js";
import { restoreContainer, type SavedContainer } from "./containers.js";
import { restoreExec } from "./execs.js";
import { restoreHostFiles } from "./host-files.js";
import { restoreLogLine } from "./log-lines.js";
import { restoreAttached, restoreNetwork } from "./networks.js";
import { format, type SavedState, type Snapshot, version } from "./snapshot.js";
import { restoreSwarm } from "./swarm.js";
import { restoreVolumes } from "./volumes.js";

/**
 * Restores the machine of a snapshot. The programs of running containers start anew.
 *
 * @throws {UsageError} the snapshot is malformed, damaged or of another version
 */
export function restoreSnapshot(snapshot: Snapshot, surroundings: Surroundings): Machine {
  const state = readState(snapshot);
  try {
    return restoreState(state, surroundings);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`this snapshot cannot be restored: ${why}`, { cause });
  }
}

/**
 * Checks a snapshot and returns a copy of its state.
 * @throws {UsageError} the snapshot is malformed, damaged or of another version
 */
export function readState(snapshot: Snapshot): SavedState {
  if (typeof snapshot !== "object" || snapshot === null || snapshot.format !== format) {
    throw new UsageError(
      "this is not a snapshot of a simulator: give what simulator.snapshot() returned, or its copy through JSON",
    );
  }
  if (snapshot.version !== version) {
    throw new UsageError(
      `this snapshot is of version ${snapshot.version}, and this simulator reads version ${version}: ` +
        "take it again with this release of @dryharbor/simulator",
    );
  }
  if (checksum(snapshot.state) !== snapshot.checksum) {
    throw new UsageError(
      "this snapshot is damaged: it has changed since simulator.snapshot() made it. Give an unchanged one",
    );
  }
  // A copy, so that the simulator shares nothing with the owner of the snapshot.
  return JSON.parse(JSON.stringify(snapshot.state)) as SavedState;
}

/** Restores the machine of a state that nobody else has. */
export function restoreState(
  state: SavedState,
  { upstream, hostMounts, strictBuild = false, ...processes }: Surroundings,
): Machine {
  const clock = ticking(processes.time, BigInt(state.clock));
  const theRelease = release(state.release);
  const daemon: Daemon = {
    release: theRelease,
    settings: state.settings,
    clock,
    random: seededRandom(state.random),
    upstream,
    strictBuild,
    networks: networkTable(),
    containers: containerTable(),
    stopping: new Map(),
    execs: new Map(),
    images: restoreImages(state.images),
    volumes: restoreVolumes(state.volumes),
    hostFiles: restoreHostFiles(state.settings, state.hostFiles),
    ipam: createIpam(theRelease, state.settings, state.ipam),
    ports: hostPorts(state.ports),
    interfaces: interfaceNumbers(ownAddresses(state.settings).length, state.interfaces),
    events: eventLog(clock, state.events),
    swarm: null,
    ...(state.faults && { faults: { saved: state.faults } }),
  };
  daemon.swarm = restoreSwarm(daemon, state.swarm);
  for (const network of state.networks) restoreNetwork(daemon, network);
  restoreContainers(daemon, state);
  for (const exec of state.execs) restoreExec(daemon, exec);

  mountAllOnHost(daemon, hostMounts);

  const runtime = new Runtime(daemon, processes);
  for (const container of daemon.containers.byId.values()) {
    const lines = state.logs[container.id];
    if (lines) runtime.openLog(container, lines.map(restoreLogLine));
  }
  runtime.resumeAll();
  return { daemon, clock, runtime };
}

/** Containers of one namespace have the files of the one that made it, or what was left of them when it went. */
function shareFiles({ containers }: Daemon): void {
  const left = new Map<string, Container["etc"]>();
  for (const container of containers.byId.values()) {
    const { owner } = container.paths;
    if (owner === "") continue;
    const etc = containers.byId.get(owner)?.etc ?? left.get(owner) ?? container.etc;
    left.set(owner, etc);
    container.etc = etc;
  }
}

function restoreContainers(daemon: Daemon, state: SavedState): void {
  const { containers } = daemon;
  const goneImages = new Map(state.goneImages.map((saved) => [saved.id, restoreImage(saved)]));
  const restored = (saved: SavedContainer) => restoreContainer(daemon, saved, goneImages);
  for (const saved of state.containers) containers.add(restored(saved));
  const removed = new Map(state.linkTargets.map((saved) => [saved.id, restored(saved)]));

  for (const { id, links } of state.containers) {
    const container = containers.byId.get(id)!;
    container.links =
      links?.map(({ target, alias }) => {
        const found = containers.byId.get(target) ?? removed.get(target);
        if (!found) throw new Error(`there is no container ${target}`);
        return { target: found, alias };
      }) ?? null;
    addLinkNames(daemon, container);
  }
  shareFiles(daemon);

  const byNetwork = new Map<string, Map<string, Attachment>>();
  for (const container of containers.byId.values()) {
    const { gateway } = container.sandbox ?? { gateway: null };
    for (const { attachment } of [...container.endpoints.values(), { attachment: gateway }]) {
      if (!attachment) continue;
      const { id } = attachment.network;
      const attachments = byNetwork.get(id) ?? new Map();
      byNetwork.set(id, attachments.set(container.id, attachment));
    }
  }
  for (const network of state.networks)
    restoreAttached(daemon, network, byNetwork.get(network.id) ?? new Map());
}
