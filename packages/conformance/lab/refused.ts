// Commands that engines refuse because of a container's settings. `scenarios.ts` records them on real
// engines.

import type { ContainerConfig, HostConfig } from "@dryharbor/sdk/port";
import { type Command, command } from "../src/commands/command.js";

function create(name: string, HostConfig: HostConfig, config: Partial<ContainerConfig> = {}): Command {
  return command(
    "containers.create",
    { Image: "busybox:latest", Cmd: ["sleep", "1000"], HostConfig, ...config },
    { name },
  );
}

/** Creates a container with these settings, starts it, and removes it even if an earlier step failed. */
function attempt(host: HostConfig, config?: Partial<ContainerConfig>): Command[] {
  return [
    create("web", host, config),
    command("containers.start", "web"),
    command("containers.remove", "web", { force: true }),
  ];
}

const log = (Type: string, Config: Record<string, string> = {}): HostConfig => ({
  LogConfig: { Type, Config },
});
const device = (PathOnHost: string): HostConfig => ({
  Devices: [{ PathOnHost, PathInContainer: "/dev/x", CgroupPermissions: "rwm" }],
});
const ulimit = (Name: string, Soft: number, Hard: number): HostConfig => ({
  Ulimits: [{ Name, Soft, Hard }],
});

/** Limits that are invalid, by themselves or together. */
export function refusedLimits(): Command[] {
  return [
    { CpuShares: -1 },
    { CpuShares: 1 },
    { CpuPeriod: 5 },
    { CpuPeriod: 2_000_000 },
    { CpuPeriod: -5 },
    { CpuQuota: 5 },
    { CpuQuota: -5 },
    { NanoCpus: 1e9, CpuPeriod: 50_000 },
    { NanoCpus: 1e9, CpuQuota: 50_000 },
    { CpuRealtimeRuntime: 5, CpuRealtimePeriod: 3 },
    { CpusetMems: "64" },
    { CpusetMems: "bad" },
    { Memory: -1 },
    { Memory: 5 * 2 ** 20 },
    { Memory: 32 * 2 ** 20, MemoryReservation: 64 * 2 ** 20 },
    { MemoryReservation: 2 ** 20 },
    { MemorySwap: 64 * 2 ** 20 },
    { MemorySwappiness: 101 },
    { MemorySwappiness: -2 },
    { KernelMemory: 5 },
    { BlkioDeviceReadBps: [{ Path: "/dev/nope", Rate: 5 }] },
    { BlkioWeightDevice: [{ Path: "/dev/nope", Weight: 500 }] },
    { OomScoreAdj: 1001 },
    { ShmSize: -1 },
    { PidsLimit: -5 },
  ].flatMap((host) => attempt(host));
}

/** Settings that ask the host, another container or the runtime for something that is not there. */
export function refusedContainers(): Command[] {
  return [
    ...[
      device("/dev/nope"),
      device("/dev/null"),
      device("/dev/pts"),
      device("/nope/x"),
      { DeviceCgroupRules: ["nope"] },
      { DeviceCgroupRules: ["c 1:3 q"] },
      { DeviceRequests: [{ Driver: "", Count: -1, Capabilities: [["gpu"]] }] },
      { DeviceRequests: [{ Driver: "nvidia", DeviceIDs: ["0"], Capabilities: [["gpu"], ["a", "b"]] }] },
      { DeviceRequests: [{ Driver: "cdi", DeviceIDs: ["vendor.com/class=one", "two"] }] },
      { SecurityOpt: ["nope=x"] },
      { SecurityOpt: ["nope"] },
      { SecurityOpt: ["no-new-privileges=maybe"] },
      { SecurityOpt: ["no-new-privileges:true"] },
      { SecurityOpt: ["writable-cgroups"] },
      { SecurityOpt: ["label=nope:x"] },
      { Sysctls: { nope: "1" } },
      { Sysctls: { "kernel.hostname": "x" } },
      { Sysctls: { "kernel.sem": "x" } },
      { Sysctls: { "kernel.msgmax": "-1" } },
      { Sysctls: { "kernel.msgmax": "10" }, IpcMode: "host" },
      { Sysctls: { "fs.mqueue.nope": "1" } },
      { Sysctls: { "net.nope": "1" } },
      { Sysctls: { "net.core.somaxconn": "12" }, NetworkMode: "host" },
      { Tmpfs: { "/x": "nope" } },
      { Tmpfs: { "/x": "rw,size=1m,nope=1,also" } },
      { Tmpfs: { "/x": "rw=1" } },
      ulimit("nope", 1, 1),
      ulimit("nofile", 10, 5),
      { GroupAdd: ["nope"] },
      { GroupAdd: ["-1"] },
      { Runtime: "nope" },
      { Runtime: "io.containerd.nope.v1" },
      { Runtime: "io.containerd.runc.v1" },
      { Runtime: "a.." },
      { Runtime: "/a.b" },
      { IpcMode: "container:nope" },
      { IpcMode: "container:" },
      { IpcMode: "nope" },
      { PidMode: "container:nope" },
      { PidMode: "container:" },
      { UTSMode: "nope" },
      { CgroupnsMode: "nope" },
      { UsernsMode: "nope" },
      { Annotations: { "": "x" } },
    ].flatMap((host) => attempt(host)),
    ...attempt({}, { Hostname: "a".repeat(65) }),
    ...attempt({}, { User: "nope" }),
    create("redis", { IpcMode: "shareable" }),
    ...attempt({ IpcMode: "container:redis" }),
    ...attempt({ PidMode: "container:redis" }),
    command("containers.start", "redis"),
    ...attempt({ IpcMode: "container:redis", PidMode: "container:redis" }),
    create("web", { IpcMode: "private" }),
    command("containers.start", "web"),
    create("app", { IpcMode: "container:web" }),
    command("containers.start", "app"),
    command("containers.remove", "web", { force: true }),
    command("containers.start", "app"),
  ];
}

/** Log drivers that do not exist, that get invalid options, or whose server cannot be reached. */
export function refusedLogs(): Command[] {
  return [
    log("nope"),
    log("none", { nope: "x" }),
    log("", { nope: "x" }),
    log("json-file", { mode: "nope" }),
    log("json-file", { "max-buffer-size": "1m" }),
    log("json-file", { mode: "non-blocking", "max-buffer-size": "x" }),
    log("json-file", { "max-size": "x" }),
    log("json-file", { "max-size": "0" }),
    log("json-file", { "max-size": "-1" }),
    log("json-file", { "max-size": "1xb" }),
    log("json-file", { "max-size": "1.2.3m" }),
    log("json-file", { "max-size": "10 MiB", "max-file": "3", compress: "true" }),
    log("json-file", { "max-file": "0" }),
    log("json-file", { "max-file": "x" }),
    log("json-file", { compress: "x" }),
    log("json-file", { compress: "true" }),
    log("local", { nope: "1" }),
    log("local", { "max-size": "x" }),
    log("local", { "max-file": "0" }),
    log("local", { "max-file": "2" }),
    log("local", { compress: "x" }),
    log("awslogs"),
    log("fluentd"),
    log("fluentd", { nope: "1" }),
    log("gcplogs"),
    log("gelf"),
    log("journald"),
    log("journald", { nope: "1" }),
    log("splunk"),
    log("syslog"),
    log("etwlogs"),
  ].flatMap((host) => attempt(host));
}
