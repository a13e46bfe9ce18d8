// What compose asks of the engine for a container of a service.

import type {
  ContainerCreateRequest,
  ContainerSummary,
  EndpointConfig,
  HostConfig,
  PortBinding,
} from "@dryharbor/sdk/port";
import { ComposeError } from "../model/error.js";
import { serviceHash } from "../model/hash.js";
import { imageOf, type Project } from "../model/project.js";
import { hostLines, type ServiceConfig, type ServiceNetwork, type Ulimit } from "../model/service.js";
import type { ComposeContext } from "./context.js";
import { speaks } from "./context.js";
import { label } from "./labels.js";
import { mountsOf } from "./mounts.js";

/** What a container of a service is made with, beside the service itself. */
export interface ContainerOptions {
  /** The names that the container is to have in its networks, beside its own. */
  aliases: boolean;
  labels: Record<string, string>;
  autoRemove?: boolean;
  attachInput?: boolean;
  /** The container that this one is to replace: it hands on its anonymous volumes. */
  inherit?: ContainerSummary | undefined;
  links: readonly string[];
}

/** A container's name: the service's own for it, or the usual one. */
export const containerName = (
  project: Pick<Project, "name">,
  name: string,
  service: ServiceConfig,
  number: number,
) => service.container_name || `${project.name}-${name}-${number}`;

/** The networks of a service, the one of the highest priority first. */
export function networksByPriority(service: ServiceConfig): string[] {
  const priority = (name: string) => service.networks?.get(name)?.priority ?? 0;
  return [...(service.networks?.keys() ?? [])].sort((a, b) => priority(b) - priority(a) || (a < b ? -1 : 1));
}

/**
 * Makes the request for one container of a service.
 * @throws {ComposeError} the engine is too old for what the service asks for.
 */
export async function containerRequest(
  context: ComposeContext,
  project: Project,
  name: string,
  service: ServiceConfig,
  number: number,
  options: ContainerOptions,
): Promise<ContainerCreateRequest> {
  const manyNetworks = await speaks(context, 1, 44);
  const labels = { ...options.labels, ...ownLabels(service, number) };
  const main = networksByPriority(service)[0];
  const macAddress = macAddressOf(service, main, manyNetworks);
  const health = await healthOf(context, service);
  const links = options.links.length > 0 ? [...options.links] : null;
  const { mode, endpoints } = await networking(
    context,
    project,
    name,
    service,
    number,
    options,
    links,
    manyNetworks,
  );
  const { binds, mounts } = await mountsOf(context, project, name, service, options.inherit);
  const request: ContainerCreateRequest = {
    Hostname: service.hostname ?? "",
    Domainname: service.domainname ?? "",
    User: service.user ?? "",
    AttachStdin: options.attachInput ?? false,
    AttachStdout: true,
    AttachStderr: true,
    ...exposedPorts(service),
    Tty: service.tty ?? false,
    OpenStdin: service.stdin_open ?? false,
    StdinOnce: (options.attachInput ?? false) && (service.stdin_open ?? false),
    Env: environmentOf(service),
    Cmd: service.command ?? null,
    ...(health ? { Healthcheck: health } : {}),
    Image: imageOf(project, name, service),
    Volumes: null,
    WorkingDir: service.working_dir ?? "",
    Entrypoint: service.entrypoint ?? null,
    ...(service.network_mode === "disabled" ? { NetworkDisabled: true } : {}),
    ...(macAddress ? { MacAddress: macAddress } : {}),
    Labels: labels,
    ...(service.stop_signal ? { StopSignal: service.stop_signal } : {}),
    ...(service.stop_grace_period === undefined
      ? {}
      : { StopTimeout: Math.trunc(service.stop_grace_period / 1e9) }),
    HostConfig: hostConfig(context, service, mode, binds, mounts, links, options),
  };
  if (endpoints) request.NetworkingConfig = { EndpointsConfig: endpoints };
  return request;
}

function ownLabels(service: ServiceConfig, number: number): Record<string, string> {
  const labels: Record<string, string> = { [label.configHash]: serviceHash(service) };
  if (number > 0) labels[label.containerNumber] = String(number);
  labels[label.dependsOn] = [...(service.depends_on ?? [])]
    .map(([other, { condition, restart }]) => `${other}:${condition}:${restart ?? false}`)
    .join(",");
  return labels;
}

/** `NAME=value`, or a name alone for a variable without a value. */
const environmentOf = (service: ServiceConfig): string[] | null => {
  const variables = [...(service.environment ?? [])].map(([key, value]) =>
    value === null ? key : `${key}=${value}`,
  );
  return variables.length > 0 ? variables : null;
};

function exposedPorts(service: ServiceConfig): Pick<ContainerCreateRequest, "ExposedPorts"> {
  const ports: Record<string, Record<string, never>> = {};
  for (const port of service.expose ?? []) ports[port] = {};
  for (const { target, protocol } of service.ports ?? []) ports[`${target}/${protocol}`] = {};
  return Object.keys(ports).length > 0 ? { ExposedPorts: ports } : {};
}

function macAddressOf(service: ServiceConfig, main: string | undefined, perNetwork: boolean): string {
  const own = service.mac_address ?? "";
  const ofMain = main === undefined ? undefined : service.networks?.get(main)?.mac_address;
  if (own && ofMain && ofMain !== own) {
    throw new ComposeError(`the service-level mac_address should have the same value as network ${main}`);
  }
  if (perNetwork) return "";
  const networks = [...(service.networks ?? [])].flatMap(([key, network]) =>
    network?.mac_address ? [key] : [],
  );
  if (networks.length > 1) {
    throw new ComposeError(
      `a MAC address is specified for multiple networks (${networks.join(", ")}), but this feature requires Docker Engine v25 or later`,
    );
  }
  return ofMain || own;
}

async function healthOf(context: ComposeContext, service: ServiceConfig) {
  const check = service.healthcheck;
  if (!check) return undefined;
  if (check.start_interval !== undefined) {
    if (!(await speaks(context, 1, 44))) {
      throw new ComposeError(
        "can't set healthcheck.start_interval as feature require Docker Engine v25 or later",
      );
    }
    if (check.start_period === undefined) {
      throw new ComposeError("healthcheck.start_interval requires healthcheck.start_period to be set");
    }
  }
  return {
    ...(check.disable ? { Test: ["NONE"] } : check.test ? { Test: check.test } : {}),
    ...(check.interval ? { Interval: check.interval } : {}),
    ...(check.timeout ? { Timeout: check.timeout } : {}),
    ...(check.start_period ? { StartPeriod: check.start_period } : {}),
    ...(check.start_interval ? { StartInterval: check.start_interval } : {}),
    ...(check.retries ? { Retries: check.retries } : {}),
  };
}

/** A container's place in one network. */
export function endpointOf(
  project: Project,
  name: string,
  service: ServiceConfig,
  number: number,
  network: string,
  { aliases, links }: Pick<ContainerOptions, "aliases"> & { links: string[] | null },
  macAddress = "",
): EndpointConfig {
  const config: ServiceNetwork | null | undefined = service.networks?.get(network);
  const names = [containerName(project, name, service, number)];
  if (aliases) names.push(name, ...(config?.aliases ?? []));
  const options = Object.fromEntries(config?.driver_opts ?? []);
  if (config?.interface_name) options["com.docker.network.endpoint.ifname"] = config.interface_name;
  return {
    IPAMConfig: config
      ? {
          ...(config.ipv4_address ? { IPv4Address: config.ipv4_address } : {}),
          ...(config.ipv6_address ? { IPv6Address: config.ipv6_address } : {}),
          ...(config.link_local_ips ? { LinkLocalIPs: config.link_local_ips } : {}),
        }
      : null,
    Links: links,
    Aliases: names,
    MacAddress: config?.mac_address || macAddress,
    DriverOpts: config?.driver_opts || config?.interface_name ? options : null,
    GwPriority: config?.gw_priority ?? 0,
    IPAddress: config?.ipv4_address ?? "",
    ...({ IPv6Gateway: config?.ipv6_address ?? "" } as Partial<EndpointConfig>),
  };
}

async function networking(
  context: ComposeContext,
  project: Project,
  name: string,
  service: ServiceConfig,
  number: number,
  options: ContainerOptions,
  links: string[] | null,
  manyNetworks: boolean,
): Promise<{ mode: string; endpoints?: Record<string, EndpointConfig> }> {
  if (service.network_mode) return { mode: service.network_mode };
  if (project.networks.size === 0) return { mode: "none" };
  const [primary = "default", ...others] = networksByPriority(service);
  if (!(await speaks(context, 1, 49))) {
    for (const config of service.networks?.values() ?? []) {
      if (config?.interface_name) {
        throw new ComposeError("interface_name requires Docker Engine v28.1 or later");
      }
    }
  }
  if (
    !manyNetworks &&
    [...(service.networks ?? [])].some(([key, config]) => key === primary && config?.mac_address)
  ) {
    const version = (await context.apiVersion()).join(".");
    throw new ComposeError(
      `"specify mac-address per network" requires API version 1.44, but the Docker daemon API version is ${version}`,
    );
  }
  const endpoints: Record<string, EndpointConfig> = {};
  const add = (network: string, macAddress?: string) => {
    const settings = { aliases: options.aliases, links };
    endpoints[project.networks.get(network)?.name ?? network] = endpointOf(
      project,
      name,
      service,
      number,
      network,
      settings,
      macAddress,
    );
  };
  if (manyNetworks) for (const other of others) add(other);
  add(primary, manyNetworks ? service.mac_address : undefined);
  return { mode: project.networks.get(primary)?.name ?? primary, endpoints };
}

function portBindings(service: ServiceConfig): Record<string, PortBinding[]> {
  const bindings: Record<string, PortBinding[]> = {};
  for (const { target, protocol, host_ip = "", published = "" } of service.ports ?? []) {
    const port = `${target}/${protocol}`;
    bindings[port] = [...(bindings[port] ?? []), { HostIp: host_ip, HostPort: published }];
  }
  return bindings;
}

const conditions: Readonly<Record<string, string>> = {
  none: "no",
  no: "no",
  any: "always",
  always: "always",
};

function restartPolicy(service: ServiceConfig): { Name: string; MaximumRetryCount: number } {
  const policy = service.deploy?.restart_policy;
  if (policy) {
    const condition = policy.condition ?? "";
    return { Name: conditions[condition] ?? condition, MaximumRetryCount: policy.max_attempts ?? 0 };
  }
  const [condition = "", attempts = ""] = (service.restart ?? "").split(":");
  return {
    Name: conditions[condition] ?? condition,
    MaximumRetryCount: /^[-+]?[0-9]+$/.test(attempts) ? Number(attempts) : 0,
  };
}

function securityOptions(options: readonly string[] | undefined): {
  options: string[] | null;
  unconfined: boolean;
} {
  const kept: string[] = [];
  let unconfined = false;
  for (const option of options ?? []) {
    if (option === "systempaths=unconfined") unconfined = true;
    else if (option !== "no-new-privileges" && !/[=:]/.test(option)) {
      throw new ComposeError(`invalid security-opt: "${option}"`);
    } else kept.push(option);
  }
  return { options: kept.length > 0 ? kept : null, unconfined };
}

const ulimitsOf = (ulimits: ReadonlyMap<string, Ulimit> | undefined) => {
  const found = [...(ulimits ?? [])].map(([Name, { single = 0, soft, hard }]) => ({
    Name,
    Hard: hard || single,
    Soft: soft || single,
  }));
  return found.length > 0 ? found : null;
};

/** A number in billionths, as single precision gives it. */
const nano = (cpus: number) => Math.trunc(Math.fround(Math.fround(cpus) * 1e9));
/** Capabilities as clients send them: in capitals, with their prefix, sorted. `ALL` has all others in it. */
function capabilities(names: readonly string[] | undefined): string[] | null {
  if (!names || names.length === 0) return null;
  const whole = names.map((name) => name.trim().toUpperCase());
  if (whole.includes("ALL")) return ["ALL"];
  return [...new Set(whole.map((name) => (name.startsWith("CAP_") ? name : `CAP_${name}`)))].sort();
}

const listOrNull = (items: readonly string[] | undefined) => (items && items.length > 0 ? [...items] : null);
const mapped = (map: ReadonlyMap<string, string> | undefined) => Object.fromEntries(map ?? []);

function resources(service: ServiceConfig): HostConfig {
  const limits = service.deploy?.resources?.limits;
  const reservations = service.deploy?.resources?.reservations;
  const blkio = service.blkio_config;
  const rates = (devices: readonly { path?: string | undefined; rate?: number | undefined }[] | undefined) =>
    devices?.length ? devices.map(({ path = "", rate = 0 }) => ({ Path: path, Rate: rate })) : null;
  const pids = limits?.pids || service.pids_limit;
  const request = (
    {
      driver = "",
      count = 0,
      device_ids,
      capabilities = [],
      options,
    }: NonNullable<ServiceConfig["gpus"]>[number],
    more: readonly string[] = [],
  ) => ({
    Driver: driver,
    Count: count,
    DeviceIDs: listOrNull(device_ids),
    Capabilities: [[...capabilities, ...more]],
    Options: options ? mapped(options) : null,
  });
  const requests = [
    ...(reservations?.devices ?? []).map((device) => request(device)),
    ...(service.gpus ?? []).map((gpu) => request(gpu, ["gpu"])),
  ];
  return {
    CgroupParent: service.cgroup_parent ?? "",
    Memory: limits?.memory || (service.mem_limit ?? 0),
    MemorySwap: service.memswap_limit ?? 0,
    ...(service.mem_swappiness ? { MemorySwappiness: service.mem_swappiness } : { MemorySwappiness: null }),
    MemoryReservation: reservations?.memory || (service.mem_reservation ?? 0),
    OomKillDisable: service.oom_kill_disable ?? false,
    CpuCount: service.cpu_count ?? 0,
    CpuPeriod: service.cpu_period ?? 0,
    CpuQuota: service.cpu_quota ?? 0,
    CpuRealtimePeriod: service.cpu_rt_period ?? 0,
    CpuRealtimeRuntime: service.cpu_rt_runtime ?? 0,
    CpuShares: service.cpu_shares ?? 0,
    NanoCpus: nano(limits?.cpus || (service.cpus ?? 0)),
    CpuPercent: Math.trunc((service.cpu_percent ?? 0) * 100),
    CpusetCpus: service.cpuset ?? "",
    CpusetMems: "",
    DeviceCgroupRules: listOrNull(service.device_cgroup_rules),
    PidsLimit: pids ? pids : null,
    BlkioWeight: blkio?.weight ?? 0,
    BlkioWeightDevice: blkio?.weight_device?.length
      ? blkio.weight_device.map(({ path = "", weight = 0 }) => ({ Path: path, Weight: weight }))
      : null,
    BlkioDeviceReadBps: rates(blkio?.device_read_bps),
    BlkioDeviceWriteBps: rates(blkio?.device_write_bps),
    BlkioDeviceReadIOps: rates(blkio?.device_read_iops),
    BlkioDeviceWriteIOps: rates(blkio?.device_write_iops),
    Devices: service.devices?.length
      ? service.devices.map(({ source = "", target = "", permissions = "" }) => ({
          PathOnHost: source,
          PathInContainer: target,
          CgroupPermissions: permissions,
        }))
      : null,
    DeviceRequests: requests.length > 0 ? requests : null,
    Ulimits: ulimitsOf(service.ulimits),
  };
}

function hostConfig(
  { warn }: ComposeContext,
  service: ServiceConfig,
  mode: string,
  binds: readonly string[],
  mounts: readonly Record<string, unknown>[],
  links: string[] | null,
  { autoRemove = false }: ContainerOptions,
): HostConfig {
  const security = securityOptions(service.security_opt);
  const tmpfs = Object.fromEntries(
    (service.tmpfs ?? []).map((entry) => {
      const at = entry.indexOf(":");
      return at < 0 ? [entry, ""] : [entry.slice(0, at), entry.slice(at + 1)];
    }),
  );
  if (service.use_api_socket) warn("use_api_socket is not supported here, it will be ignored");
  return {
    Binds: listOrNull(binds),
    ContainerIDFile: "",
    LogConfig: {
      Type: service.logging?.driver ?? "",
      Config: service.logging?.options ? mapped(service.logging.options) : null,
    },
    NetworkMode: mode,
    PortBindings: portBindings(service),
    RestartPolicy: restartPolicy(service),
    AutoRemove: autoRemove,
    VolumeDriver: "",
    VolumesFrom: listOrNull(service.volumes_from),
    ConsoleSize: [0, 0],
    ...(service.annotations?.size ? { Annotations: mapped(service.annotations) } : {}),
    CapAdd: capabilities(service.cap_add),
    CapDrop: capabilities(service.cap_drop),
    CgroupnsMode: service.cgroup ?? "",
    Dns: listOrNull(service.dns),
    DnsOptions: listOrNull(service.dns_opt),
    DnsSearch: listOrNull(service.dns_search),
    ExtraHosts: hostLines(service.extra_hosts ?? new Map(), ":"),
    GroupAdd: listOrNull(service.group_add),
    IpcMode: service.ipc ?? "",
    Cgroup: "",
    Links: links,
    OomScoreAdj: service.oom_score_adj ?? 0,
    PidMode: service.pid ?? "",
    Privileged: service.privileged ?? false,
    PublishAllPorts: false,
    ReadonlyRootfs: service.read_only ?? false,
    SecurityOpt: security.options,
    ...(service.storage_opt?.size ? { StorageOpt: mapped(service.storage_opt) } : {}),
    ...(Object.keys(tmpfs).length > 0 ? { Tmpfs: tmpfs } : {}),
    UTSMode: service.uts ?? "",
    UsernsMode: service.userns_mode ?? "",
    ShmSize: service.shm_size ?? 0,
    ...(service.sysctls?.size ? { Sysctls: mapped(service.sysctls) } : {}),
    ...(service.runtime ? { Runtime: service.runtime } : {}),
    Isolation: service.isolation ?? "",
    ...resources(service),
    ...(mounts.length > 0 ? { Mounts: mounts } : {}),
    MaskedPaths: security.unconfined ? [] : null,
    ReadonlyPaths: security.unconfined ? [] : null,
    ...(service.init === undefined ? {} : { Init: service.init }),
  };
}
