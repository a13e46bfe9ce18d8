import type { HostConfig } from "@dryharbor/sdk/port";
import type { Release } from "../releases/release.js";
import { host as machine } from "../system/host.js";

/** The limits that the host cannot set. The engine accepts and drops them, with a warning. */
const discarded: readonly (readonly [field: keyof HostConfig, warning: string])[] = [
  ["CpuPercent", "linux does not support CPU percent. Percent discarded."],
  [
    "BlkioWeight",
    "Your kernel does not support Block I/O weight or the cgroup is not mounted. Weight discarded.",
  ],
  [
    "BlkioWeightDevice",
    "Your kernel does not support Block I/O weight_device or the cgroup is not mounted. Weight-device discarded.",
  ],
];

/** Returns a limit as it is kept; `undefined` when it is dropped. */
export function keptLimit(field: string, value: unknown): unknown {
  if (!discarded.some(([name]) => name === field)) return value;
  return Array.isArray(value) ? [] : undefined;
}

/** Lists the warnings of a create or an update about limits that it accepts. */
export function resourceWarnings({ containers }: Release, host: HostConfig | null | undefined): string[] {
  const isGiven = (value: unknown) => (Array.isArray(value) ? value.length > 0 : Boolean(value));
  const warnings = discarded.filter(([field]) => isGiven(host?.[field])).map(([, warning]) => warning);
  if (host?.OomKillDisable === true && !host.Memory) {
    warnings.unshift(
      "OOM killer is disabled for the container, but no memory limit is set, this can result in the system running out of resources.",
    );
  }
  if (containers.limitsKernelMemory && number(host?.KernelMemory) > 0) {
    warnings.unshift(
      "Specifying a kernel memory limit is deprecated and will be removed in a future release.",
    );
  }
  return warnings;
}

const smallestMemory = 6 * 1024 * 1024;

/**
 * Returns why limits are invalid, on their own or together, in the engine's order: memory, CPUs, CPU sets.
 * Returns `undefined` for valid limits.
 *
 * @param update whether they change the limits of an existing container. Swap is then allowed without a
 *   memory limit, because the container may have one
 */
export function resourceProblem(
  release: Release,
  host: HostConfig,
  { update = false } = {},
): string | undefined {
  return memoryProblem(release, host, update) ?? cpuProblem(release, host) ?? cpusetProblem(release, host);
}

function memoryProblem({ containers }: Release, host: HostConfig, update: boolean): string | undefined {
  const memory = number(host.Memory);
  const swap = number(host.MemorySwap);
  const reservation = number(host.MemoryReservation);
  const kernel = containers.limitsKernelMemory ? number(host.KernelMemory) : 0;
  if (memory !== 0 && memory < smallestMemory) return "Minimum memory limit allowed is 6MB";
  if (memory > 0 && swap > 0 && swap < memory) {
    return "Minimum memoryswap limit should be larger than memory limit, see usage";
  }
  if (memory === 0 && swap > 0 && !update) {
    return "You should always set the Memory limit when using Memoryswap limit, see usage";
  }
  // The docker command sends -1 when no value was given.
  const swappiness = number(host.MemorySwappiness);
  if (swappiness < -1 || swappiness > 100) {
    return `Invalid value: ${swappiness}, valid memory swappiness range is 0-100`;
  }
  if (reservation > 0 && reservation < smallestMemory) return "Minimum memory reservation allowed is 6MB";
  if (memory > 0 && reservation > memory) {
    return "Minimum memory limit can not be less than memory reservation limit, see usage";
  }
  if (kernel > 0 && kernel < smallestMemory) return "Minimum kernel memory limit allowed is 6MB";
  return undefined;
}

function cpuProblem({ containers }: Release, host: HostConfig): string | undefined {
  const nano = number(host.NanoCpus);
  const period = number(host.CpuPeriod);
  const quota = number(host.CpuQuota);
  if (nano > 0 && period > 0) return "Conflicting options: Nano CPUs and CPU Period cannot both be set";
  if (nano > 0 && quota > 0) return "Conflicting options: Nano CPUs and CPU Quota cannot both be set";
  if (nano < 0 || nano > machine.cpus * 1e9) return containers.cpuRange(machine.cpus);
  if (period !== 0 && (period < 1000 || period > 1_000_000)) {
    return "CPU cfs period can not be less than 1ms (i.e. 1000) or larger than 1s (i.e. 1000000)";
  }
  if (quota > 0 && quota < 1000) return "CPU cfs quota can not be less than 1ms (i.e. 1000)";
  return undefined;
}

/** Returns why the requested CPUs or memory nodes are not available. */
function cpusetProblem({ containers }: Release, host: HostConfig): string | undefined {
  const nodes = containers.takesProcessorsForMemoryNodes ? machine.cpus : 1;
  return (
    setProblem(host.CpusetCpus, machine.cpus, "cpuset cpus", "CPUs") ??
    setProblem(host.CpusetMems, 1, "cpuset mems", "memory nodes", nodes)
  );
}

/** @param taken the number of those that the engine takes for available, if it differs from `count` */
function setProblem(
  value: unknown,
  count: number,
  field: string,
  what: string,
  taken = count,
): string | undefined {
  const text = typeof value === "string" ? value : "";
  if (text === "") return undefined;
  const numbers: number[] = [];
  for (const range of text.split(",")) {
    const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(range) ?? [];
    if (first === undefined || Number(last) < Number(first))
      return `Invalid value ${text} for ${field}: invalid format: ${text}`;
    numbers.push(Number(last));
  }
  const available = count === 1 ? "0" : `0-${count - 1}`;
  return Math.max(...numbers) < taken
    ? undefined
    : `Requested ${what} are not available - requested ${text}, available: ${available}`;
}

function number(value: unknown): number {
  return typeof value === "number" ? value : 0;
}
