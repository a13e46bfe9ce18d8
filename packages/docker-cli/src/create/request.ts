// The request by which `docker run` and `docker create` make a container, of their flags and arguments.
import { absolutePath } from "@dryharbor/kernel";
import type { ContainerCreateRequest, HostConfig } from "@dryharbor/sdk/port";
import { readsAddresses } from "../command/addresses.js";
import type { Call } from "../command/command.js";
import { CommandError } from "../command/errors.js";
import type { FlagValues } from "../command/flags.js";
import { labelsOf } from "../command/pairs.js";
import { quoted } from "../command/quoted.js";
import { restartPolicy } from "../command/restart-policy.js";
import type { CommandIo } from "../io.js";
import { isIn, type Release } from "../releases.js";
import { capabilitiesOf } from "./capabilities.js";
import { isMacAddress } from "./checks.js";
import type { creationFlags } from "./flags.js";
import { readKeyValueFiles } from "./key-value-files.js";
import type { Mount } from "./mount.js";
import { endpointsOf } from "./networks.js";
import { readExposed, readPublished } from "./ports.js";
import { readSecurityOptions } from "./security.js";
import { isPath, readVolume } from "./volume-spec.js";

/** The values of the flags that describe a container. */
export type CreationFlags = FlagValues<typeof creationFlags>;

/** What a container is made of. */
export interface Creation {
  readonly flags: CreationFlags;
  readonly given: ReadonlySet<string>;
  /** The image, the command and its arguments. */
  readonly arguments: readonly string[];
  readonly io: CommandIo;
  readonly release: Release;
}

/** Makes the request. @throws {CommandError} */
export function creationRequest(creation: Creation): ContainerCreateRequest {
  const { flags, given, io, release } = creation;
  const [image = "", ...command] = creation.arguments;
  const isOld = release.name === "20.10";
  const mac = flags["mac-address"];
  if (mac !== "" && !isMacAddress(mac)) throw new CommandError(`${mac} is not a valid mac address`);
  const swappiness = flags["memory-swappiness"];
  if (swappiness !== -1 && (swappiness < 0 || swappiness > 100)) {
    throw new CommandError(`invalid value: ${swappiness}. Valid memory swappiness range is 0-100`);
  }
  const attaches = (stream: string): boolean => flags.attach.includes(stream);
  const all = flags.attach.length === 0;
  const { binds, anonymous } = volumesOf(creation);
  const bindings = readPublished(flags.publish, release);
  const exposed = [...Object.keys(bindings), ...readExposed(flags.expose, release)];
  const devices = flags.device.map(readDevice);
  /** Since 29 a refusal of such a file begins with the flag. */
  const filesOf = (flag: "env-file" | "label-file", lookUp?: (key: string) => string | undefined) => {
    try {
      return readKeyValueFiles(io, release, flags[flag], lookUp);
    } catch (error) {
      if (!(error instanceof CommandError) || isIn(release, { until: "29" })) throw error;
      throw new CommandError(`--${flag}: ${error.message}`);
    }
  };
  const environment = [
    ...filesOf("env-file", (key) => io.env[key]),
    ...flags.env.map((variable) => withValue(variable, io.env)),
  ];
  const labels = [...filesOf("label-file"), ...flags.label];
  checkModes(flags);
  const restart = restartPolicy(flags.restart, release);
  if (flags["log-driver"] === "none" && flags["log-opt"].length > 0) {
    throw new CommandError("invalid logging opts for driver none");
  }
  const security = readSecurityOptions(io, release, flags["security-opt"]);
  const storage = flags["storage-opt"].map((option) => {
    if (!option.includes("=")) throw new CommandError("invalid storage option");
    return option;
  });
  const health = healthcheckOf(flags);
  if (flags.rm && (restart.Name ?? "no") !== "no") {
    throw new CommandError(
      isIn(release, { since: "28.5" })
        ? "conflicting options: cannot specify both --restart and --rm"
        : "Conflicting options: --restart and --rm",
    );
  }
  const attachStdin = attaches("stdin") || flags.interactive;
  const networks = [...flags.network, ...flags.net];
  const networkFlags = { ...flags, "network-alias": [...flags["network-alias"], ...flags["net-alias"]] };
  const endpoints = endpointsOf(networks, networkFlags, release);
  const mode = networks[0]?.target ?? "default";
  const capabilities = capabilitiesOf(flags["cap-add"], flags["cap-drop"], release);
  const hostConfig: HostConfig = {
    Binds: orNull(binds),
    ContainerIDFile: flags.cidfile,
    LogConfig: { Type: flags["log-driver"], Config: labelsOf(flags["log-opt"]) },
    NetworkMode: mode,
    PortBindings: bindings,
    RestartPolicy: restart,
    AutoRemove: flags.rm,
    VolumeDriver: flags["volume-driver"],
    VolumesFrom: orNull(flags["volumes-from"]),
    CapAdd: orNull(capabilities.add),
    CapDrop: orNull(capabilities.drop),
    CgroupnsMode: flags.cgroupns,
    Dns: readsAddresses(release) ? orNull(flags.dns) : [...flags.dns],
    DnsOptions: [...flags["dns-option"], ...flags["dns-opt"]],
    DnsSearch: [...flags["dns-search"]],
    ExtraHosts: orNull(flags["add-host"]),
    GroupAdd: orNull(flags["group-add"]),
    IpcMode: flags.ipc,
    Cgroup: "",
    Links: orNull(flags.link),
    OomScoreAdj: flags["oom-score-adj"],
    PidMode: flags.pid,
    Privileged: flags.privileged,
    PublishAllPorts: flags["publish-all"],
    ReadonlyRootfs: flags["read-only"],
    SecurityOpt: orNull(security.options),
    ...(storage.length > 0 && { StorageOpt: labelsOf(storage) }),
    ...(flags.tmpfs.length > 0 && { Tmpfs: tmpfsOf(flags.tmpfs) }),
    UTSMode: flags.uts,
    UsernsMode: flags.userns,
    ShmSize: flags["shm-size"],
    ...(Object.keys(flags.sysctl).length > 0 && { Sysctls: flags.sysctl }),
    ...(flags.runtime !== "" && { Runtime: flags.runtime }),
    Isolation: flags.isolation,
    CpuShares: flags["cpu-shares"],
    Memory: flags.memory,
    NanoCpus: flags.cpus,
    CgroupParent: flags["cgroup-parent"],
    BlkioWeight: flags["blkio-weight"],
    BlkioWeightDevice: [...flags["blkio-weight-device"]],
    BlkioDeviceReadBps: ratesOf(flags["device-read-bps"], isOld),
    BlkioDeviceWriteBps: ratesOf(flags["device-write-bps"], isOld),
    BlkioDeviceReadIOps: ratesOf(flags["device-read-iops"], isOld),
    BlkioDeviceWriteIOps: ratesOf(flags["device-write-iops"], isOld),
    CpuPeriod: flags["cpu-period"],
    CpuQuota: flags["cpu-quota"],
    CpuRealtimePeriod: flags["cpu-rt-period"],
    CpuRealtimeRuntime: flags["cpu-rt-runtime"],
    CpusetCpus: flags["cpuset-cpus"],
    CpusetMems: flags["cpuset-mems"],
    Devices: devices,
    DeviceCgroupRules: orNull(flags["device-cgroup-rule"]),
    DeviceRequests: orNull(flags.gpus),
    ...(isOld && { KernelMemory: flags["kernel-memory"], KernelMemoryTCP: 0 }),
    MemoryReservation: flags["memory-reservation"],
    MemorySwap: flags["memory-swap"],
    MemorySwappiness: swappiness,
    OomKillDisable: flags["oom-kill-disable"],
    PidsLimit: flags["pids-limit"],
    Ulimits: isOld && flags.ulimit.length === 0 ? null : ulimitsOf(flags.ulimit),
    CpuCount: flags["cpu-count"],
    CpuPercent: flags["cpu-percent"],
    IOMaximumIOps: flags["io-maxiops"],
    IOMaximumBandwidth: flags["io-maxbandwidth"],
    ...(flags.mount.length > 0 && { Mounts: flags.mount.map((mount) => placed(mount, io, isOld)) }),
    MaskedPaths: security.seesSystemPaths ? [] : null,
    ReadonlyPaths: security.seesSystemPaths ? [] : null,
    ...(given.has("init") && { Init: flags.init }),
    // 20.10 does not have this flag.
    ...(Object.keys(flags.annotation ?? {}).length > 0 && { Annotations: flags.annotation }),
  };
  return {
    Hostname: flags.hostname,
    Domainname: flags.domainname,
    User: flags.user,
    AttachStdin: attachStdin,
    AttachStdout: all || attaches("stdout"),
    AttachStderr: all || attaches("stderr"),
    ...(exposed.length > 0 && { ExposedPorts: Object.fromEntries(exposed.map((port) => [port, {}])) }),
    Tty: flags.tty,
    OpenStdin: flags.interactive,
    StdinOnce: flags.interactive && attachStdin,
    Env: orNull(environment),
    Cmd: orNull(command),
    ...(health && { Healthcheck: health }),
    Image: image,
    Volumes: Object.fromEntries(anonymous.map((path) => [path, {}])),
    WorkingDir: flags.workdir,
    Entrypoint: given.has("entrypoint") ? [flags.entrypoint] : null,
    ...(isOld && mac !== "" && { MacAddress: mac }),
    Labels: labelsOf(labels),
    ...(flags["stop-signal"] !== "" && { StopSignal: flags["stop-signal"] }),
    ...(given.has("stop-timeout") && { StopTimeout: flags["stop-timeout"] }),
    HostConfig: hostConfig,
    NetworkingConfig: { EndpointsConfig: endpoints },
  };
}

function orNull<T>(values: readonly T[]): T[] | null {
  return values.length > 0 ? [...values] : null;
}

/** A variable whose value is the command's own, where it has none. */
export function withValue(variable: string, env: CommandIo["env"]): string {
  if (variable.includes("=")) return variable;
  const value = env[variable];
  return value === undefined ? variable : `${variable}=${value}`;
}

/** Parts volumes and binds from paths alone, which become volumes without a name. */
function volumesOf({ flags, io, release }: Creation): { binds: string[]; anonymous: string[] } {
  const binds: string[] = [];
  const anonymous: string[] = [];
  for (const value of new Set(flags.volume)) {
    const { source } = readVolume(value, release);
    if (source === "") {
      anonymous.push(value);
      continue;
    }
    const isBelowHere = release.name === "26.1" ? /^(\.\/.*|\.)$/.test(source) : source.startsWith(".");
    const isRelative = release.name !== "20.10" && isPath(source) && isBelowHere;
    binds.push(isRelative ? absolutePath(source, io.cwd) + value.slice(source.length) : value);
  }
  return { binds, anonymous };
}

function placed(mount: Mount, io: CommandIo, isOld: boolean): Mount {
  const { Source: source = "" } = mount;
  return !isOld && source.startsWith(".") ? { ...mount, Source: absolutePath(source, io.cwd) } : mount;
}

function tmpfsOf(values: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    values.map((value) => {
      const at = value.indexOf(":");
      return at < 0 ? [value, ""] : [value.slice(0, at), value.slice(at + 1)];
    }),
  );
}

function ratesOf<T>(rates: readonly T[], isOld: boolean): T[] | null {
  return isOld ? orNull(rates) : [...rates];
}

function ulimitsOf(limits: CreationFlags["ulimit"]): CreationFlags["ulimit"][number][] {
  const byName = new Map(limits.map((limit) => [limit.Name, limit]));
  return [...byName.values()].sort((one, other) => (one.Name < other.Name ? -1 : 1));
}

function checkModes({ pid, uts, userns, cgroupns }: CreationFlags): void {
  const isHost = (mode: string): boolean => mode === "" || mode === "host";
  const ofContainer = /^container:.+$/.test(pid);
  if (!isHost(pid) && !ofContainer) throw new CommandError("--pid: invalid PID mode");
  if (!isHost(uts)) throw new CommandError("--uts: invalid UTS mode");
  if (!isHost(userns)) throw new CommandError("--userns: invalid USER mode");
  if (!isHost(cgroupns) && cgroupns !== "private") throw new CommandError("--cgroupns: invalid CGROUP mode");
}

function healthcheckOf(flags: CreationFlags): ContainerCreateRequest["Healthcheck"] {
  const times = {
    Interval: flags["health-interval"],
    Timeout: flags["health-timeout"],
    StartPeriod: flags["health-start-period"],
    StartInterval: flags["health-start-interval"],
    Retries: flags["health-retries"],
  };
  const command = flags["health-cmd"];
  const isGiven = command !== "" || Object.values(times).some((value) => value !== 0);
  if (flags["no-healthcheck"]) {
    if (isGiven) throw new CommandError("--no-healthcheck conflicts with --health-* options");
    return { Test: ["NONE"] };
  }
  if (!isGiven) return undefined;
  for (const name of ["interval", "timeout", "retries", "start-period", "start-interval"] as const) {
    if (flags[`health-${name}`] < 0) throw new CommandError(`--health-${name} cannot be negative`);
  }
  const set = Object.fromEntries(Object.entries(times).filter(([, value]) => value !== 0));
  return { ...(command !== "" && { Test: ["CMD-SHELL", command] }), ...set };
}

/** Reads a device, such as `/dev/sda:/dev/xvda:rw`. */
function readDevice(value: string): {
  PathOnHost: string;
  PathInContainer: string;
  CgroupPermissions: string;
} {
  const parts = value.split(":");
  if (parts.length > 3 || parts[0] === "") throw new CommandError(`bad format for path: ${value}`);
  const [source = "", second = source, third] = parts;
  const isMode = (text: string): boolean => /^(?!.*(.).*\1)[rwm]+$/.test(text);
  if (third !== undefined && !isMode(third)) throw new CommandError(`bad mode specified: ${third}`);
  const onlyMode = parts.length === 2 && isMode(second);
  const inside = onlyMode ? source : second;
  if (!inside.startsWith("/")) throw new CommandError(`${inside} is not an absolute path`);
  return {
    PathOnHost: source,
    PathInContainer: inside,
    CgroupPermissions: onlyMode ? second : (third ?? "rwm"),
  };
}

/** Says that a pull policy is none. */
export function checkPullPolicy(policy: string, release: Release): void {
  if (release.name === "20.10" || ["always", "missing", "never", ""].includes(policy)) return;
  throw new CommandError(
    `invalid pull option: '${policy}': must be one of ${quoted("always")}, ${quoted("missing")} or ${quoted("never")}`,
  );
}

/** Since 29, `run` and `create` ask first whether the engine is there. @throws {ConnectionError} it is not */
export async function checkReached({ release, session }: Pick<Call, "release" | "session">): Promise<void> {
  if (isIn(release, { since: "29" })) await session.ping();
}
