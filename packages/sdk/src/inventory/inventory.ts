// What there is on an engine, read over the port as the requests that make it again. `recreate.ts` carries them out.
import type { CallOptions } from "../call.js";
import type { ContainerCreateRequest, ContainerInspect, ContainerStatus } from "../containers.js";
import type { Engine } from "../engine.js";
import type { EndpointConfig, NetworkCreateRequest, NetworkInspect } from "../networks.js";
import { inspectContainers, plainName } from "../topology/inspect-containers.js";
import { predefinedNetworks } from "../topology/predefined-networks.js";
import type { VolumeCreateRequest } from "../volumes.js";
import { containerRequest } from "./container-request.js";
import { namesOfImages } from "./image-names.js";

/**
 * The networks, volumes and containers of an engine as the requests that make them again, in the order in which they
 * can be made. Plain data: it can be kept as JSON, and changed before it is carried out.
 */
export interface Inventory {
  /** The engine's release, e.g. `28.5.2`. */
  readonly version: string;
  /** Without those that every engine has. */
  readonly networks: readonly NetworkCreateRequest[];
  /** The volumes with a name of their own. */
  readonly volumes: readonly VolumeCreateRequest[];
  readonly containers: readonly InventoryContainer[];
  /** What is there and is not in here, or not whole: a sentence for each. */
  readonly leftOut: readonly string[];
}

/** A container of an {@link Inventory}. Others are named by their names, and images by a name with a tag. */
export interface InventoryContainer {
  readonly name: string;
  /** Its configuration, and its place on the network that it is made on. */
  readonly request: ContainerCreateRequest;
  /** Its places on further networks, by their names. */
  readonly connect: Readonly<Record<string, EndpointConfig>>;
  readonly state: ContainerStatus;
  /** When its process started last, as RFC 3339; `0001-01-01T00:00:00Z` for never. */
  readonly startedAt: string;
}

/**
 * Reads the inventory of any engine, and changes nothing there. Addresses, published ports and MAC addresses that the
 * engine has picked become part of the requests, so that they stay the same.
 *
 * Data is not read: what volumes hold, what containers have written, and the files of images.
 *
 * @example
 * const { networks, containers, leftOut } = await inventory(await openEngine());
 * @throws what the calls throw: see {@link Engine}
 */
export async function inventory(engine: Engine, options: CallOptions = {}): Promise<Inventory> {
  const [{ Version }, networks, listed, images, { Volumes }] = await Promise.all([
    engine.system.version(options),
    engine.networks.list(options),
    engine.containers.list({ ...options, all: true }),
    engine.images.list(options),
    engine.volumes.list(options),
  ]);
  const containers = (await inspectContainers(engine, listed, options)).sort(byAge);
  const named = namesOfImages(images);
  const kept = networks.filter(isOwn).sort(byAge);
  const volumes = Volumes.filter(({ Name }) => !/^[0-9a-f]{64}$/.test(Name)).sort(byName);
  const surroundings = { containers, networks: kept, imageName: named.nameOf };
  return {
    version: Version,
    networks: kept.map(networkRequest),
    volumes: volumes.map(({ Name, Driver, Options, Labels }) => ({
      Name,
      Driver,
      DriverOpts: Options,
      Labels,
    })),
    containers: containers.map((container): InventoryContainer => {
      const { Status: state, StartedAt: startedAt } = container.State;
      return {
        name: plainName(container.Name),
        ...containerRequest(container, surroundings),
        state,
        startedAt,
      };
    }),
    leftOut: [
      ...networks.filter(isOfSwarm).map(({ Name }) => `The network ${Name} belongs to a swarm.`),
      ...volumes.map(({ Name }) => `The data of the volume ${Name} is not read.`),
      ...named.nameless(containers).map((image) => `The image ${image} has no name: it is called that here.`),
      ...hostPaths(containers).map((path) => `What is in ${path} on the engine's host is not read.`),
    ],
  };
}

function isOfSwarm({ Name, Scope }: NetworkInspect): boolean {
  return Scope === "swarm" && !predefinedNetworks.includes(Name);
}

function isOwn(network: NetworkInspect): boolean {
  return !predefinedNetworks.includes(network.Name) && !isOfSwarm(network);
}

function networkRequest(network: NetworkInspect): NetworkCreateRequest {
  const { Name, Driver, EnableIPv4, EnableIPv6, Internal, Attachable, ConfigOnly, ConfigFrom, Labels } =
    network;
  // What a configuration network gives cannot be asked for once more.
  if (ConfigFrom.Network !== "") return { Name, Driver, Internal, Attachable, ConfigFrom, Labels };
  return {
    Name,
    Driver,
    ...(EnableIPv4 !== undefined && { EnableIPv4 }),
    EnableIPv6,
    Internal,
    Attachable,
    ConfigOnly,
    Labels,
    Options: Object.fromEntries(
      Object.entries(network.Options ?? {}).filter(([option]) => !ownOptions.includes(option)),
    ),
    IPAM: {
      Driver: network.IPAM.Driver,
      Options: network.IPAM.Options,
      // 20.10 and 26.1 show the gateway of an IPv6 pool that they picked with the length of its prefix.
      Config: (network.IPAM.Config ?? []).map(({ Gateway, ...pool }) =>
        Gateway ? { ...pool, Gateway: Gateway.split("/")[0]! } : pool,
      ),
    },
  };
}

/** Options that an engine sets by itself, from fields of the request. */
const ownOptions = ["com.docker.network.enable_ipv4", "com.docker.network.enable_ipv6"];

function hostPaths(containers: readonly ContainerInspect[]): string[] {
  const binds = containers.flatMap(({ Mounts }) =>
    (Mounts as readonly { Type?: string; Source?: string }[]).flatMap(({ Type, Source }) =>
      Type === "bind" && Source ? [Source] : [],
    ),
  );
  return [...new Set(binds)].sort();
}

function byAge(one: { readonly Created: string }, other: { readonly Created: string }): number {
  return Date.parse(one.Created) - Date.parse(other.Created) || (one.Created < other.Created ? -1 : 1);
}

function byName(one: { readonly Name: string }, other: { readonly Name: string }): number {
  return one.Name < other.Name ? -1 : 1;
}
