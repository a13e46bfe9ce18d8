// Captures the state of a machine for forks. A capture copies only what operations change in place, and shares the rest
// with the machine: files, images, configurations. It becomes a saved state when somebody wants one.

import { FileSystem } from "@dryharbor/kernel/host";
import type { Container } from "../core/containers/container.js";
import type { Daemon } from "../core/daemon.js";
import type { Attachment, Endpoint } from "../core/endpoints/endpoint.js";
import { type SavedImages, saveImage, saveImages } from "../core/images/saved.js";
import type { Volume } from "../core/volumes/volume.js";
import type { Machine } from "../machine.js";
import { saveContainer } from "./containers.js";
import { saveExec } from "./execs.js";
import { saveHostFiles } from "./host-files.js";
import { saveLogLine } from "./log-lines.js";
import { saveNetwork } from "./networks.js";
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
  const networks = Array.from(daemon.networks.byId.values(), (network) => ({
    ...saveNetwork(network),
    engineEndpoints: [...network.engineEndpoints],
  }));
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
        networks,
        containers: containers.map(saveContainer),
        linkTargets: linkTargets.map(saveContainer),
        goneImages: gone.map(saveImage),
        execs,
        events,
        logs: Object.fromEntries(logs.map(([id, lines]) => [id, lines.map(saveLogLine)])),
      } satisfies SavedState);
      return JSON.parse(text) as SavedState;
    },
  };
}

/** Copies a container, as far as operations change it in place. */
function copyOf(container: Container): Container {
  const { state, sandbox, etc } = container;
  const copy: Container = {
    ...container,
    state: { ...state, health: state.health && { ...state.health } },
    endpoints: new Map(),
    mounts: container.mounts?.map((mount) => ({ ...mount })) ?? null,
    layer: container.layer && copyOfFiles(container.layer),
    devices: container.devices && copyOfFiles(container.devices),
    tmpfs:
      container.tmpfs &&
      new Map(
        Array.from(container.tmpfs, ([path, { files, writable }]) => [
          path,
          { files: copyOfFiles(files), writable },
        ]),
      ),
    links: container.links && [...container.links],
    sandbox: sandbox && {
      ...sandbox,
      ports: { ...sandbox.ports },
      gateway: sandbox.gateway && copyOfAttachment(sandbox.gateway),
    },
    execIds: container.execIds && new Set(container.execIds),
  };
  for (const [name, endpoint] of container.endpoints) copy.endpoints.set(name, copyOfEndpoint(endpoint));
  if (etc) {
    const owner = etc.container === container ? copy : etc.container;
    copy.etc = { ...etc, container: owner, written: etc.written && copyOfFiles(etc.written) };
  }
  return copy;
}

function copyOfEndpoint(endpoint: Endpoint): Endpoint {
  return { ...endpoint, attachment: endpoint.attachment && copyOfAttachment(endpoint.attachment) };
}

function copyOfAttachment(attachment: Attachment): Attachment {
  return { ...attachment };
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
