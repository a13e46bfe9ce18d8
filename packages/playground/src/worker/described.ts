// What `docker network inspect` and `docker inspect` show, as what somebody would have to ask for to get it again. Compose
// files and docker commands are written from this.
import type { ContainerInspect, Engine, ImageInspect, NetworkInspect } from "@dryharbor/sdk/port";

/** What is inspected: an engine's state, or what somebody has copied from one. */
export interface Inspected {
  readonly networks: readonly NetworkInspect[];
  readonly containers: readonly ContainerInspect[];
  /** By the names that the containers call them. What an image brings itself need not be asked for. */
  readonly images: ReadonlyMap<string, ImageInspect>;
  /** Whether containers are to get the addresses that they have, and not only those that they have asked for. */
  readonly keepsAddresses: boolean;
}

export interface DescribedNetwork {
  readonly name: string;
  readonly driver: string;
  readonly internal: boolean;
  readonly ipv6: boolean;
  readonly pools: readonly { readonly subnet: string; readonly gateway?: string; readonly range?: string }[];
  readonly options: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
}

/** Where a container is on a network, and what it is called there. */
export interface Place {
  readonly network: string;
  readonly aliases: readonly string[];
  /** As `--link` takes them. */
  readonly links: readonly string[];
  readonly ipv4?: string;
  readonly ipv6?: string;
}

export interface DescribedContainer {
  readonly name: string;
  readonly image: string;
  /** `host`, `none`, or the container whose network it uses; absent for one with places of its own. */
  readonly mode?: "host" | "none" | { readonly networkOf: string };
  readonly places: readonly Place[];
  /** As `-p` takes them. */
  readonly ports: readonly string[];
  readonly exposed: readonly string[];
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly env: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly binds: readonly string[];
  readonly hosts: readonly string[];
  readonly dns: readonly string[];
  readonly hostname?: string;
  readonly workingDir?: string;
  readonly user?: string;
  readonly restart?: string;
  readonly isTerminal: boolean;
  readonly hasInput: boolean;
  readonly isPrivileged: boolean;
  readonly healthCommand?: string;
  /** In seconds. */
  readonly healthInterval?: number;
  readonly state: ContainerInspect["State"]["Status"];
}

const predefined = new Set(["bridge", "host", "none"]);

/** Whether a network is one that every engine has. */
export function isPredefined(network: string): boolean {
  return predefined.has(network);
}

/** Inspects all that an engine has. */
export async function inspect(engine: Engine): Promise<Inspected> {
  const networks = await engine.networks.list();
  const containers: ContainerInspect[] = [];
  for (const { Id } of await engine.containers.list({ all: true }))
    containers.push(await engine.containers.inspect(Id));
  return { networks, containers, images: await imagesOf(engine, containers), keepsAddresses: false };
}

/** Inspects the images that containers call by name, as far as an engine has them. */
export async function imagesOf(
  engine: Engine,
  containers: readonly ContainerInspect[],
): Promise<Map<string, ImageInspect>> {
  const images = new Map<string, ImageInspect>();
  for (const name of new Set(containers.map(({ Config }) => Config.Image))) {
    const image = await engine.images.inspect(name).catch(() => undefined);
    if (image) images.set(name, image);
  }
  return images;
}

/** Describes networks, the oldest first. Those that every engine has are left out. */
export function describedNetworks({ networks }: Inspected): DescribedNetwork[] {
  return byAge(networks.filter(({ Name }) => !isPredefined(Name))).map(
    ({ Name, Driver, Internal, EnableIPv6, IPAM, Options, Labels }) => ({
      name: Name,
      driver: Driver,
      internal: Internal,
      ipv6: EnableIPv6,
      pools: (IPAM.Config ?? []).flatMap(({ Subnet, Gateway, IPRange }) =>
        Subnet
          ? [
              {
                subnet: Subnet,
                ...(Gateway && { gateway: Gateway.split("/")[0]! }),
                ...(IPRange && { range: IPRange }),
              },
            ]
          : [],
      ),
      // Every engine sets these by itself.
      options: without(Options ?? {}, ["com.docker.network.enable_ipv4", "com.docker.network.enable_ipv6"]),
      labels: Labels ?? {},
    }),
  );
}

/** Describes containers, the oldest first, so that each finds those that it needs. */
export function describedContainers(inspected: Inspected): DescribedContainer[] {
  return byAge(inspected.containers).map((container) => described(container, inspected));
}

function byAge<Thing extends { readonly Created: string }>(things: readonly Thing[]): Thing[] {
  return [...things].sort((one, other) => (one.Created < other.Created ? -1 : 1));
}

function described(container: ContainerInspect, inspected: Inspected): DescribedContainer {
  const { Config, HostConfig, State } = container;
  const image = inspected.images.get(Config.Image)?.Config ?? undefined;
  const mode = modeOf(container, inspected);
  const entrypoint = listOf(Config.Entrypoint);
  const command = listOf(Config.Cmd);
  const isOwnEntrypoint = !isSame(entrypoint, listOf(image?.Entrypoint));
  const bound = new Set(Object.keys(HostConfig.PortBindings ?? {}));
  const { Healthcheck } = Config;
  const [kind, ...test] = isSame(Healthcheck, image?.Healthcheck) ? [] : (Healthcheck?.Test ?? []);
  const isOwnHostname =
    mode === undefined && Config.Hostname !== "" && Config.Hostname !== container.Id.slice(0, 12);
  return {
    name: nameOf(container),
    image: Config.Image,
    ...(mode && { mode }),
    places: mode ? [] : placesOf(container, inspected),
    ports: portsOf(container),
    exposed: Object.keys(Config.ExposedPorts ?? {})
      .filter((port) => !bound.has(port) && !(port in (image?.ExposedPorts ?? {})))
      .map((port) => port.replace(/\/tcp$/, "")),
    entrypoint: isOwnEntrypoint ? entrypoint : [],
    // An entry point of one's own takes the image's command away.
    command: isOwnEntrypoint || !isSame(command, listOf(image?.Cmd)) ? command : [],
    env: (Config.Env ?? []).filter((each) => !each.startsWith("PATH=") && !image?.Env?.includes(each)),
    labels: Object.fromEntries(
      Object.entries(Config.Labels ?? {}).filter(([name, value]) => image?.Labels?.[name] !== value),
    ),
    binds: HostConfig.Binds ?? [],
    hosts: HostConfig.ExtraHosts ?? [],
    dns: HostConfig.Dns ?? [],
    ...(isOwnHostname && { hostname: Config.Hostname }),
    ...(Config.WorkingDir && Config.WorkingDir !== image?.WorkingDir && { workingDir: Config.WorkingDir }),
    ...(Config.User && Config.User !== image?.User && { user: Config.User }),
    ...restartOf(container),
    isTerminal: Config.Tty ?? false,
    hasInput: Config.OpenStdin ?? false,
    isPrivileged: HostConfig.Privileged ?? false,
    ...(kind === "CMD-SHELL" && { healthCommand: test[0]! }),
    ...(kind === "CMD" && { healthCommand: test.join(" ") }),
    ...(kind !== undefined && Healthcheck?.Interval && { healthInterval: Healthcheck.Interval / 1e9 }),
    state: State.Status,
  };
}

function modeOf(
  { HostConfig: { NetworkMode } }: ContainerInspect,
  { containers }: Inspected,
): DescribedContainer["mode"] {
  if (NetworkMode === "host" || NetworkMode === "none") return NetworkMode;
  const id = /^container:(.*)$/.exec(NetworkMode)?.[1];
  if (id === undefined) return undefined;
  const owner = containers.find(({ Id }) => Id === id);
  return { networkOf: owner ? nameOf(owner) : id };
}

function placesOf(container: ContainerInspect, { keepsAddresses }: Inspected): Place[] {
  const { Id, HostConfig, NetworkSettings } = container;
  const own = new Set([Id.slice(0, 12), nameOf(container)]);
  const places = Object.entries(NetworkSettings.Networks).map(([network, endpoint]): Place => {
    const { Aliases, Links, IPAMConfig, IPAddress, GlobalIPv6Address } = endpoint;
    const isKept = keepsAddresses && !isPredefined(network);
    const ipv4 = IPAMConfig?.IPv4Address || (isKept && IPAddress);
    const ipv6 = IPAMConfig?.IPv6Address || (isKept && GlobalIPv6Address);
    // Links of the default bridge are `/target:/name/alias`.
    const links = network === "bridge" ? (HostConfig.Links ?? []) : (Links ?? []);
    return {
      network,
      aliases: [...new Set(Aliases ?? [])].filter((alias) => !own.has(alias)),
      links: links.map((link) => link.replace(/^\/?([^:]*):(?:.*\/)?/, "$1:")),
      ...(ipv4 && { ipv4 }),
      ...(ipv6 && { ipv6 }),
    };
  });
  // The network that it was made on comes first: it has the links of `docker run`.
  const isFirst = ({ network }: Place) =>
    network === (HostConfig.NetworkMode === "default" ? "bridge" : HostConfig.NetworkMode);
  return [...places.filter(isFirst), ...places.filter((place) => !isFirst(place))];
}

function portsOf({ HostConfig }: ContainerInspect): string[] {
  return Object.entries(HostConfig.PortBindings ?? {}).flatMap(([key, bindings]) => {
    const inner = key.replace(/\/tcp$/, "");
    return (bindings ?? []).map(({ HostIp, HostPort }) => {
      const address = HostIp?.includes(":") ? `[${HostIp}]` : HostIp;
      if (address) return `${address}:${HostPort ?? ""}:${inner}`;
      return HostPort ? `${HostPort}:${inner}` : inner;
    });
  });
}

function restartOf({ HostConfig: { RestartPolicy } }: ContainerInspect): { restart?: string } {
  const { Name, MaximumRetryCount } = RestartPolicy ?? {};
  if (!Name || Name === "no") return {};
  return { restart: MaximumRetryCount ? `${Name}:${MaximumRetryCount}` : Name };
}

function nameOf({ Name }: ContainerInspect): string {
  return Name.replace(/^\//, "");
}

function listOf(value: readonly string[] | string | null | undefined): readonly string[] {
  return typeof value === "string" ? [value] : (value ?? []);
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
}

function without(record: Readonly<Record<string, string>>, keys: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));
}
