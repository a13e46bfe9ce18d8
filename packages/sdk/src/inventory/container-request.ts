// The request that makes a container again, from what its inspect shows.
import type { ContainerCreateRequest, ContainerInspect, HostConfig, PortBinding } from "../containers.js";
import type { EndpointConfig, EndpointSettings, NetworkInspect } from "../networks.js";
import { plainName } from "../topology/inspect-containers.js";
import { predefinedNetworks } from "../topology/predefined-networks.js";

/** What else there is on the engine. */
export interface Surroundings {
  readonly containers: readonly ContainerInspect[];
  /** Those that are made again. */
  readonly networks: readonly NetworkInspect[];
  readonly imageName: (container: ContainerInspect) => string;
}

/** The request, and the places on further networks than the one that the container is made on. */
export function containerRequest(
  container: ContainerInspect,
  surroundings: Surroundings,
): { request: ContainerCreateRequest; connect: Readonly<Record<string, EndpointConfig>> } {
  const { Id, Config } = container;
  const { Hostname, MacAddress: _, ...config } = Config;
  const { first, others, mode } = endpointsOf(container, surroundings);
  // It has the names of whose network it uses.
  const sharesNames = mode.startsWith("container:") || mode === "host";
  const request = {
    ...config,
    Image: surroundings.imageName(container),
    ...(Hostname !== Id.slice(0, 12) && !sharesNames && { Hostname }),
    HostConfig: hostConfig(container, mode, surroundings),
    ...(first && { NetworkingConfig: { EndpointsConfig: { [mode]: first } } }),
  };
  return { request, connect: others };
}

/** Where a container is: its network mode by name, and its places. */
interface Endpoints {
  readonly mode: string;
  /** On the network that it is made on; absent where that needs nothing said. */
  readonly first?: EndpointConfig;
  readonly others: Readonly<Record<string, EndpointConfig>>;
}

function endpointsOf(container: ContainerInspect, surroundings: Surroundings): Endpoints {
  const given = withName(container.HostConfig.NetworkMode, surroundings);
  const byId = surroundings.networks.find(({ Id }) => Id === given);
  const mode = given === "default" ? "bridge" : (byId?.Name ?? given);
  const isThere = (network: string) =>
    network === "bridge" || surroundings.networks.some(({ Name }) => Name === network);
  const places = Object.entries(container.NetworkSettings.Networks)
    .filter(([network]) => isThere(network))
    .map(([network, settings]) => [network, endpointConfig(network, settings, container)] as const);
  const first = places.find(([network]) => network === mode)?.[1];
  return {
    mode,
    ...(first && { first }),
    others: Object.fromEntries(places.filter(([network]) => network !== mode)),
  };
}

function endpointConfig(
  network: string,
  { IPAMConfig, IPAddress, GlobalIPv6Address, Aliases, Links, ...rest }: EndpointSettings,
  { Id, Name, Config }: ContainerInspect,
): EndpointConfig {
  const { MacAddress, DriverOpts, GwPriority } = rest;
  const isUsers = !predefinedNetworks.includes(network);
  const [ipv4, ipv6] = [IPAMConfig?.IPv4Address || IPAddress, IPAMConfig?.IPv6Address || GlobalIPv6Address];
  const linkLocal = IPAMConfig?.LinkLocalIPs;
  // 20.10 adds these itself.
  const own = [Id.slice(0, 12), plainName(Name), Config.Hostname];
  return {
    // The default bridge takes neither addresses nor aliases.
    ...(isUsers && {
      IPAMConfig: {
        ...(ipv4 && { IPv4Address: ipv4 }),
        ...(ipv6 && { IPv6Address: ipv6 }),
        ...(linkLocal && { LinkLocalIPs: linkLocal }),
      },
      Aliases: [...new Set(Aliases ?? [])].filter((alias) => !own.includes(alias)),
      Links,
    }),
    ...(MacAddress && { MacAddress }),
    ...(DriverOpts && { DriverOpts }),
    ...(GwPriority && { GwPriority }),
  };
}

function hostConfig(container: ContainerInspect, mode: string, surroundings: Surroundings): HostConfig {
  const { ContainerIDFile: _, PortBindings, Links, VolumesFrom, ...rest } = container.HostConfig;
  const modes = Object.fromEntries(
    ["PidMode", "IpcMode", "UTSMode", "UsernsMode"].flatMap((key) => {
      const value = rest[key];
      return typeof value === "string" ? [[key, withName(value, surroundings)]] : [];
    }),
  );
  return {
    ...rest,
    ...modes,
    NetworkMode: mode,
    ...(PortBindings && { PortBindings: portBindings(PortBindings, container) }),
    // Inspect shows them as /target:/container/alias.
    ...(Links && { Links: Links.map((link) => link.replace(/^\/?([^:]*):(?:.*\/)?/, "$1:")) }),
    ...(Array.isArray(VolumesFrom) && {
      VolumesFrom: VolumesFrom.map((from: string) => {
        const [name = "", ...options] = from.split(":");
        return [withName(name, surroundings), ...options].join(":");
      }),
    }),
  };
}

/** A host's port that the engine has picked stays the same. */
function portBindings(
  given: Readonly<Record<string, PortBinding[] | null>>,
  { NetworkSettings }: ContainerInspect,
): Record<string, PortBinding[] | null> {
  const picked = (port: string, index: number) => {
    const bound = NetworkSettings.Ports?.[port]?.map(({ HostPort }) => HostPort) ?? [];
    return bound[index] ?? bound[0];
  };
  return Object.fromEntries(
    Object.entries(given).map(([port, bindings]) => [
      port,
      bindings?.map((binding, index) => {
        if (binding.HostPort && binding.HostPort !== "0" && !binding.HostPort.includes("-")) return binding;
        const HostPort = picked(port, index) ?? binding.HostPort;
        return { ...binding, ...(HostPort !== undefined && { HostPort }) };
      }) ?? null,
    ]),
  );
}

/** Puts the name of a container in the place of its id, alone or after `container:`. */
function withName(given: string, { containers }: Surroundings): string {
  const [, before = "", id = ""] = /^(container:)?(.*)$/s.exec(given) ?? [];
  const named = /^[0-9a-f]{12,64}$/.test(id) ? containers.find(({ Id }) => Id.startsWith(id)) : undefined;
  return named ? `${before}${plainName(named.Name)}` : given;
}
