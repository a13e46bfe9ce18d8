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

/** What the engine finds when it writes down for the runtime what a container is to be. @throws 400, 409 or 500 */
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
    userProblem(config.User ?? "") ??
    groupsProblem(release, hostConfig);
  if (last !== undefined) throw engineError(500, last);
}

/** What the runtime finds before it makes a process: its log's driver, itself, and what it knows of the kernel. @throws 500 */
export function checkRuntime({ release }: Daemon, { hostConfig }: Container): void {
  const { containers } = release;
  const log = logDriverFailure(release, hostConfig);
  if (log !== undefined) throw engineError(500, containers.logDriverFailure(log));
  const missing = missingRuntime(release, hostConfig);
  if (missing !== undefined) throw engineError(500, missing);
  const refused = ulimitRefusal(hostConfig) ?? sysctlRefusal(hostConfig);
  if (refused !== undefined) throw engineError(500, containers.runtimeFailure(refused));
}

/** The least that the kernel gives to a control group. */
const fewestShares = 2;
/** Linux's longest host name, in bytes. */
const longestHostname = 64;

/** Whether a text takes more than so many bytes. A character takes three at the most. */
function isLongerThan(bytes: number, text: string): boolean {
  return text.length * 3 > bytes && new TextEncoder().encode(text).length > bytes;
}

/** Why the process cannot become the container's, as far as its limits, its name and its kernel's settings go. */
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
