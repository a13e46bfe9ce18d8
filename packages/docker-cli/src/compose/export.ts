// What is on an engine as a compose file, and the other way round.

import type {
  ContainerInspect,
  EndpointSettings,
  Engine,
  NetworkInspect,
  PortBinding,
} from "@dryharbor/sdk/port";
import { label } from "./actions/labels.js";
import type { Json, JsonStruct } from "./model/json.js";
import { writeYaml } from "./model/write-yaml.js";

/** Networks that every engine has. */
const predefined = ["bridge", "host", "none"];

/** Options of {@link composeFileOf}. */
export interface ComposeFileOptions {
  /** The name of the project in the file. Default: none, so that the folder's name is taken. */
  name?: string;
}

/**
 * Writes what is on an engine as a compose file: its networks, volumes and containers, with addresses, aliases, ports,
 * variables and commands. `docker compose up` makes the same of it. What a container has from its image is left out.
 *
 * @example
 * const yaml = await composeFileOf(engine, { name: "lesson" });
 */
export async function composeFileOf(engine: Engine, { name }: ComposeFileOptions = {}): Promise<string> {
  const networks = (await engine.networks.list()).filter(({ Name }) => !predefined.includes(Name));
  const containers: ContainerInspect[] = [];
  for (const { Id } of await engine.containers.list({ all: true }))
    containers.push(await engine.containers.inspect(Id));
  containers.sort((a, b) => (a.Name < b.Name ? -1 : 1));
  const names = namesOf(containers);
  const services = new Map<string, Json>();
  const volumes = new Map<string, Json>();
  for (const container of containers) {
    const service = await serviceOf(engine, container, networks, names, volumes);
    services.set(names.get(container.Id) ?? "", service);
  }
  return writeYaml({
    ...(name ? { name } : {}),
    services,
    ...(networks.length > 0
      ? { networks: new Map(networks.map((network) => [keyOf(network.Name), networkOf(network)])) }
      : {}),
    ...(volumes.size > 0 ? { volumes } : {}),
  });
}

/** A name as a key of a compose file may be. */
const keyOf = (name: string) => name.replace(/[^a-zA-Z0-9._-]/g, "-");

/** The services' names, by the ids of their containers: what compose called them, or the container's own name. */
function namesOf(containers: readonly ContainerInspect[]): Map<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const { Id, Name, Config } of containers) {
    const service = Config.Labels?.[label.service];
    const number = Config.Labels?.[label.containerNumber];
    let name = keyOf(
      service === undefined ? Name.slice(1) : number === "1" ? service : `${service}-${number}`,
    );
    if (taken.has(name)) name = keyOf(Name.slice(1));
    taken.add(name);
    names.set(Id, name);
  }
  return names;
}

const filled = <Value extends Json>(key: string, value: Value | null | undefined): JsonStruct => {
  const empty =
    value === null ||
    value === undefined ||
    value === "" ||
    value === false ||
    (Array.isArray(value) && value.length === 0) ||
    (value instanceof Map && value.size === 0);
  return empty ? {} : { [key]: value as Json };
};

function networkOf(network: NetworkInspect): Json {
  const pools = (network.IPAM.Config ?? []).map(({ Subnet, IPRange, Gateway, AuxiliaryAddresses }) => ({
    ...filled("subnet", Subnet),
    ...filled("ip_range", IPRange),
    ...filled("gateway", Gateway),
    ...filled("aux_addresses", mapOf(AuxiliaryAddresses)),
  }));
  return {
    name: network.Name,
    ...(network.Driver === "bridge" ? {} : { driver: network.Driver }),
    ...filled("driver_opts", mapOf(network.Options)),
    ...(pools.length > 0 ? { ipam: { config: pools } } : {}),
    ...filled("internal", network.Internal),
    ...filled("attachable", network.Attachable),
    ...filled("labels", mapOf(ownLabels(network.Labels))),
    ...filled("enable_ipv6", network.EnableIPv6),
  };
}

const mapOf = (record: Readonly<Record<string, string>> | null | undefined) =>
  new Map(Object.entries(record ?? {}));

/** Labels without those that compose gives. */
const ownLabels = (labels: Readonly<Record<string, string>> | null | undefined) =>
  Object.fromEntries(Object.entries(labels ?? {}).filter(([key]) => !key.startsWith("com.docker.compose.")));

async function serviceOf(
  engine: Engine,
  container: ContainerInspect,
  networks: readonly NetworkInspect[],
  names: ReadonlyMap<string, string>,
  volumes: Map<string, Json>,
): Promise<Json> {
  const { Config, HostConfig } = container;
  const image = await imageConfig(engine, container.Image);
  const differs = <Value>(own: Value | null | undefined, inherited: Value | null | undefined) =>
    JSON.stringify(own ?? null) !== JSON.stringify(inherited ?? null) ? own : undefined;
  const environment = (Config.Env ?? []).filter((variable) => !image.Env?.includes(variable));
  const labels = Object.entries(ownLabels(Config.Labels)).filter(
    ([key, value]) => image.Labels?.[key] !== value,
  );
  const hostname = Config.Hostname === container.Id.slice(0, 12) ? "" : Config.Hostname;
  const memory = HostConfig.Memory ?? 0;
  const restart = HostConfig.RestartPolicy;
  const attempts = restart?.MaximumRetryCount ? `:${restart.MaximumRetryCount}` : "";
  return {
    container_name: container.Name.slice(1),
    image: Config.Image,
    ...filled("entrypoint", escaped(differs(listOf(Config.Entrypoint), image.Entrypoint))),
    ...filled("command", escaped(differs(listOf(Config.Cmd), image.Cmd))),
    ...filled("environment", escaped(environment)),
    ...filled("hostname", hostname),
    ...filled("user", Config.User === image.User ? "" : Config.User),
    ...filled("working_dir", Config.WorkingDir === image.WorkingDir ? "" : Config.WorkingDir),
    ...filled("labels", new Map(labels.map(([key, value]) => [key, withoutVariables(value)]))),
    ...filled("tty", Config.Tty),
    ...filled("stdin_open", Config.OpenStdin),
    ...filled("init", HostConfig.Init),
    ...filled("privileged", HostConfig.Privileged),
    ...filled("cap_add", HostConfig.CapAdd),
    ...filled("cap_drop", HostConfig.CapDrop),
    ...filled("dns", HostConfig.Dns),
    ...filled("dns_search", HostConfig.DnsSearch),
    ...filled("dns_opt", HostConfig.DnsOptions),
    ...filled("extra_hosts", HostConfig.ExtraHosts),
    ...(memory > 0 ? { mem_limit: String(memory) } : {}),
    ...((HostConfig.NanoCpus ?? 0) > 0 ? { cpus: (HostConfig.NanoCpus ?? 0) / 1e9 } : {}),
    ...(restart?.Name && restart.Name !== "no" ? { restart: restart.Name + attempts } : {}),
    ...healthOf(container, image.Healthcheck),
    ...filled("ports", portsOf(HostConfig.PortBindings)),
    ...filled("expose", exposedOf(container, image.ExposedPorts)),
    ...filled("volumes", mountsOf(container, volumes)),
    ...placeOf(container, networks, names),
  };
}

type ImageConfig = Partial<NonNullable<Awaited<ReturnType<Engine["images"]["inspect"]>>["Config"]>>;

/** An image that is gone has nothing to compare with. */
async function imageConfig(engine: Engine, id: string): Promise<ImageConfig> {
  try {
    return (await engine.images.inspect(id)).Config ?? {};
  } catch {
    return {};
  }
}

const listOf = (value: string[] | string | null | undefined) =>
  typeof value === "string" ? [value] : (value ?? null);

/** In a compose file `$` begins a variable. */
const withoutVariables = (text: string) => text.replaceAll("$", "$$$$");
const escaped = (texts: readonly string[] | null | undefined) => texts?.map(withoutVariables);

function healthOf(
  { Config }: ContainerInspect,
  inherited: ContainerInspect["Config"]["Healthcheck"],
): JsonStruct {
  const health = Config.Healthcheck;
  if (!health || JSON.stringify(health) === JSON.stringify(inherited ?? null)) return {};
  const time = (key: string, nanoseconds: number | undefined) =>
    nanoseconds ? { [key]: `${nanoseconds}ns` } : {};
  return {
    healthcheck: {
      ...filled("test", escaped(health.Test)),
      ...time("interval", health.Interval),
      ...time("timeout", health.Timeout),
      ...time("start_period", health.StartPeriod),
      ...time("start_interval", health.StartInterval),
      ...(health.Retries ? { retries: health.Retries } : {}),
    },
  };
}

/** Published ports in the short syntax. One that the engine chose is chosen anew. */
function portsOf(bindings: Readonly<Record<string, PortBinding[] | null>> | null | undefined): string[] {
  return Object.entries(bindings ?? {}).flatMap(([port, published]) =>
    (published ?? []).map(({ HostIp = "", HostPort = "" }) => {
      const address = HostIp === "" ? "" : `${HostIp.includes(":") ? `[${HostIp}]` : HostIp}:`;
      const host = HostPort === "0" ? "" : HostPort;
      const target = port.replace(/\/tcp$/, "");
      return address || host ? `${address}${host}:${target}` : target;
    }),
  );
}

function exposedOf(
  { Config, HostConfig }: ContainerInspect,
  inherited: ImageConfig["ExposedPorts"],
): string[] {
  return Object.keys(Config.ExposedPorts ?? {}).filter(
    (port) => !HostConfig.PortBindings?.[port] && !inherited?.[port],
  );
}

interface Mount {
  Type: string;
  Name?: string;
  Source: string;
  Destination: string;
  RW: boolean;
}

function mountsOf({ Mounts }: ContainerInspect, volumes: Map<string, Json>): string[] {
  return (Mounts as Mount[]).flatMap(({ Type, Name = "", Source, Destination, RW }) => {
    const access = RW ? "" : ":ro";
    if (Type === "bind") return [`${Source}:${Destination}${access}`];
    if (Type !== "volume") return [];
    if (/^[0-9a-f]{64}$/.test(Name)) return [Destination];
    volumes.set(keyOf(Name), { name: Name });
    return [`${keyOf(Name)}:${Destination}${access}`];
  });
}

/** The networks of a container, or the mode that it has instead. */
function placeOf(
  container: ContainerInspect,
  networks: readonly NetworkInspect[],
  names: ReadonlyMap<string, string>,
): JsonStruct {
  const mode = container.HostConfig.NetworkMode;
  if (mode.startsWith("container:")) {
    const other = mode.slice("container:".length);
    const service = names.get(other);
    return { network_mode: service === undefined ? mode : `service:${service}` };
  }
  const attached = Object.entries(container.NetworkSettings.Networks).flatMap(([name, endpoint]) => {
    const network = networks.find((each) => each.Name === name);
    return network ? [[keyOf(network.Name), endpoint] as const] : [];
  });
  if (attached.length === 0) return { network_mode: mode === "default" ? "bridge" : mode };
  return {
    networks: new Map(attached.map(([key, endpoint]) => [key, endpointOf(container, names, endpoint)])),
  };
}

function endpointOf(
  { Id, Name }: ContainerInspect,
  names: ReadonlyMap<string, string>,
  endpoint: EndpointSettings,
): Json {
  const known = [Name.slice(1), Id.slice(0, 12), names.get(Id)];
  const aliases = [...new Set((endpoint.Aliases ?? []).filter((alias) => !known.includes(alias)))];
  const place = {
    ...filled("aliases", aliases),
    ...filled("ipv4_address", endpoint.IPAMConfig?.IPv4Address),
    ...filled("ipv6_address", endpoint.IPAMConfig?.IPv6Address),
    ...filled("driver_opts", mapOf(endpoint.DriverOpts)),
    ...(endpoint.GwPriority ? { gw_priority: endpoint.GwPriority } : {}),
  };
  return Object.keys(place).length > 0 ? place : null;
}
