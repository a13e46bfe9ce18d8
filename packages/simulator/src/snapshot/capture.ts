// Captures the state of a machine for forks. A capture copies only what operations change in place, and shares the rest
// with the machine: files, images, configurations. It becomes a saved state when somebody wants one.

import { FileSystem } from "@dryharbor/kernel/host";
import type { Container } from "../core/containers/container.js";
import type { Daemon } from "../core/daemon.js";
import type { Endpoint } from "../core/endpoints/endpoint.js";
import type { EtcFiles } from "../core/files/etc-files.js";
import { type SavedImages, saveImage, saveImages } from "../core/images/saved.js";
import type { Network } from "../core/networks/network.js";
import type { Volume } from "../core/volumes/volume.js";
import type { Machine } from "../machine.js";
import { type SavedContainer, saveContainer } from "./containers.js";
import { saveExec } from "./execs.js";
import { saveHostFiles } from "./host-files.js";
import { saveLogLine } from "./log-lines.js";
import { type SavedNetwork, saveProperties } from "./networks.js";
import type { SavedInode } from "./saved-inodes.js";
import { goneImages, isThere, removedLinkTargets, type SavedState, saveParts } from "./snapshot.js";
import { saveVolume } from "./volumes.js";

/** The state of a machine at one moment. */
export interface Capture {
  /** Returns the state as JSON, which is shared with nobody. */
  state(): SavedState;
  /** The last time of the machine's clock, in nanoseconds. */
  readonly clock: bigint;
}

/** Captures the state of a machine as it is now. */
export function capture({ daemon, clock, runtime }: Machine): Capture {
  const present = [...daemon.containers.byId.values()];
  const removed = removedLinkTargets(present);
  const gone = goneImages(daemon, [...present, ...removed]);
  // Small, and full of what changes in place.
  const parts = JSON.stringify(saveParts(daemon));
  const { last } = clock;
  const images = imagesOf(daemon);
  const hostFiles = hostFilesOf(daemon);
  const containers = present.map(copyOf);
  const linkTargets = removed.map(copyOf);
  const networks = Array.from(daemon.networks.byId.values(), copyOfNetwork);
  const volumes = Array.from(daemon.volumes.values(), copyOfVolume);
  const execs = [...daemon.execs.values()]
    .filter(({ container }) => isThere(daemon, container))
    .map(saveExec);
  const events = daemon.events.past;
  const logs = present.flatMap((container) => {
    const { lines = [] } = runtime.log(container) ?? {};
    return lines.length > 0 ? [[container.id, [...lines]] as const] : [];
  });
  let text: string | undefined;
  return {
    clock: last,
    state() {
      text ??= JSON.stringify({
        ...(JSON.parse(parts) as ReturnType<typeof saveParts>),
        clock: String(last),
        images,
        volumes: volumes.map(saveVolume),
        hostFiles,
        networks: networks.map((copy) => copy()),
        containers: containers.map(saveCopy),
        linkTargets: linkTargets.map(saveCopy),
        goneImages: gone.map(saveImage),
        execs,
        events,
        logs: Object.fromEntries(logs.map(([id, lines]) => [id, lines.map(saveLogLine)])),
      } satisfies SavedState);
      return JSON.parse(text) as SavedState;
    },
  };
}

/** A copy of a container. There are many, so its endpoints are a list, which takes a third of a map's memory. */
interface CopiedContainer {
  /** Its endpoints and its files in /etc are still those of the original. */
  readonly container: Container;
  readonly original: Container;
  readonly endpoints: readonly (readonly [name: string, endpoint: Endpoint])[];
  readonly etc: EtcFiles | null;
}

/** Copies a container, as far as operations change it in place. */
function copyOf(original: Container): CopiedContainer {
  const { state, sandbox, etc, mounts, layer, devices, tmpfs, links, execIds } = original;
  const container: Container = {
    ...original,
    state: { ...state, health: state.health && { ...state.health } },
    sandbox: sandbox && { ...sandbox, gateway: sandbox.gateway && { ...sandbox.gateway } },
  };
  if (mounts) container.mounts = mounts.map((mount) => ({ ...mount }));
  if (layer) container.layer = copyOfFiles(layer);
  if (devices) container.devices = copyOfFiles(devices);
  if (tmpfs)
    container.tmpfs = new Map(
      [...tmpfs].map(([path, { files, writable }]) => [path, { files: copyOfFiles(files), writable }]),
    );
  if (links) container.links = [...links];
  if (execIds) container.execIds = new Set(execIds);
  const endpoints: [string, Endpoint][] = [];
  for (const [name, endpoint] of original.endpoints) {
    const { attachment } = endpoint;
    endpoints.push([name, { ...endpoint, attachment: attachment && { ...attachment } }]);
  }
  return {
    container,
    original,
    endpoints,
    etc: etc && { ...etc, written: etc.written && copyOfFiles(etc.written) },
  };
}

function saveCopy({ container, original, endpoints, etc }: CopiedContainer): SavedContainer {
  const whole: Container = { ...container, endpoints: new Map(endpoints), etc: null };
  if (etc) whole.etc = { ...etc, container: etc.container === original ? whole : etc.container };
  return saveContainer(whole);
}

/** Copies a network, with the ids of who is attached. Returns what saves the copy. */
function copyOfNetwork(network: Network): () => SavedNetwork {
  const properties = saveProperties(network);
  const attached = [...network.attached.keys()];
  const names = [...network.names.keys()];
  // Most names have one container.
  const holders = Array.from(network.names.values(), (each) =>
    each.length === 1 ? each[0]!.container.id : each.map(({ container }) => container.id),
  );
  return () => ({
    ...properties,
    attached,
    names: names.map((name, at) => [name, [holders[at]!].flat()]),
  });
}

function copyOfVolume(volume: Volume): Volume {
  return { ...volume, holders: new Set(volume.holders), files: copyOfFiles(volume.files) };
}

/** Inodes are replaced and never changed, so the copy has the same ones. */
function copyOfFiles({ base, changed }: FileSystem): FileSystem {
  return new FileSystem(base, changed);
}

/** What was saved of an object whose revision tells when it changes. */
const images = new WeakMap<object, { readonly revision: number; readonly saved: SavedImages }>();
const disks = new WeakMap<object, { readonly revision: number; readonly saved: readonly SavedInode[] }>();

function imagesOf({ images: table }: Daemon): SavedImages {
  const known = images.get(table);
  if (known?.revision === table.revision) return known.saved;
  const saved = saveImages(table);
  images.set(table, { revision: table.revision, saved });
  return saved;
}

function hostFilesOf({ hostFiles }: Daemon): readonly SavedInode[] {
  const { disk } = hostFiles;
  const known = disks.get(disk);
  if (known?.revision === disk.revision) return known.saved;
  const saved = saveHostFiles(hostFiles);
  disks.set(disk, { revision: disk.revision, saved });
  return saved;
}
