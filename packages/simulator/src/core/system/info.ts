import { sha256 } from "@dryharbor/kernel";
import type { Info } from "@dryharbor/sdk/port";
import { isOlder } from "../api-version.js";
import { formatTime } from "../clock.js";
import type { Daemon } from "../daemon.js";
import { deeplySorted } from "../go-order.js";
import { showSwarmInfo } from "../swarm/show.js";
import { host } from "./host.js";

/** Answers `GET /info`: counts and settings of this engine, and values that all engines share. */
export function showInfo(daemon: Daemon, apiVersion: string = daemon.release.system.apiVersion): Info {
  const { settings, release } = daemon;
  const { system } = release;
  const old = isOlder(apiVersion, "1.25");
  const info = {
    ID: system.idIsHostId ? settings.hostId : groupedId(settings.hostId),
    ...countContainers(daemon),
    Images: daemon.images.size,
    Driver: system.storage.driver,
    DriverStatus: system.storage.status.map((line) => [...line]),
    Plugins: {
      Volume: ["local"],
      Network: [...host.networkDrivers],
      Authorization: null,
      Log: [...system.logDrivers],
    },
    MemoryLimit: true,
    SwapLimit: true,
    ...((system.kernelMemory === "always" ||
      (system.kernelMemory === "before 1.42" && isOlder(apiVersion, "1.42"))) && { KernelMemory: true }),
    ...(system.hasKernelMemoryTcp && { KernelMemoryTCP: true }),
    CpuCfsPeriod: true,
    CpuCfsQuota: true,
    CPUShares: true,
    CPUSet: true,
    PidsLimit: true,
    IPv4Forwarding: true,
    ...((system.knowsBridgeNf || isOlder(apiVersion, "1.50")) && {
      BridgeNfIptables: system.knowsBridgeNf,
      BridgeNfIp6tables: system.knowsBridgeNf,
    }),
    Debug: false,
    NFd: 27,
    OomKillDisable: true,
    NGoroutines: 45,
    SystemTime: formatTime(daemon.clock.now()),
    LoggingDriver: "json-file",
    CgroupDriver: "cgroupfs",
    CgroupVersion: "1",
    NEventsListener: 0,
    KernelVersion: host.kernelVersion,
    OperatingSystem: host.operatingSystem,
    OSVersion: "13",
    OSType: "linux",
    Architecture: host.machine,
    IndexServerAddress: "https://index.docker.io/v1/",
    RegistryConfig: registryConfig(daemon, apiVersion),
    NCPU: host.cpus,
    MemTotal: host.memory,
    GenericResources: null,
    DockerRootDir: settings.dataRoot,
    HttpProxy: "",
    HttpsProxy: "",
    NoProxy: "",
    Name: settings.hostname,
    Labels: [],
    ExperimentalBuild: false,
    ServerVersion: system.version,
    Runtimes: runtimes(daemon, apiVersion),
    DefaultRuntime: "runc",
    Swarm: showSwarmInfo(daemon.swarm),
    LiveRestoreEnabled: false,
    Isolation: "",
    InitBinary: "docker-init",
    ContainerdCommit: commit(daemon, system.containerd, apiVersion),
    RuncCommit: commit(daemon, system.runc, apiVersion),
    InitCommit: commit(daemon, "", apiVersion),
    SecurityOptions: [old ? "seccomp" : `name=seccomp,profile=${system.seccompProfile}`],
    ...(settings.defaultAddressPools.length > 0 && {
      DefaultAddressPools: settings.defaultAddressPools.map(({ base, size }) => ({ Base: base, Size: size })),
    }),
    ...(system.tellsOfBackends && !isOlder(apiVersion, "1.49") && { FirewallBackend: firewall(daemon) }),
    ...(system.cdiSpecDirs && { CDISpecDirs: [...system.cdiSpecDirs] }),
    ...(system.tellsOfBackends && !isOlder(apiVersion, "1.46") && { Containerd: containerd() }),
    ...(old && system.tellsOfExecutionDriver === "before warnings" && executionDriver),
    Warnings: system.warnings && [...system.warnings],
    ...(old && system.tellsOfExecutionDriver === "last" && executionDriver),
  };
  return system.makesOldInfoOver && isOlder(apiVersion, "1.50") ? (deeplySorted(info) as Info) : info;
}

const executionDriver = { ExecutionDriver: "<not supported>" };

function countContainers(daemon: Daemon) {
  let [running, paused] = [0, 0];
  for (const { state } of daemon.containers.byId.values()) {
    if (state.status === "running") running++;
    if (state.status === "paused") paused++;
  }
  const all = daemon.containers.byId.size;
  return {
    Containers: all,
    ContainersRunning: running,
    ContainersPaused: paused,
    ContainersStopped: all - running - paused,
  };
}

/** Returns 12 groups of 4 characters from A to Z and 2 to 7, like the fingerprint of an engine's key. */
function groupedId(hostId: string): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...sha256(new TextEncoder().encode(hostId))].map((byte) => byte.toString(2).padStart(8, "0"));
  const letters = bits.join("").slice(0, 240).match(/.{5}/g) ?? [];
  const text = letters.map((letter) => alphabet[Number.parseInt(letter, 2)]).join("");
  return (text.match(/.{4}/g) ?? []).join(":");
}

function registryConfig({ release }: Daemon, apiVersion: string) {
  const config = release.system.registryConfig;
  if (!release.system.makesOldInfoOver || !isOlder(apiVersion, "1.47")) return { ...config };
  return {
    AllowNondistributableArtifactsCIDRs: null,
    AllowNondistributableArtifactsHostnames: null,
    ...config,
  };
}

function runtimes({ release }: Daemon, apiVersion: string) {
  const features = isOlder(apiVersion, "1.44") ? undefined : release.system.runtimeFeatures;
  const runtime = {
    path: "runc",
    ...(features && { status: { "org.opencontainers.runtime-spec.features": features } }),
  };
  return Object.fromEntries(release.system.runtimes.map((name) => [name, { ...runtime }]));
}

function commit({ release }: Daemon, id: string, apiVersion: string) {
  if (release.system.hasExpectedCommits) return { ID: id, Expected: id };
  const expected = id !== "" || release.system.expectsNoCommit;
  return isOlder(apiVersion, "1.49") && expected ? { ID: id, Expected: id } : { ID: id };
}

function firewall({ release }: Daemon) {
  const { firewallInfo } = release.system;
  return { Driver: "iptables", ...(firewallInfo && { Info: firewallInfo.map((line) => [...line]) }) };
}

function containerd() {
  return {
    Address: "/run/docker/containerd/containerd.sock",
    Namespaces: { Containers: "moby", Plugins: "plugins.moby" },
  };
}
