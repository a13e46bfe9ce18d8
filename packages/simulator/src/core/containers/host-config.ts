import type { HostConfig, PortBinding } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import { sortedByKey } from "../go-order.js";
import { showSpecs } from "../mounts/show.js";
import type { Container } from "./container.js";
import { shownLinks } from "./legacy-links.js";

/**
 * The value that a field of a Go struct shows when none was given. `absent`: it is not shown (`omitempty`).
 */
type Default = string | number | boolean | null | readonly unknown[] | "absent";

type Field = readonly [name: string, byDefault: Default];

const consoleSize: Field = ["ConsoleSize", [0, 0]];

const upToVolumes: readonly Field[] = [
  ["Binds", null],
  ["ContainerIDFile", ""],
  ["LogConfig", null],
  ["NetworkMode", ""],
  ["PortBindings", null],
  ["RestartPolicy", null],
  ["AutoRemove", false],
  ["VolumeDriver", ""],
  ["VolumesFrom", null],
];

const upToRuntime: readonly Field[] = [
  ["CapAdd", null],
  ["CapDrop", null],
  ["CgroupnsMode", "host"],
  ["Dns", null],
  ["DnsOptions", null],
  ["DnsSearch", null],
  ["ExtraHosts", null],
  ["GroupAdd", null],
  ["IpcMode", "private"],
  ["Cgroup", ""],
  ["Links", null],
  ["OomScoreAdj", 0],
  ["PidMode", ""],
  ["Privileged", false],
  ["PublishAllPorts", false],
  ["ReadonlyRootfs", false],
  ["SecurityOpt", null],
  ["StorageOpt", "absent"],
  ["Tmpfs", "absent"],
  ["UTSMode", ""],
  ["UsernsMode", ""],
  ["ShmSize", 67108864],
  ["Sysctls", "absent"],
  ["Runtime", "runc"],
];

const upToDeviceRequests: readonly Field[] = [
  ["Isolation", ""],
  ["CpuShares", 0],
  ["Memory", 0],
  ["NanoCpus", 0],
  ["CgroupParent", ""],
  ["BlkioWeight", 0],
  ["BlkioWeightDevice", null],
  ["BlkioDeviceReadBps", null],
  ["BlkioDeviceWriteBps", null],
  ["BlkioDeviceReadIOps", null],
  ["BlkioDeviceWriteIOps", null],
  ["CpuPeriod", 0],
  ["CpuQuota", 0],
  ["CpuRealtimePeriod", 0],
  ["CpuRealtimeRuntime", 0],
  ["CpusetCpus", ""],
  ["CpusetMems", ""],
  ["Devices", null],
  ["DeviceCgroupRules", null],
  ["DeviceRequests", null],
];

const fromReservation: readonly Field[] = [
  ["MemoryReservation", 0],
  ["MemorySwap", 0],
  ["MemorySwappiness", null],
  ["OomKillDisable", false],
  ["PidsLimit", null],
  ["Ulimits", null],
  ["CpuCount", 0],
  ["CpuPercent", 0],
  ["IOMaximumIOps", 0],
  ["IOMaximumBandwidth", 0],
  ["Mounts", "absent"],
  ["MaskedPaths", null],
  ["ReadonlyPaths", null],
  ["Init", "absent"],
];

/** The fields of `HostConfig` in the order of inspect, by layout. Taken from the answers of real engines. */
const layouts = {
  "2020": [
    ...upToVolumes,
    ...upToRuntime,
    consoleSize,
    ...upToDeviceRequests,
    ["KernelMemory", 0],
    ["KernelMemoryTCP", 0],
    ...fromReservation,
  ],
  "2023": [
    ...upToVolumes,
    consoleSize,
    ["Annotations", "absent"],
    ...upToRuntime,
    ...upToDeviceRequests,
    ["KernelMemoryTCP", "absent"],
    ...fromReservation,
  ],
} satisfies Record<string, readonly Field[]>;

const readonlyPaths = ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"];

/** Shows `HostConfig` as inspect does: the given fields, and the engine's values for the others. */
export function showHostConfig(daemon: Daemon, container: Container): HostConfig & { NetworkMode: string } {
  const { containers } = daemon.release;
  const given: HostConfig = container.hostConfig;
  const shown: Record<string, unknown> = {};
  const made = madeByEngine(daemon, container);
  const fields: readonly Field[] = layouts[containers.hostConfigLayout];
  for (const [name, byDefault] of fields) {
    const value = name in made ? made[name] : (given[name] ?? byDefault);
    if (value === "absent" || (byDefault === "absent" && isEmpty(value))) continue;
    // Go cannot tell its zero value from a field that was not given, unless the field is a pointer.
    const nothing = value === "" || (value === 0 && name !== "PidsLimit");
    if (nothing && byDefault === "absent") continue;
    shown[name] = nothing ? byDefault : sortedMap(value);
  }
  return shown as HostConfig & { NetworkMode: string };
}

/** Returns the fields that show something else than what was given. */
function madeByEngine(daemon: Daemon, container: Container): Record<string, unknown> {
  const { containers } = daemon.release;
  const given = container.hostConfig;
  const { Memory: memory = 0, Privileged: privileged = false } = given;
  return {
    LogConfig: {
      Type: given.LogConfig?.Type || "json-file",
      Config: sortedByKey(given.LogConfig?.Config ?? {}),
    },
    PortBindings: given.PortBindings
      ? showBindings(given.PortBindings)
      : containers.makesBindingMap
        ? {}
        : null,
    RestartPolicy: {
      Name: given.RestartPolicy?.Name || containers.defaultRestartPolicy,
      MaximumRetryCount: given.RestartPolicy?.MaximumRetryCount ?? 0,
    },
    Links: shownLinks(container),
    Runtime: given.Runtime === "" ? "absent" : (given.Runtime ?? "runc"),
    MemorySwap: given.MemorySwap || memory * 2,
    // The docker command sends -1 when no value was given.
    MemorySwappiness: given.MemorySwappiness === -1 ? null : (given.MemorySwappiness ?? null),
    SecurityOpt: securityOptions(given),
    MaskedPaths: given.MaskedPaths ?? (privileged ? null : containers.maskedPaths),
    ReadonlyPaths: given.ReadonlyPaths ?? (privileged ? null : readonlyPaths),
    Mounts: showSpecs(given.Mounts ?? "absent"),
    Init: given.Init ?? "absent",
  };
}

/** Returns the security options. SELinux is off for a container that shares this much with the host. */
function securityOptions({ SecurityOpt, Privileged, IpcMode, PidMode }: HostConfig): unknown {
  const options = Array.isArray(SecurityOpt) ? SecurityOpt : null;
  const labelled = options?.some((option) => String(option).split("=")[0] === "label") ?? false;
  if (labelled || !(Privileged || IpcMode === "host" || PidMode === "host")) return options;
  return [...(options ?? []), "label=disable"];
}

function showBindings(bindings: Readonly<Record<string, PortBinding[] | null>>): unknown {
  const shown = Object.entries(bindings).map(([port, list]) => [
    port,
    list?.map(({ HostIp = "", HostPort = "" }) => ({ HostIp, HostPort })) ?? null,
  ]);
  return sortedByKey(Object.fromEntries(shown));
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Returns whether Go's `omitempty` leaves the value out. */
function isEmpty(value: unknown): boolean {
  return Array.isArray(value) ? value.length === 0 : isMap(value) && Object.keys(value).length === 0;
}

/** Sorts a map by its keys, as Go does. A struct stays in the order of its declaration. */
function sortedMap(value: unknown): unknown {
  return isMap(value) && !("Name" in value) && !("Type" in value) ? sortedByKey(value) : value;
}
