// The checks of a create request's settings, in the engine's order. `create.ts` calls `validateModes` and
// `validateSettings`, `update.ts` calls `validateUpdate`.

import { parseSignal } from "@dryharbor/kernel";
import { parseIP } from "@dryharbor/kernel/host";
import {
  type ContainerCreateRequest,
  engineError,
  type Healthcheck,
  type HostConfig,
} from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import { checkMounts } from "../mounts/check.js";
import { destinationProblem, mountSettings } from "../mounts/spec.js";
import { parseHostPort } from "../ports/port.js";
import type { Release } from "../releases/release.js";
import { capabilityNamed } from "./capabilities.js";
import { joinedContainer } from "./network-mode.js";
import { resourceProblem } from "./resources.js";
import { restartPolicyProblem } from "./restart-policy.js";
import { runtimeProblem } from "./runtime.js";

function refuse(message: string): never {
  throw engineError(400, message);
}

/** Checks for settings that exclude each other. The engine finds these while it reads the request. */
export function validateModes({ release }: Daemon, request: ContainerCreateRequest): void {
  const host = request.HostConfig;
  if (!host) return;
  const mode = host.NetworkMode ?? "";
  const joins = joinedContainer(mode);
  if (mode === "container" || joins === "") refuse(release.containers.badContainerMode);
  if (joins !== undefined) validateJoining(request, host);
  if (release.containers.macAddressConflictsWithMode && request.MacAddress) {
    if (joins !== undefined || mode === "host") {
      refuse("conflicting options: mac-address and the network mode");
    }
  }
  if (joins !== undefined) validateJoiningPorts(request, host);
  if (host.UTSMode === "host" && request.Hostname) {
    refuse("conflicting options: hostname and the UTS mode");
  }
  if (mode === "host" && some(host.Links)) {
    refuse(
      "conflicting options: host type networking can't be used with links. This would result in undefined behavior",
    );
  }
  const isolation = text(host.Isolation);
  if (!["", "default"].includes(isolation)) {
    const { status, message } = release.containers.badIsolation(isolation);
    throw engineError(status, message);
  }
  for (const [field, what] of bandwidths) {
    if (number(host[field]) === 0) continue;
    const { status, message } = release.containers.badBandwidth(what);
    throw engineError(status, message);
  }
  const period = number(host.CpuRealtimePeriod);
  if (period > 0 && number(host.CpuRealtimeRuntime) > period) {
    const message = "cpu real-time runtime cannot be higher than cpu real-time period";
    throw engineError(release.containers.badRealtime, message);
  }
  const { negativeCpuShares } = release.containers;
  const shares = number(host.CpuShares);
  if (negativeCpuShares.created && shares < 0) refuse(negativeCpuShares.message(shares));
}

/** Limits that only Windows has. */
const bandwidths = [
  ["IOMaximumBandwidth", "maximum bandwidth"],
  ["IOMaximumIOps", "maximum IOPs"],
] as const;

function validateJoining({ Hostname }: ContainerCreateRequest, host: HostConfig): void {
  if (Hostname) refuse("conflicting options: hostname and the network mode");
  if (some(host.Links)) {
    refuse(
      "conflicting options: container type network can't be used with links. This would result in undefined behavior",
    );
  }
  if (some(host.Dns)) refuse("conflicting options: dns and the network mode");
  if (some(host.ExtraHosts)) refuse("conflicting options: custom host-to-IP mapping and the network mode");
}

function validateJoiningPorts({ ExposedPorts }: ContainerCreateRequest, host: HostConfig): void {
  if (Object.keys(host.PortBindings ?? {}).length > 0 || host.PublishAllPorts) {
    refuse("conflicting options: port publishing and the container type network mode");
  }
  if (Object.keys(ExposedPorts ?? {}).length > 0) {
    refuse("conflicting options: port exposing and the container type network mode");
  }
}

/**
 * Checks the settings of the container and of its `HostConfig`. The engine does so before it looks for the
 * image.
 */
export function validateSettings(daemon: Daemon, request: ContainerCreateRequest): void {
  validateConfig(daemon.release, request);
  if (request.HostConfig) validateHostConfig(daemon, request.HostConfig);
  const problem = daemon.release.containers.longHostname(request.Hostname ?? "");
  if (problem !== undefined) refuse(problem);
  if (request.HostConfig) validateHost(daemon.release, request.HostConfig, false);
}

/** Checks the settings of a `HostConfig`. */
export function validateHostSettings(daemon: Daemon, host: HostConfig): void {
  validateHostConfig(daemon, host);
  validateHost(daemon.release, host, false);
}

/** Checks the settings that an update changes. A restart policy without a name changes nothing. */
export function validateUpdate(daemon: Daemon, host: HostConfig): void {
  const { RestartPolicy, ...others } = host;
  validateHostConfig(daemon, { ...others, ...(RestartPolicy?.Name && { RestartPolicy }) });
  validateHost(daemon.release, host, true);
}

function validateConfig(release: Release, request: ContainerCreateRequest): void {
  const { WorkingDir, StopSignal, Env, Healthcheck } = request;
  if (WorkingDir && !WorkingDir.startsWith("/")) {
    refuse(`the working directory '${WorkingDir}' is invalid, it needs to be an absolute path`);
  }
  if (StopSignal && parseSignal(StopSignal) === 0) refuse(release.containers.invalidSignal(StopSignal));
  for (const line of Env ?? []) {
    if (line === "" || line.startsWith("=")) refuse(`invalid environment variable: ${line}`);
  }
  if (Healthcheck) validateHealthcheck(Healthcheck);
}

const oneMillisecond = 1_000_000;

function validateHealthcheck(check: Healthcheck): void {
  const atLeast = (name: "Interval" | "Timeout" | "StartPeriod" | "StartInterval") => {
    const { [name]: value = 0 } = check;
    if (value !== 0 && value < oneMillisecond) refuse(`${name} in Healthcheck cannot be less than 1ms`);
  };
  atLeast("Interval");
  atLeast("Timeout");
  if ((check.Retries ?? 0) < 0) refuse("Retries in Healthcheck cannot be negative");
  atLeast("StartPeriod");
  atLeast("StartInterval");
}

function validateHostConfig(daemon: Daemon, host: HostConfig): void {
  const { release } = daemon;
  const { Name: policy = "", MaximumRetryCount: retries = 0 } = host.RestartPolicy ?? {};
  if (host.AutoRemove && policy !== "" && policy !== "no") {
    refuse("can't create 'AutoRemove' container with restart policy");
  }
  checkMounts(daemon, host);
  for (const line of host.ExtraHosts ?? []) validateExtraHost(line);
  for (const [port, bindings] of Object.entries(host.PortBindings ?? {})) {
    const [number = ""] = port.split("/");
    if (!/^\d*$/.test(number) || Number(number) > 65535) refuse(badPort(number));
    for (const { HostPort = "" } of bindings ?? []) {
      if (!parseHostPort(HostPort)) refuse(badPort(HostPort));
    }
  }
  const wrong = restartPolicyProblem(release, policy, retries);
  if (wrong !== undefined) refuse(wrong);
  for (const field of ["CapAdd", "CapDrop"] as const) {
    for (const name of host[field] ?? []) {
      const capability = capabilityNamed(name);
      if (!capability.isKnown) {
        refuse(`invalid ${field}: unknown capability: ${JSON.stringify(capability.name)}`);
      }
    }
  }
  const annotations = (host.Annotations ?? {}) as Readonly<Record<string, string>>;
  if (release.containers.annotationsNamed && "" in annotations) {
    refuse("invalid Annotations: the empty string is not permitted as an annotation key");
  }
}

function badPort(number: string): string {
  return `invalid port specification: "${number}"`;
}

function validateExtraHost(line: string): void {
  const [name, ...rest] = line.split(":");
  if (!name || rest.length === 0) refuse(`bad format for add-host: "${line}"`);
  const address = rest.join(":");
  if (address === "host-gateway" || parseIP(address)) return;
  refuse(`invalid IP address in add-host: "${address}"`);
}

/** Checks the settings against what the simulated host can do. */
function validateHost(release: Release, host: HostConfig, update: boolean): void {
  const { containers } = release;
  const limit = resourceProblem(release, host, { update });
  if (limit !== undefined) refuse(limit);
  if (bandwidths.some(([field]) => number(host[field]) !== 0)) {
    refuse("Invalid QoS settings: linux does not support Maximum IO Bandwidth or Maximum IO IOps");
  }
  if (containers.modesChecked) {
    // An IPC mode `container:` without a name is refused only at the start.
    checkMode("IPC", text(host.IpcMode), /^(|none|host|private|shareable|container:.*)$/s);
    checkMode("PID", text(host.PidMode), /^(|host|container:.+)$/s);
  }
  if (number(host.ShmSize) < 0) refuse("SHM size can not be less than 0");
  if (containers.modesChecked) checkMode("UTS", text(host.UTSMode), /^(|host)$/);
  const score = number(host.OomScoreAdj);
  if (score < -1000 || score > 1000) {
    refuse(`Invalid value ${score}, range for oom score adj is [-1000, 1000]`);
  }
  for (const destination of Object.keys(mountSettings(host).tmpfs)) {
    const problem = destinationProblem(destination);
    if (problem !== undefined) refuse(problem);
  }
  const runtime = runtimeProblem(release, text(host.Runtime));
  if (runtime !== undefined) refuse(runtime);
  const namespace = text(host.CgroupnsMode);
  if (!["", "host", "private"].includes(namespace)) refuse(`invalid cgroup namespace mode: ${namespace}`);
}

/** Refuses storage options: the simulated host's file system has no quotas. @throws 500 */
export function checkStorage({ StorageOpt }: HostConfig): void {
  const options = Object.keys(StorageOpt ?? {});
  if (options.length === 0) return;
  const unknown = options.find((option) => option.toLowerCase() !== "size");
  if (unknown !== undefined) throw engineError(500, `Unknown option ${unknown}`);
  throw engineError(500, "--storage-opt is supported only for overlay over xfs with 'pquota' mount option");
}

function checkMode(kind: string, mode: string, known: RegExp): void {
  if (!known.test(mode)) refuse(`invalid ${kind} mode: ${mode}`);
}

function some(list: readonly unknown[] | null | undefined): boolean {
  return (list?.length ?? 0) > 0;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function number(value: unknown): number {
  return typeof value === "number" ? value : 0;
}
