// What `docker info` prints without `--format`.
import type { Info } from "@dryharbor/sdk/port";
import { bytesSize, humanDuration } from "../../format/units.js";
import { isIn, type Release } from "../../releases.js";

/** Fields that the port has no names for. */
interface WholeInfo extends Info {
  readonly DriverStatus: readonly [string, string][] | null;
  readonly LoggingDriver: string;
  readonly CgroupDriver: string;
  readonly CgroupVersion?: string;
  readonly CDISpecDirs?: readonly string[];
  readonly Runtimes: Readonly<Record<string, unknown>>;
  readonly DefaultRuntime: string;
  readonly InitBinary: string;
  readonly ContainerdCommit: Commit;
  readonly RuncCommit: Commit;
  readonly InitCommit: Commit;
  readonly SecurityOptions: readonly string[];
  readonly KernelVersion: string;
  readonly DockerRootDir: string;
  readonly Debug: boolean;
  readonly NFd: number;
  readonly NGoroutines: number;
  readonly SystemTime: string;
  readonly NEventsListener: number;
  readonly HttpProxy: string;
  readonly HttpsProxy: string;
  readonly NoProxy: string;
  readonly IndexServerAddress: string;
  readonly RegistryConfig: {
    readonly InsecureRegistryCIDRs: readonly string[] | null;
    readonly IndexConfigs: Readonly<Record<string, { readonly Secure: boolean; readonly Name: string }>>;
    readonly Mirrors: readonly string[] | null;
  };
  readonly LiveRestoreEnabled: boolean;
  readonly FirewallBackend?: Told & { readonly Driver: string };
  readonly NRI?: Told;
  readonly Swarm: SwarmInfo;
}

interface Told {
  readonly Info?: readonly (readonly [string, string])[] | null;
}

interface Commit {
  readonly ID: string;
  readonly Expected?: string;
}

interface SwarmInfo {
  readonly NodeID: string;
  readonly NodeAddr: string;
  readonly LocalNodeState: string;
  readonly ControlAvailable: boolean;
  readonly Error: string;
  readonly Managers?: number;
  readonly Nodes?: number;
  readonly RemoteManagers: readonly { readonly Addr: string }[] | null;
  readonly Cluster?: {
    readonly ID: string;
    readonly DefaultAddrPool: readonly string[];
    readonly SubnetSize: number;
    readonly DataPathPort: number;
    readonly RootRotationInProgress: boolean;
    readonly Spec: {
      readonly Orchestration: { readonly TaskHistoryRetentionLimit?: number };
      readonly Raft: {
        readonly SnapshotInterval: number;
        readonly KeepOldSnapshots?: number;
        readonly HeartbeatTick: number;
        readonly ElectionTick: number;
      };
      readonly Dispatcher: { readonly HeartbeatPeriod: number };
      readonly CAConfig: { readonly NodeCertExpiry: number; readonly ForceRotate?: number };
      readonly EncryptionConfig: { readonly AutoLockManagers: boolean };
    };
  };
}

/** The lines of `docker info`, and its warnings, which go to standard error. */
export function infoText(
  given: Info | undefined,
  client: Readonly<Record<string, unknown>>,
  release: Release,
  problem: string,
): { out: string; warnings: readonly string[] } {
  const lines = [
    "Client:",
    ...(client.Version === undefined ? [] : [` Version:    ${client.Version}`]),
    ` Context:    ${client.Context}`,
    ` Debug Mode: ${client.Debug}`,
    "",
    "Server:",
  ];
  if (!given) {
    if (release.name === "20.10") lines.push(`ERROR: ${problem}`);
    return { out: `${lines.join("\n")}\n`, warnings: [] };
  }
  const info = given as WholeInfo;
  lines.push(...serverLines(info, release));
  return { out: `${lines.join("\n")}\n\n`, warnings: info.Warnings ?? [] };
}

function serverLines(info: WholeInfo, release: Release): string[] {
  const when = (condition: unknown, ...lines: readonly string[]): readonly string[] =>
    condition ? lines : [];
  const listed = (names: readonly string[] | null | undefined) => (names ?? []).join(" ");
  const commit = ({ ID, Expected = ID }: Commit) =>
    ID === Expected || Expected === "" ? ID : `${ID} (expected: ${Expected})`;
  const registry = info.RegistryConfig;
  const insecure = Object.values(registry.IndexConfigs ?? {}).filter(({ Secure }) => !Secure);
  return [
    ` Containers: ${info.Containers}`,
    `  Running: ${info.ContainersRunning}`,
    `  Paused: ${info.ContainersPaused}`,
    `  Stopped: ${info.ContainersStopped}`,
    ` Images: ${info.Images}`,
    ...when(info.ServerVersion, ` Server Version: ${info.ServerVersion}`),
    ...when(info.Driver, ` Storage Driver: ${info.Driver}`),
    ...(info.DriverStatus ?? []).map(([name, value]) => `  ${name}: ${value}`),
    ...when(info.LoggingDriver, ` Logging Driver: ${info.LoggingDriver}`),
    ...when(info.CgroupDriver, ` Cgroup Driver: ${info.CgroupDriver}`),
    ...when(info.CgroupVersion, ` Cgroup Version: ${info.CgroupVersion}`),
    " Plugins:",
    `  Volume: ${listed(info.Plugins.Volume)}`,
    `  Network: ${listed(info.Plugins.Network)}`,
    ...when(info.Plugins.Authorization?.length, `  Authorization: ${listed(info.Plugins.Authorization)}`),
    `  Log: ${listed(info.Plugins.Log)}`,
    ...when(
      isIn(release, { since: "28.5" }) && info.CDISpecDirs?.length,
      " CDI spec directories:",
      ...(info.CDISpecDirs ?? []).map((folder) => `  ${folder}`),
    ),
    ...swarmLines(info.Swarm),
    ...when(
      Object.keys(info.Runtimes ?? {}).length > 0,
      ` Runtimes: ${Object.keys(info.Runtimes ?? {}).join(" ")}`,
      ` Default Runtime: ${info.DefaultRuntime}`,
    ),
    ` Init Binary: ${info.InitBinary}`,
    ` containerd version: ${commit(info.ContainerdCommit)}`,
    ` runc version: ${commit(info.RuncCommit)}`,
    ` init version: ${commit(info.InitCommit)}`,
    ...when(
      info.SecurityOptions.length > 0,
      " Security Options:",
      ...info.SecurityOptions.flatMap(securityLines),
    ),
    ` Kernel Version: ${info.KernelVersion}`,
    ` Operating System: ${info.OperatingSystem}`,
    ` OSType: ${info.OSType}`,
    ` Architecture: ${info.Architecture}`,
    ` CPUs: ${info.NCPU}`,
    ` Total Memory: ${bytesSize(info.MemTotal)}`,
    ...when(info.Name, ` Name: ${info.Name}`),
    ...when(info.ID, ` ID: ${info.ID}`),
    ` Docker Root Dir: ${info.DockerRootDir}`,
    ` Debug Mode: ${info.Debug}`,
    ...when(
      info.Debug,
      `  File Descriptors: ${info.NFd}`,
      `  Goroutines: ${info.NGoroutines}`,
      `  System Time: ${info.SystemTime}`,
      `  EventsListeners: ${info.NEventsListener}`,
    ),
    ...when(info.HttpProxy, ` HTTP Proxy: ${info.HttpProxy}`),
    ...when(info.HttpsProxy, ` HTTPS Proxy: ${info.HttpsProxy}`),
    ...when(info.NoProxy, ` No Proxy: ${info.NoProxy}`),
    ...when(release.name === "20.10" && info.IndexServerAddress, ` Registry: ${info.IndexServerAddress}`),
    ...when(
      release.name === "20.10" || info.Labels?.length,
      " Labels:",
      ...(info.Labels ?? []).map((label) => `  ${label}`),
    ),
    ` Experimental: ${info.ExperimentalBuild}`,
    ...when(
      insecure.length > 0 || (registry.InsecureRegistryCIDRs ?? []).length > 0,
      " Insecure Registries:",
      ...insecure.map(({ Name }) => `  ${Name}`),
      ...(registry.InsecureRegistryCIDRs ?? []).map((block) => `  ${block}`),
    ),
    ...when(
      registry.Mirrors?.length,
      " Registry Mirrors:",
      ...(registry.Mirrors ?? []).map((mirror) => `  ${mirror}`),
    ),
    ` Live Restore Enabled: ${info.LiveRestoreEnabled}`,
    ...when(
      info.DefaultAddressPools?.length,
      " Default Address Pools:",
      ...(info.DefaultAddressPools ?? []).map(({ Base, Size }) => `   Base: ${Base}, Size: ${Size}`),
    ),
    ...(isIn(release, { since: "29" }) ? backendLines(info) : []),
  ];
}

/** What makes packets pass and containers start. */
function backendLines({ FirewallBackend: firewall, NRI }: WholeInfo): string[] {
  const pairs = ({ Info }: Told) => (Info ?? []).map(([name, value]) => `  ${name}: ${value}`);
  return [
    ...(firewall ? [` Firewall Backend: ${firewall.Driver}`, ...pairs(firewall)] : []),
    ...(NRI ? [" NRI:", ...pairs(NRI)] : []),
  ];
}

/** A security option, e.g. `name=seccomp,profile=default`. */
function securityLines(option: string): string[] {
  const pairs = option.split(",").map((pair) => pair.split("="));
  const name = pairs.find(([key]) => key === "name")?.[1] ?? option;
  return [
    `  ${name}`,
    ...pairs
      .filter(([key]) => key !== "name")
      .map(([key = "", value = ""]) => `   ${key[0]!.toUpperCase()}${key.slice(1)}: ${value}`),
  ];
}

function swarmLines(swarm: SwarmInfo): string[] {
  const lines = [` Swarm: ${swarm.LocalNodeState}`];
  if (swarm.LocalNodeState === "inactive" || swarm.LocalNodeState === "locked") return lines;
  lines.push(`  NodeID: ${swarm.NodeID}`);
  if (swarm.Error !== "") lines.push(`  Error: ${swarm.Error}`);
  lines.push(`  Is Manager: ${swarm.ControlAvailable}`);
  const cluster = swarm.ControlAvailable && swarm.Error === "" ? swarm.Cluster : undefined;
  if (cluster) {
    const { Orchestration, Raft, Dispatcher, CAConfig, EncryptionConfig } = cluster.Spec;
    lines.push(
      `  ClusterID: ${cluster.ID}`,
      `  Managers: ${swarm.Managers}`,
      `  Nodes: ${swarm.Nodes}`,
      `  Default Address Pool: ${(cluster.DefaultAddrPool ?? []).join("  ")}  `,
      `  SubnetSize: ${cluster.SubnetSize}`,
      `  Data Path Port: ${cluster.DataPathPort}`,
      "  Orchestration:",
      `   Task History Retention Limit: ${Orchestration.TaskHistoryRetentionLimit ?? 0}`,
      "  Raft:",
      `   Snapshot Interval: ${Raft.SnapshotInterval}`,
      ...(Raft.KeepOldSnapshots === undefined
        ? []
        : [`   Number of Old Snapshots to Retain: ${Raft.KeepOldSnapshots}`]),
      `   Heartbeat Tick: ${Raft.HeartbeatTick}`,
      `   Election Tick: ${Raft.ElectionTick}`,
      "  Dispatcher:",
      `   Heartbeat Period: ${humanDuration(BigInt(Dispatcher.HeartbeatPeriod))}`,
      "  CA Configuration:",
      `   Expiry Duration: ${humanDuration(BigInt(CAConfig.NodeCertExpiry))}`,
      `   Force Rotate: ${CAConfig.ForceRotate ?? 0}`,
      `  Autolock Managers: ${EncryptionConfig.AutoLockManagers}`,
      `  Root Rotation In Progress: ${cluster.RootRotationInProgress}`,
    );
  }
  lines.push(`  Node Address: ${swarm.NodeAddr}`);
  const managers = (swarm.RemoteManagers ?? []).map(({ Addr }) => Addr).sort();
  if (managers.length > 0) lines.push("  Manager Addresses:", ...managers.map((address) => `   ${address}`));
  return lines;
}
