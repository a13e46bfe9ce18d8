import type { HostConfig } from "@dryharbor/sdk/port";
import type { Release } from "../releases/release.js";
import { host as machine } from "../system/host.js";

/** What the host cannot limit: taken, and forgotten with a warning. */
const discarded: readonly (readonly [field: keyof HostConfig, warning: string])[] = [
  ["CpuPercent", "linux does not support CPU percent. Percent discarded."],
  [
    "BlkioWeight",
    "Your kernel does not support Block I/O weight or the cgroup is not mounted. Weight discarded.",
  ],
];

/** Whether a limit is kept at all. */
export function isKept(field: string): boolean {
  return !discarded.some(([name]) => name === field);
}

/** What a create or an update says of limits that it took. The same on all three. */
export function resourceWarnings(host: HostConfig | null | undefined): string[] {
  const warnings = discarded.filter(([field]) => host?.[field]).map(([, warning]) => warning);
  if (host?.OomKillDisable === true && !host.Memory) {
    warnings.unshift(
      "OOM killer is disabled for the container, but no memory limit is set, this can result in the system running out of resources.",
    );
  }
  return warnings;
}

/** Why the processors or memory nodes asked for cannot be had. */
export function cpusetProblem({ containers }: Release, host: HostConfig): string | undefined {
  const memoryNodes = containers.memoryNodesCounted ? 1 : Number.POSITIVE_INFINITY;
  return (
    setProblem(host.CpusetCpus, machine.cpus, "cpuset cpus", "CPUs") ??
    setProblem(host.CpusetMems, memoryNodes, "cpuset mems", "memory nodes")
  );
}

function setProblem(value: unknown, count: number, field: string, what: string): string | undefined {
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
  return Math.max(...numbers) < count
    ? undefined
    : `Requested ${what} are not available - requested ${text}, available: ${available}`;
}
