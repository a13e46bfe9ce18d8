import type { ContainerStats, CpuStats } from "@dryharbor/sdk/port";
import { formatTime } from "../clock.js";
import type { Daemon } from "../daemon.js";
import { idleTraffic, interfaceName } from "../endpoints/namespace.js";
import { attachmentsOf } from "../endpoints/order.js";
import { sortedByKey } from "../go-order.js";
import { host } from "../system/host.js";
import { type Container, isRunning } from "./container.js";
import { joinedContainer } from "./network-mode.js";

/** The times of a sample of {@link showStats} and of the sample before it. */
export interface StatsTimes {
  /** In nanoseconds since 1970. */
  readonly now: bigint;
  /** In nanoseconds since 1970; 0 when there is no sample before. */
  readonly before: bigint;
}

/**
 * Makes a sample of `GET /containers/{id}/stats` as an engine with cgroup v1 does. The simulator's processes
 * use almost nothing, and all of them use the same.
 *
 * @param named whether the sample has the container's name and id. 28.5 leaves them out of a sample taken at
 *   once
 */
export function showStats(
  daemon: Daemon,
  container: Container,
  times: StatsTimes,
  named = true,
): ContainerStats {
  const { statsOrder, statsAlwaysNamed } = daemon.release.containers;
  const runs = isRunning(container) && !lostNetwork(daemon, container);
  const isNamed = named || !runs || statsAlwaysNamed;
  const name = isNamed ? { name: `/${container.name}`, id: container.id } : {};
  const read = formatTime(runs ? times.now : 0n);
  const preread = formatTime(runs ? times.before : 0n);
  const counts = {
    pids_stats: runs ? processes(daemon, container) : {},
    blkio_stats: Object.fromEntries(blockCounters.map((counter) => [counter, runs ? [] : null])),
    num_procs: 0,
    storage_stats: {},
  };
  const cpu_stats = cpu(container, runs ? times.now : 0n);
  const precpu_stats = cpu(container, runs ? times.before : 0n);
  const memory_stats = runs ? memory(container) : {};
  const networks = runs ? interfaces(daemon, container) : {};
  switch (statsOrder) {
    case "sample first":
      return {
        id: container.id,
        name: `/${container.name}`,
        os_type: "linux",
        read,
        cpu_stats,
        memory_stats,
        ...networks,
        ...counts,
        preread,
        precpu_stats,
      };
    case "name first":
      return { ...name, read, preread, ...counts, cpu_stats, precpu_stats, memory_stats, ...networks };
    case "name behind memory":
      return { read, preread, ...counts, cpu_stats, precpu_stats, memory_stats, ...name, ...networks };
  }
}

/** The owner of a network that a running container shares, and why that has no network any more. */
export interface LostNetwork {
  readonly owner: string;
  readonly because: "stopped" | "removed";
}

/**
 * Returns whose network a container shares, where that one has stopped or is gone. The engine then finds no sandbox whose
 * traffic it could count, and gives a sample as of a container that does not run.
 */
export function lostNetwork({ containers }: Daemon, container: Container): LostNetwork | undefined {
  const owner = joinedContainer(container.hostConfig.NetworkMode);
  if (owner === undefined || !isRunning(container)) return undefined;
  const other = containers.byId.get(owner);
  if (!other) return { owner, because: "removed" };
  return isRunning(other) ? undefined : { owner, because: "stopped" };
}

const blockCounters = [
  "io_service_bytes_recursive",
  "io_serviced_recursive",
  "io_queue_recursive",
  "io_service_time_recursive",
  "io_wait_time_recursive",
  "io_merged_recursive",
  "io_time_recursive",
  "sectors_recursive",
];

function processes(daemon: Daemon, container: Container): { current: number; limit?: number } {
  const { Init, PidsLimit } = container.hostConfig;
  const limit = Number(PidsLimit ?? 0);
  return {
    current: 1 + (Init === true ? 1 : 0) + runningExecs(daemon, container),
    ...(limit > 0 && { limit }),
  };
}

function runningExecs({ execs }: Daemon, { execIds }: Container): number {
  return [...(execIds ?? [])].filter((id) => execs.get(id)?.state === "running").length;
}

const second = 1_000_000_000n;
/** The step in which the kernel counts the time of all CPUs, in nanoseconds. */
const tick = 10_000_000n;
/** The CPU time that a process takes to start, and that it uses in each second of sleep. In nanoseconds. */
const startUsage = 20_000_000;
const idleUsage = 1_000;

/** @param at the time of the sample in nanoseconds since 1970; 0 for no sample */
function cpu({ state }: Container, at: bigint): CpuStats {
  const throttling_data = { periods: 0, throttled_periods: 0, throttled_time: 0 };
  if (at === 0n) {
    return {
      cpu_usage: { total_usage: 0, usage_in_kernelmode: 0, usage_in_usermode: 0 },
      throttling_data,
    };
  }
  const ran = Number((at - state.startedAt) / second);
  const total = startUsage + Math.max(0, ran) * idleUsage;
  const half = Math.floor(total / 2);
  return {
    cpu_usage: {
      total_usage: total,
      percpu_usage: [half, total - half, ...Array.from({ length: host.cpus - 2 }, () => 0)],
      usage_in_kernelmode: 10_000_000,
      usage_in_usermode: 10_000_000,
    },
    // The machine was started an hour before the container.
    system_cpu_usage: Number(((at - state.startedAt + 3600n * second) / tick) * tick) * host.cpus,
    online_cpus: host.cpus,
    throttling_data,
  };
}

/** The memory of a BusyBox process. */
const residentBytes = 49_152;
const pageFaults = 1_201;
const pagesIn = 874;
/** No limit: the JavaScript number that is nearest to the kernel's value. */
const unlimited = 2 ** 63 - 4_096;

function memory({ hostConfig }: Container): ContainerStats["memory_stats"] {
  const { Memory: limit = 0 } = hostConfig;
  const swap = Number(hostConfig.MemorySwap ?? 0);
  const counters = {
    active_anon: 4_096,
    active_file: 0,
    cache: 0,
    dirty: 0,
    inactive_anon: residentBytes - 4_096,
    inactive_file: 0,
    mapped_file: 0,
    pgfault: pageFaults,
    pgmajfault: 0,
    pgpgin: pagesIn,
    pgpgout: pagesIn - residentBytes / 4_096,
    rss: residentBytes,
    rss_huge: 0,
  };
  const last = { unevictable: 0, writeback: 0 };
  const stats = {
    ...counters,
    ...last,
    ...Object.fromEntries(
      Object.entries({ ...counters, ...last }).map(([counter, value]) => [`total_${counter}`, value]),
    ),
    hierarchical_memory_limit: limit || unlimited,
    hierarchical_memsw_limit: limit ? swap || limit * 2 : unlimited,
  };
  return {
    usage: 327_680,
    max_usage: 4_198_400,
    stats: sortedByKey(stats),
    limit: limit || host.memory,
  };
}

/**
 * Counts what goes through the interfaces of a container, or of the one whose network it shares. Without any, nothing
 * is told, nor in host mode. Seen on all three.
 */
function interfaces(daemon: Daemon, container: Container): Pick<ContainerStats, "networks"> {
  const joined = joinedContainer(container.hostConfig.NetworkMode);
  if (joined !== undefined) {
    const owner = daemon.containers.byId.get(joined);
    return owner ? interfaces(daemon, owner) : {};
  }
  if (!isRunning(container) || container.hostConfig.NetworkMode === "host") return {};
  const gateway = container.sandbox?.gateway;
  const attachments = [...attachmentsOf(container), ...(gateway ? [gateway] : [])]
    .filter(({ interfaceNumber }) => interfaceNumber !== null)
    .sort((a, b) => Number(a.interfaceNumber) - Number(b.interfaceNumber));
  if (attachments.length === 0) return {};
  const counters = {
    rx_bytes: idleTraffic.received.bytes,
    rx_packets: idleTraffic.received.packets,
    rx_errors: 0,
    rx_dropped: 0,
    tx_bytes: idleTraffic.sent.bytes,
    tx_packets: idleTraffic.sent.packets,
    tx_errors: 0,
    tx_dropped: 0,
  };
  return { networks: Object.fromEntries(attachments.map((each) => [interfaceName(each), counters])) };
}
