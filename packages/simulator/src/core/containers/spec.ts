// The checks of a container's settings at its start, at the three moments when an engine finds problems: when
// it writes the runtime's specification, when runc reads that, and when the process sets itself up.
// `start.ts` calls them.

import { engineError, type HostConfig } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import { mountSettings } from "../mounts/spec.js";
import { tmpfsProblem } from "../mounts/tmpfs-options.js";
import type { Container } from "./container.js";
import { deviceProblem, throttleProblem } from "./devices.js";
import { logDriverFailure } from "./log-driver.js";
import { checkNamespaces } from "./namespaces.js";
import { missingRuntime } from "./runtime.js";
import { sysctlFailure, sysctlRefusal } from "./sysctls.js";
import { ulimitFailure, ulimitRefusal } from "./ulimits.js";
import { groupsProblem, userProblem } from "./user.js";

/** Checks what the engine checks when it writes the specification for the runtime. @throws 400, 409 or 500 */
export function checkSpec(daemon: Daemon, container: Container): void {
  const { release } = daemon;
  const { config, hostConfig } = container;
  const shares = Number(hostConfig.CpuShares ?? 0);
  const problem =
    throttleProblem(hostConfig) ??
    (shares < 0 ? release.containers.negativeCpuShares.message(shares) : undefined) ??
    deviceProblem(release, hostConfig);
  if (problem !== undefined) throw engineError(500, problem);
  checkNamespaces(daemon, container);
  const last =
    tmpfsProblem(release, mountSettings(hostConfig).tmpfs) ??
    userProblem(daemon, container, config.User ?? "") ??
    groupsProblem(daemon, container);
  if (last !== undefined) throw engineError(500, last);
}

/**
 * Checks what the runtime checks before it makes a process: the log driver, itself, and limits and sysctls by
 * name.
 *
 * @throws 500
 */
export function checkRuntime({ release }: Daemon, { hostConfig }: Container): void {
  const { containers } = release;
  const log = logDriverFailure(release, hostConfig);
  if (log !== undefined) throw engineError(500, containers.logDriverFailure(log));
  const missing = missingRuntime(release, hostConfig);
  if (missing !== undefined) throw engineError(500, missing);
  const refused = ulimitRefusal(hostConfig) ?? sysctlRefusal(hostConfig);
  if (refused !== undefined) throw engineError(500, containers.runtimeFailure(refused));
}

/** The fewest and the most CPU shares that the kernel gives to a control group. */
const fewestShares = 2;
const mostShares = 262_144;

/** Returns why a control group cannot have these CPU shares; 0 leaves them as they are. A negative number is a huge one. */
function sharesProblem(shares: number): string | undefined {
  if (shares < 0 || shares > mostShares) return `the maximum allowed cpu-shares is ${mostShares}`;
  return shares > 0 && shares < fewestShares
    ? `the minimum allowed cpu-shares is ${fewestShares}`
    : undefined;
}

/** Returns why runc cannot change the limits of a running container to these; `undefined` when it can. */
export function limitProblem({ id }: Container, host: HostConfig): string | undefined {
  const shares = sharesProblem(Number(host.CpuShares ?? 0));
  if (shares !== undefined) return shares;
  const memory = Number(host.Memory ?? 0);
  const swap = Number(host.MemorySwap ?? 0);
  if (swap <= 0 || (memory > 0 && swap >= memory)) return undefined;
  const file = `/sys/fs/cgroup/memory/docker/${id}/memory.memsw.limit_in_bytes`;
  return `failed to write ${JSON.stringify(String(swap))}: write ${file}: invalid argument`;
}
/** The longest host name on Linux, in bytes. */
const longestHostname = 64;

/** Returns whether a text takes more than this many bytes. A UTF-16 unit takes three at most. */
function isLongerThan(bytes: number, text: string): boolean {
  return text.length * 3 > bytes && new TextEncoder().encode(text).length > bytes;
}

/**
 * Returns why the process cannot apply the container's limits, host name or sysctls; `undefined` when it can.
 */
export function processProblem({ release }: Daemon, { config, hostConfig }: Container): string | undefined {
  const shares = sharesProblem(Number(hostConfig.CpuShares ?? 0));
  if (shares !== undefined) return `error setting cgroup config for procHooks process: ${shares}`;
  const limit = ulimitFailure(hostConfig);
  if (limit !== undefined) return limit;
  if (isLongerThan(longestHostname, config.Hostname ?? "") && hostConfig.UTSMode !== "host") {
    return "sethostname: invalid argument";
  }
  return sysctlFailure(release, hostConfig);
}
