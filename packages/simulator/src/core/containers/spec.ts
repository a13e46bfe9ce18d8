// The checks of a container's settings at its start, at the three moments when an engine finds problems: when
// it writes the runtime's specification, when runc reads that, and when the process sets itself up.
// `start.ts` calls them.

import { engineError } from "@dryharbor/sdk/port";
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

/** The fewest CPU shares that the kernel gives to a control group. */
const fewestShares = 2;
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
  const shares = Number(hostConfig.CpuShares ?? 0);
  if (shares > 0 && shares < fewestShares) {
    return `error setting cgroup config for procHooks process: the minimum allowed cpu-shares is ${fewestShares}`;
  }
  const limit = ulimitFailure(hostConfig);
  if (limit !== undefined) return limit;
  if (isLongerThan(longestHostname, config.Hostname ?? "") && hostConfig.UTSMode !== "host") {
    return "sethostname: invalid argument";
  }
  return sysctlFailure(release, hostConfig);
}
