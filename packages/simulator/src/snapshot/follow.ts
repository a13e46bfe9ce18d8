// Follows a machine and tells what has changed in its state, so that a change costs its own size and not the
// state's. `dryharbor serve --state` stores what it tells; `fold.ts` puts the changes together again.

import type { Container } from "../core/containers/container.js";
import type { Exec } from "../core/exec/exec.js";
import { saveImage, saveImages } from "../core/images/saved.js";
import { nothingTouched } from "../core/touched.js";
import type { Machine } from "../machine.js";
import type { LogLine } from "../runtime/log.js";
import { saveContainer } from "./containers.js";
import { saveExec } from "./execs.js";
import { Followed } from "./followed.js";
import { saveHostFiles } from "./host-files.js";
import { saveLogLine } from "./log-lines.js";
import { saveNetwork } from "./networks.js";
import { goneImages, isThere, removedLinkTargets, saveParts, saveSnapshot } from "./snapshot.js";
import { saveVolume } from "./volumes.js";

/** Tells what changes in a simulator, for those who store its state. Texts are JSON without line feeds. */
export interface StateFollower {
  /** Returns the whole state as a snapshot. Changes until now are in it, and are not told again. */
  whole(): string;
  /**
   * Returns what has changed since the last call, for `foldChanges`, or `undefined` if nothing has. An
   * operation's changes are included once its call has returned.
   */
  changes(): string | undefined;
  /** Stops following. */
  end(): void;
}

/** Follows a machine from now on. A machine can have one follower at a time. */
export function followState(machine: Machine): StateFollower {
  const { daemon, clock, runtime } = machine;
  const networks = new Followed(saveNetwork);
  const containers = new Followed(saveContainer);
  const volumes = new Followed(saveVolume);
  const execs = new Followed(saveExec);
  /** The ids of the stored execs of a container. */
  const execsOf = new Map<string, Set<string>>();
  const logs = new Map<string, { readonly last: LogLine | undefined; readonly count: number }>();
  const parts = new Map<string, string>();
  let imagesRevision = daemon.images.revision;
  let diskRevision = daemon.hostFiles.disk.revision;
  let linkTargets = "[]";
  let gone = "[]";
  let events: string[] = [];
  let touched = nothingTouched();

  for (const network of daemon.networks.byId.values()) networks.know(network.id, network);
  for (const volume of daemon.volumes.values()) volumes.know(volume.name, volume);
  for (const container of daemon.containers.byId.values()) {
    containers.know(container.id, container);
    const lines = runtime.log(container)?.lines ?? [];
    logs.set(container.id, { last: lines.at(-1), count: lines.length });
  }
  for (const exec of daemon.execs.values()) {
    if (!isThere(daemon, exec.container)) continue;
    execs.know(exec.id, exec);
    known(exec);
  }
  changedParts();
  changedLinkTargets();
  changedGoneImages();
  daemon.touched = touched;
  const unsubscribe = daemon.events.subscribe((event) => events.push(JSON.stringify(event)));

  function known(exec: Exec): void {
    const ids = execsOf.get(exec.container.id);
    if (ids) ids.add(exec.id);
    else execsOf.set(exec.container.id, new Set([exec.id]));
  }

  /** Returns the changed parts among those that are small enough to be compared each time. */
  function changedParts(): string[] {
    const changed: string[] = [];
    for (const [name, part] of Object.entries(saveParts(daemon))) {
      const text = JSON.stringify(part);
      if (parts.get(name) === text) continue;
      parts.set(name, text);
      changed.push(`${JSON.stringify(name)}:${text}`);
    }
    if (daemon.images.revision !== imagesRevision) {
      imagesRevision = daemon.images.revision;
      changed.push(`"images":${JSON.stringify(saveImages(daemon.images))}`);
    }
    if (daemon.hostFiles.disk.revision !== diskRevision) {
      diskRevision = daemon.hostFiles.disk.revision;
      changed.push(`"hostFiles":${JSON.stringify(saveHostFiles(daemon.hostFiles))}`);
    }
    return changed;
  }

  function changedLinkTargets(): string | undefined {
    const text = JSON.stringify(removedLinkTargets(daemon.containers.byId.values()).map(saveContainer));
    if (text === linkTargets) return undefined;
    linkTargets = text;
    return text;
  }

  function changedGoneImages(): string | undefined {
    const containers = [...daemon.containers.byId.values()];
    const text = JSON.stringify(
      goneImages(daemon, [...containers, ...removedLinkTargets(containers)]).map(saveImage),
    );
    if (text === gone) return undefined;
    gone = text;
    return text;
  }

  /** Returns the new lines of a log, or all lines if old ones have been dropped. */
  function changedLog(container: Container): string | undefined {
    const { id } = container;
    const { last, count } = logs.get(id) ?? { last: undefined, count: 0 };
    const lines = runtime.log(container)?.lines ?? [];
    if (lines.at(-1) === last) return undefined;
    logs.set(id, { last: lines.at(-1), count: lines.length });
    const goesOn = last === undefined || lines[count - 1] === last;
    const added = (goesOn ? lines.slice(count) : lines).map(saveLogLine);
    return `${JSON.stringify(id)}:${JSON.stringify({ from: goesOn ? count : 0, lines: added })}`;
  }

  function changedExecs(container: Container): void {
    const present = isThere(daemon, container);
    for (const id of new Set([...(execsOf.get(container.id) ?? []), ...(container.execIds ?? [])])) {
      const exec = present ? daemon.execs.get(id) : undefined;
      execs.look(id, exec);
      if (exec) known(exec);
      else execsOf.get(container.id)?.delete(id);
    }
    if (!present) execsOf.delete(container.id);
  }

  function changes(): string | undefined {
    const {
      containers: someContainers,
      networks: someNetworks,
      volumes: someVolumes,
      execs: newExecs,
    } = touched;
    touched = nothingTouched();
    daemon.touched = touched;
    const revisionBefore = imagesRevision;
    const changed = changedParts();
    let imagesMayHaveGone = imagesRevision !== revisionBefore;
    const changedLogs: string[] = [];
    let linksMayHaveChanged = linkTargets !== "[]";
    for (const exec of newExecs) known(exec);
    for (const container of someContainers) {
      const present = isThere(daemon, container);
      changedExecs(container);
      if (present) {
        const log = changedLog(container);
        if (log !== undefined) changedLogs.push(log);
      } else {
        logs.delete(container.id);
        linksMayHaveChanged = true;
        imagesMayHaveGone ||= gone !== "[]";
      }
      // Processes write into volumes without an operation, so each of the container's volumes is compared.
      for (const { volume } of container.mounts ?? []) if (volume !== "") someVolumes.add(volume);
      if (!containers.look(container.id, present ? container : undefined)) continue;
      // The other objects that refer to the container.
      for (const { attachment } of container.endpoints.values()) {
        if (attachment) someNetworks.add(attachment.network);
      }
      if (container.links) linksMayHaveChanged = true;
    }
    for (const network of someNetworks) {
      networks.look(network.id, daemon.networks.byId.get(network.id));
    }
    for (const name of someVolumes) volumes.look(name, daemon.volumes.get(name));
    const targets = linksMayHaveChanged ? changedLinkTargets() : undefined;
    if (targets !== undefined) changed.push(`"linkTargets":${targets}`);
    const goneNow = imagesMayHaveGone ? changedGoneImages() : undefined;
    if (goneNow !== undefined) changed.push(`"goneImages":${goneNow}`);

    const collections = { networks, containers, volumes, execs };
    const pieces = Object.entries(collections).flatMap(([name, followed]) => {
      const text = followed.take();
      return text === undefined ? [] : [`${JSON.stringify(name)}:${text}`];
    });
    if (changed.length > 0) pieces.push(`"parts":{${changed.join(",")}}`);
    if (changedLogs.length > 0) pieces.push(`"logs":{${changedLogs.join(",")}}`);
    if (events.length > 0) pieces.push(`"events":[${events.join(",")}]`);
    events = [];
    return pieces.length === 0 ? undefined : `{"clock":"${clock.last}",${pieces.join(",")}}`;
  }

  return {
    whole() {
      changes();
      return JSON.stringify(saveSnapshot(machine));
    },
    changes,
    end() {
      unsubscribe();
      daemon.touched = undefined;
    },
  };
}
