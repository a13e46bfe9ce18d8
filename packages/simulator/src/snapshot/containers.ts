import { emptyTree, FileSystem } from "@dryharbor/kernel/host";
import { baseOf } from "../core/containers/base.js";
import type { Container, ContainerState, Sandbox } from "../core/containers/container.js";
import { deviceTree } from "../core/containers/device-tree.js";
import type { Daemon } from "../core/daemon.js";
import type { Attachment, Endpoint } from "../core/endpoints/endpoint.js";
import { attachmentsOf } from "../core/endpoints/order.js";
import { newEndpoint } from "../core/endpoints/settings.js";
import { type EtcFiles, etcTree } from "../core/files/etc-files.js";
import type { Image } from "../core/images/image.js";
import { rootOf } from "../core/images/root.js";
import { claimAddresses } from "../core/ipam/ipam.js";
import type { Network } from "../core/networks/network.js";
import { retakePorts } from "../core/ports/publish.js";
import { restoreInodes, type SavedInode, saveInodes } from "./saved-inodes.js";

/** A container in a snapshot. */
export type SavedContainer = Omit<
  Container,
  | "created"
  | "image"
  | "base"
  | "layer"
  | "devices"
  | "tmpfs"
  | "bound"
  | "state"
  | "endpoints"
  | "links"
  | "sandbox"
  | "etc"
  | "execIds"
> & {
  /** In nanoseconds. */
  readonly created: string;
  /** The image's id, or `null` if the container has no image. */
  readonly image: string | null;
  /** The inodes of the container's own layer, over its image's files. */
  readonly layer: readonly SavedInode[] | null;
  /** The inodes of its /dev that processes have changed. Older snapshots have none. */
  readonly devices?: readonly SavedInode[] | null;
  /** The tmpfs mounts by destination. */
  readonly tmpfs: readonly (readonly [path: string, tmpfs: SavedTmpfs])[] | null;
  readonly state: Omit<ContainerState, "startedAt" | "finishedAt"> & {
    readonly startedAt: string;
    readonly finishedAt: string;
  };
  readonly endpoints: readonly (readonly [network: string, endpoint: SavedEndpoint])[];
  /** The ids of the linked containers. */
  readonly links: readonly { readonly target: string; readonly alias: string }[] | null;
  readonly sandbox: SavedSandbox | null;
  /** The files in /etc that the engine writes; `null` for none, and for those of a container that is still there. */
  readonly etc: SavedEtcFiles | null;
  readonly execIds: readonly string[] | null;
};

interface SavedTmpfs {
  readonly files: readonly SavedInode[];
  readonly writable: boolean;
}

type SavedEndpoint = Omit<Endpoint, "attachment"> & { readonly attachment: SavedAttachment | null };

/** An attachment in a snapshot. `network` is the network's id. */
type SavedAttachment = Omit<Attachment, "network" | "container" | "endpoint"> & { readonly network: string };

/** Files in /etc in a snapshot. `written` has their inodes where a process has changed some of them. */
type SavedEtcFiles = Omit<EtcFiles, "container" | "written"> & {
  readonly written: readonly SavedInode[] | null;
};

/** A sandbox in a snapshot. `publishedThrough` is the id of that endpoint's network. */
type SavedSandbox = Omit<Sandbox, "publishedThrough" | "gateway"> & {
  readonly publishedThrough: string | null;
  readonly gateway: SavedAttachment | null;
};

export function saveContainer(container: Container): SavedContainer {
  const {
    created,
    image,
    base: _base,
    layer,
    devices,
    tmpfs,
    bound: _bound,
    state,
    endpoints,
    links,
    sandbox,
    etc,
    execIds,
    ...plain
  } = container;
  const { startedAt, finishedAt, ...rest } = state;
  return {
    ...plain,
    created: String(created),
    image: image?.id ?? null,
    layer: layer && saveInodes(layer.changed),
    devices: devices && saveInodes(devices.changed),
    tmpfs:
      tmpfs &&
      Array.from(tmpfs, ([path, { files, writable }]) => [
        path,
        { files: saveInodes(files.changed), writable },
      ]),
    state: { ...rest, startedAt: String(startedAt), finishedAt: String(finishedAt) },
    endpoints: [...endpoints].map(([name, endpoint]) => [name, saveEndpoint(endpoint)]),
    links: links?.map(({ target, alias }) => ({ target: target.id, alias })) ?? null,
    sandbox: sandbox && {
      ...sandbox,
      publishedThrough: sandbox.publishedThrough?.network.id ?? null,
      gateway: sandbox.gateway && saveAttachment(sandbox.gateway),
    },
    etc: etc && saveEtcFiles(container, etc),
    execIds: execIds && [...execIds],
  };
}

function saveEtcFiles(
  container: Container,
  { container: owner, written, ...plain }: EtcFiles,
): SavedEtcFiles | null {
  // What others have written is kept for the case that the other container is gone, and then there.
  if (owner !== container && !written) return null;
  return { ...plain, written: written && saveInodes(written.changed) };
}

function saveEndpoint({ attachment, ...plain }: Endpoint): SavedEndpoint {
  return { ...plain, attachment: attachment && saveAttachment(attachment) };
}

function saveAttachment({ network, container: _, endpoint: __, ...own }: Attachment): SavedAttachment {
  return { ...own, network: network.id };
}

/**
 * Restores a container with its endpoints. Its links follow later, because the linked containers may not
 * exist yet.
 *
 * @param goneImages - removed images that containers still use, by id
 */
export function restoreContainer(
  daemon: Daemon,
  saved: SavedContainer,
  goneImages: ReadonlyMap<string, Image>,
): Container {
  const {
    created,
    layer,
    devices,
    tmpfs,
    state,
    endpoints,
    links: _links,
    sandbox,
    etc,
    execIds,
    ...plain
  } = saved;
  const image = saved.image === null ? null : imageOf(daemon, saved.image, goneImages);
  const base = baseOf(image ? rootOf(image) : emptyTree);
  const container: Container = {
    ...plain,
    created: BigInt(created),
    image,
    base,
    layer: layer && new FileSystem(base, restoreInodes(layer)),
    devices: devices ? new FileSystem(deviceTree(), restoreInodes(devices)) : null,
    tmpfs:
      tmpfs &&
      new Map(
        tmpfs.map(([path, { files, writable }]) => [
          path,
          { files: new FileSystem(emptyTree, restoreInodes(files)), writable },
        ]),
      ),
    bound: null,
    state: { ...state, startedAt: BigInt(state.startedAt), finishedAt: BigInt(state.finishedAt) },
    endpoints: new Map(),
    links: null,
    sandbox: null,
    etc: null,
    execIds: execIds && new Set(execIds),
  };
  if (etc) {
    const { written, ...texts } = etc;
    const files = written && new FileSystem(etcTree, restoreInodes(written));
    container.etc = { ...texts, container, written: files };
  }
  for (const [name, endpoint] of endpoints) {
    container.endpoints.set(name, restoreEndpoint(daemon, container, endpoint));
  }
  if (sandbox) container.sandbox = restoreSandbox(daemon, container, sandbox);
  retakePorts(daemon, container);
  return container;
}

function imageOf({ images }: Daemon, id: string, gone: ReadonlyMap<string, Image>): Image {
  const image = images.get(id) ?? gone.get(id);
  if (!image) throw new Error(`there is no image ${id}`);
  return image;
}

function restoreEndpoint(
  daemon: Daemon,
  container: Container,
  { attachment, ...plain }: SavedEndpoint,
): Endpoint {
  const endpoint: Endpoint = { ...plain, attachment: null };
  if (attachment) endpoint.attachment = restoreAttachment(daemon, container, endpoint, attachment);
  return endpoint;
}

function restoreAttachment(
  daemon: Daemon,
  container: Container,
  endpoint: Endpoint,
  saved: SavedAttachment,
): Attachment {
  const network = networkOf(daemon, saved.network);
  claimAddresses(daemon.release, network.pools, saved);
  daemon.interfaces.claim(saved.hostEnd);
  return { ...saved, network, container, endpoint };
}

function restoreSandbox(daemon: Daemon, container: Container, saved: SavedSandbox): Sandbox {
  const { publishedThrough, ...plain } = saved;
  const gateway =
    saved.gateway && restoreAttachment(daemon, container, newEndpoint(daemon.release), saved.gateway);
  const attachments = [...attachmentsOf(container), ...(gateway ? [gateway] : [])];
  const through = attachments.find(({ network }) => network.id === publishedThrough);
  return { ...plain, gateway, publishedThrough: through ?? null };
}

function networkOf(daemon: Daemon, id: string): Network {
  const network = daemon.networks.byId.get(id);
  if (!network) throw new Error(`there is no network ${id}`);
  return network;
}
