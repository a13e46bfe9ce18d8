// The topology of an engine as data. `changes.ts` compares two, and `draw.ts`, `mermaid.ts` and `svg.ts` show one.
import type { CallOptions } from "../call.js";
import type { ContainerInspect, ContainerStatus, Health } from "../containers.js";
import type { Engine } from "../engine.js";
import type { EndpointSettings, NetworkInspect } from "../networks.js";
import { inspectContainers, plainName } from "./inspect-containers.js";
import { predefinedNetworks } from "./predefined-networks.js";

/** Networks, and the containers on them, at one moment. Plain data: it can be kept as JSON and compared. */
export interface Topology {
  /** The predefined networks first, then the others in order of their creation. */
  readonly networks: readonly TopologyNetwork[];
  /** In order of their creation, in whatever state. */
  readonly containers: readonly TopologyContainer[];
}

/** A network of a {@link Topology}. */
export interface TopologyNetwork {
  readonly id: string;
  readonly name: string;
  /** E.g. `bridge`, `overlay`, `null`. */
  readonly driver: string;
  /** Without a way out. */
  readonly internal: boolean;
  /** Of each address family. Empty for `host` and `none`. */
  readonly subnets: readonly TopologySubnet[];
}

/** A subnet of a network. */
export interface TopologySubnet {
  /** CIDR block, e.g. `172.18.0.0/16`. */
  readonly subnet: string;
  /** The host's address in it; absent where the network has none, or the engine does not tell. */
  readonly gateway?: string;
}

/** A container of a {@link Topology}. */
export interface TopologyContainer {
  readonly id: string;
  /** Without the API's slash. */
  readonly name: string;
  readonly image: string;
  readonly state: ContainerStatus;
  /** What its process ended with; absent while it runs and before it did. */
  readonly exitCode?: number;
  /** Absent without a health check. */
  readonly health?: Health["Status"];
  /** The name of the container whose network it uses, or the id where that container is gone. */
  readonly sharesNetworkOf?: string;
  /** Its place in each of its networks, by the network's name. */
  readonly endpoints: readonly TopologyEndpoint[];
  /** What it exposes or publishes, by number. */
  readonly ports: readonly TopologyPort[];
}

/** A container's place in one network. */
export interface TopologyEndpoint {
  readonly network: string;
  readonly networkId: string;
  /** Absent where it has none, as in a container that does not run. */
  readonly ipv4?: string;
  readonly ipv6?: string;
  /** Further names on this network, for everybody there. The container's own name and short id are left out. */
  readonly aliases: readonly string[];
  /** Names that only this container knows. */
  readonly links: readonly TopologyLink[];
}

/** A link: `alias` is a name of the container `target`. */
export interface TopologyLink {
  readonly target: string;
  readonly alias: string;
}

/** A port of a container. */
export interface TopologyPort {
  readonly port: number;
  /** `tcp`, `udp` or `sctp`. */
  readonly protocol: string;
  /** Where it is published on the host; empty for a port that is only exposed. */
  readonly published: readonly TopologyPublishedPort[];
}

/** An address and a port of the host. */
export interface TopologyPublishedPort {
  /** E.g. `0.0.0.0` for all IPv4 addresses of the host, `::` for all IPv6 ones. */
  readonly address: string;
  readonly port: number;
}

/**
 * Reads the topology of any engine over the port: two lists, and an inspect of each container. A container that
 * goes away meanwhile is left out, and so are the containers that this library asks from.
 *
 * @example
 * const { networks, containers } = await topology(engine);
 * for (const { name, endpoints } of containers) console.log(name, endpoints.map(({ ipv4 }) => ipv4));
 * @throws what the calls throw: see {@link Engine}
 */
export async function topology(
  { networks, containers }: Pick<Engine, "networks" | "containers">,
  options: CallOptions = {},
): Promise<Topology> {
  const [listedNetworks, listedContainers] = await Promise.all([
    networks.list(options),
    containers.list({ ...options, all: true }),
  ]);
  const present = await inspectContainers({ containers }, listedContainers, options);
  const names = new Map(present.map(({ Id, Name }) => [Id, plainName(Name)]));
  return {
    networks: listedNetworks.sort(predefinedFirst).map(networkOf),
    containers: present.sort(byCreation).map((container) => containerOf(container, names)),
  };
}

function predefinedFirst(one: NetworkInspect, other: NetworkInspect): number {
  const place = ({ Name }: NetworkInspect) => {
    const index = predefinedNetworks.indexOf(Name);
    return index < 0 ? predefinedNetworks.length : index;
  };
  return place(one) - place(other) || byCreation(one, other);
}

interface Created {
  readonly Created: string;
  readonly Name: string;
}

function byCreation(one: Created, other: Created): number {
  return compareTimes(one.Created, other.Created) || compare(one.Name, other.Name);
}

/** Compares times of RFC 3339, which may have fractions of different length and different offsets. */
function compareTimes(one: string, other: string): number {
  const parts = (time: string) => {
    const fraction = /\.(\d+)/.exec(time)?.[1] ?? "";
    return { second: Date.parse(time.replace(/\.\d+/, "")), fraction: fraction.padEnd(9, "0") };
  };
  const [a, b] = [parts(one), parts(other)];
  return a.second - b.second || compare(a.fraction, b.fraction);
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

function networkOf({ Id, Name, Driver, Internal, IPAM }: NetworkInspect): TopologyNetwork {
  return {
    id: Id,
    name: Name,
    driver: Driver,
    internal: Internal,
    subnets: (IPAM.Config ?? []).flatMap(({ Subnet, Gateway }) =>
      Subnet ? [{ subnet: Subnet, ...(Gateway && { gateway: Gateway.split("/")[0]! }) }] : [],
    ),
  };
}

function containerOf(container: ContainerInspect, names: ReadonlyMap<string, string>): TopologyContainer {
  const { Id, Name, Config, State, HostConfig, NetworkSettings } = container;
  const shared = /^container:(.*)$/s.exec(HostConfig.NetworkMode)?.[1];
  return {
    id: Id,
    name: plainName(Name),
    image: Config.Image,
    state: State.Status,
    ...((State.Status === "exited" || State.Status === "dead") && { exitCode: State.ExitCode }),
    ...(State.Health && { health: State.Health.Status }),
    ...(shared !== undefined && { sharesNetworkOf: names.get(shared) ?? shared }),
    endpoints: Object.entries(NetworkSettings.Networks)
      .map(([network, settings]) => endpointOf(network, settings, container))
      .sort((one, other) => compare(one.network, other.network)),
    ports: portsOf(container),
  };
}

function endpointOf(
  network: string,
  { NetworkID, IPAddress, GlobalIPv6Address, Aliases, Links }: EndpointSettings,
  { Id, Name, HostConfig }: ContainerInspect,
): TopologyEndpoint {
  const own = [Id.slice(0, 12), plainName(Name)];
  // Links of the default bridge are the container's: /target:/container/alias.
  const legacy = network === "bridge" ? (HostConfig.Links ?? []) : [];
  return {
    network,
    networkId: NetworkID,
    ...(IPAddress && { ipv4: IPAddress }),
    ...(GlobalIPv6Address && { ipv6: GlobalIPv6Address }),
    aliases: [...new Set(Aliases ?? [])].filter((alias) => !own.includes(alias)),
    links: [...(Links ?? []), ...legacy].map((link) => {
      const [target = "", alias = target] = link.split(":");
      return { target: plainName(target), alias: alias.slice(alias.lastIndexOf("/") + 1) };
    }),
  };
}

function portsOf({ Config, NetworkSettings }: ContainerInspect): TopologyPort[] {
  const keys = new Set([
    ...Object.keys(Config.ExposedPorts ?? {}),
    ...Object.keys(NetworkSettings.Ports ?? {}),
  ]);
  return [...keys]
    .flatMap((key) => {
      const [port, protocol = "tcp"] = key.split("/");
      if (!/^\d+$/.test(port!)) return [];
      const published = (NetworkSettings.Ports?.[key] ?? []).map(({ HostIp, HostPort }) => ({
        address: HostIp || "0.0.0.0",
        port: Number(HostPort),
      }));
      return [{ port: Number(port), protocol, published }];
    })
    .sort((one, other) => one.port - other.port || compare(one.protocol, other.protocol));
}
