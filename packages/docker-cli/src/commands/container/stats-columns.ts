// What `docker stats` shows of a container.
import type { ContainerStats } from "@dryharbor/sdk/port";
import type { Columns } from "../../format/table.js";
import { shortId } from "../../format/texts.js";
import { bytesSize, humanSize } from "../../format/units.js";

/** A container, and the last that is known of what it uses. */
export interface StatsRow {
  /** The container as the user named it. */
  readonly container: string;
  readonly short: boolean;
  readonly stats: ContainerStats | undefined;
}

const unknown = "--";

export const statsColumns: Columns<StatsRow> = {
  name: "*container.statsContext",
  columns: {
    Container: ["CONTAINER", ({ container }) => container],
    ID: ["CONTAINER ID", ({ stats, short }) => (short ? shortId(stats?.id ?? "") : (stats?.id ?? ""))],
    Name: ["NAME", ({ stats }) => stats?.name?.slice(1) || unknown],
    CPUPerc: ["CPU %", ({ stats }) => (stats ? percent(cpuShare(stats)) : unknown)],
    MemUsage: [
      "MEM USAGE / LIMIT",
      ({ stats }) =>
        stats ? `${bytesSize(used(stats))} / ${bytesSize(stats.memory_stats.limit ?? 0)}` : "-- / --",
    ],
    MemPerc: ["MEM %", ({ stats }) => (stats ? percent(memoryShare(stats)) : unknown)],
    NetIO: ["NET I/O", ({ stats }) => (stats ? pair(received(stats), sent(stats)) : unknown)],
    BlockIO: ["BLOCK I/O", ({ stats }) => (stats ? pair(blocks(stats, "r"), blocks(stats, "w")) : unknown)],
    PIDs: ["PIDS", ({ stats }) => (stats ? String(stats.pids_stats.current ?? 0) : unknown)],
  },
};

function percent(share: number): string {
  return `${share.toFixed(2)}%`;
}

function pair(one: number, other: number): string {
  return `${humanSize(one, 3)} / ${humanSize(other, 3)}`;
}

function cpuShare({ cpu_stats: now, precpu_stats: before }: ContainerStats): number {
  const own = now.cpu_usage.total_usage - before.cpu_usage.total_usage;
  const all = (now.system_cpu_usage ?? 0) - (before.system_cpu_usage ?? 0);
  const cpus = now.online_cpus || now.cpu_usage.percpu_usage?.length || 0;
  return own > 0 && all > 0 ? (own / all) * cpus * 100 : 0;
}

/** Memory in use, without what is kept of files only in case that somebody reads them again. */
function used({ memory_stats: { usage = 0, stats = {} } }: ContainerStats): number {
  const inactive = stats.total_inactive_file ?? stats.inactive_file ?? 0;
  return inactive < usage ? usage - inactive : usage;
}

function memoryShare(stats: ContainerStats): number {
  const { limit = 0 } = stats.memory_stats;
  return limit === 0 ? 0 : (used(stats) / limit) * 100;
}

function received({ networks = {} }: ContainerStats): number {
  return Object.values(networks).reduce((sum, { rx_bytes }) => sum + rx_bytes, 0);
}

function sent({ networks = {} }: ContainerStats): number {
  return Object.values(networks).reduce((sum, { tx_bytes }) => sum + tx_bytes, 0);
}

/** Bytes that were read (`r`) or written (`w`). */
function blocks({ blkio_stats }: ContainerStats, letter: "r" | "w"): number {
  const entries = blkio_stats.io_service_bytes_recursive ?? [];
  return entries.reduce((sum, { op, value }) => (op[0]?.toLowerCase() === letter ? sum + value : sum), 0);
}
