import type { Machine } from "../machine.js";
import type { NetworkNamespace } from "../network/namespace.js";
import { type Member, userOf } from "../processes/member.js";
import {
  type GeneratedDirectory,
  GeneratedFiles,
  GeneratedLink,
  ListedDirectory,
  toReader,
} from "./generated.js";
import { type MountLine, mountInfo, mountTable } from "./mount-table.js";
import { type ProcessSurroundings, processDirectory } from "./processes.js";
import { settingsDirectory } from "./sysctls.js";

/** What /proc and /sys tell of a network namespace. */
export interface SeenNetwork {
  namespace(): NetworkNamespace;
  /** Makes the directory /proc/net. */
  directory(): GeneratedDirectory;
}

/** What /proc tells of. Each is asked for anew when a file is read. */
export interface ProcSources {
  readonly machine: Machine;
  readonly hostname: () => string;
  readonly network: () => SeenNetwork;
  readonly mounts: () => readonly MountLine[];
  /** Settings that differ from the kernel's own, by their name with dots. */
  readonly sysctls: () => Readonly<Record<string, string>>;
  /** How long the machine has been up, in nanoseconds. */
  readonly uptime: () => bigint;
  /** The time, in nanoseconds since 1970. */
  readonly now: () => bigint;
  /** The processes of the PID namespace. */
  readonly processes: () => readonly Member[];
  /** What holds for each of the processes. */
  readonly ofProcesses: Pick<
    ProcessSurroundings,
    "controlGroups" | "seccomp" | "noNewPrivileges" | "limits" | "pipeNumber" | "executable"
  >;
}

/** Makes the file system that is mounted on `/proc`. */
export function procFiles(sources: ProcSources, mtime: bigint): GeneratedFiles {
  const { machine } = sources;
  const version = `#1 SMP PREEMPT_DYNAMIC`;
  const around: ProcessSurroundings = {
    machine,
    ...sources.ofProcesses,
    mounts: () => mountTable(sources.mounts()),
    mountInfo: () => mountInfo(sources.mounts()),
    network: () => sources.network().directory(),
    bootedAt: () => sources.now() - sources.uptime(),
  };
  const ofMachine: GeneratedDirectory = {
    cpuinfo: () => processors(machine),
    filesystems: fileSystems,
    loadavg: () => `0.00 0.00 0.00 1/100 ${sources.processes().at(-1)?.pid ?? 1}\n`,
    meminfo: () => memory(machine),
    mounts: new GeneratedLink("self/mounts"),
    net: new GeneratedLink("self/net"),
    self: toReader,
    stat: () => times(machine, sources.uptime()),
    swaps: "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n",
    get sys() {
      const changed = sources.sysctls();
      return settingsDirectory(sources.network().namespace(), {
        "kernel.hostname": sources.hostname(),
        "kernel.osrelease": machine.kernelVersion,
        "kernel.version": version,
        ...changed,
      });
    },
    uptime: () => `${seconds(sources.uptime())} ${seconds(sources.uptime() * BigInt(machine.processors))}\n`,
    version: `Linux version ${machine.kernelVersion} ${version}\n`,
  };
  const processOf = (name: string): Member | undefined =>
    /^\d+$/.test(name) ? sources.processes().find(({ pid }) => String(pid) === name) : undefined;
  const root = new ListedDirectory(
    () => [...sources.processes().map(({ pid }) => String(pid)), ...Object.keys(ofMachine)],
    (name) => {
      if (Object.hasOwn(ofMachine, name)) return ofMachine[name];
      const process = processOf(name);
      return process && processDirectory(process, around);
    },
  );
  const mode = (path: string) => {
    if (path.startsWith("/sys/")) return 0o644;
    return ownersAlone.test(path) ? 0o400 : path.endsWith("/fd") ? 0o500 : 0o444;
  };
  const owner = (path: string) => {
    const process = processOf(path.split("/")[1] ?? "");
    return process ? userOf(process) : { uid: 0, gid: 0 };
  };
  return new GeneratedFiles(root, { size: 0, mode, owner, mtime });
}

/** The files of a process that nobody else may read. */
const ownersAlone = /\/environ$/;

function processors({ processors }: Machine): string {
  const one = (number: number) =>
    [
      ["processor\t", number],
      ["vendor_id\t", "GenuineIntel"],
      ["cpu family\t", 6],
      ["model\t\t", 167],
      ["model name\t", "Intel(R) Xeon(R) Processor"],
      ["cpu MHz\t\t", "2600.000"],
      ["physical id\t", 0],
      ["siblings\t", processors],
      ["core id\t\t", number],
      ["cpu cores\t", processors],
    ]
      .map(([name, value]) => `${name}: ${value}\n`)
      .join("");
  return Array.from({ length: processors }, (_, number) => `${one(number)}\n`).join("");
}

/** How long the processors have worked. They have been idle all the time. */
function times({ processors }: Machine, uptime: bigint): string {
  const idle = (count: number) => `0 0 0 ${(uptime / 10_000_000n) * BigInt(count)} 0 0 0 0 0 0\n`;
  const each = Array.from({ length: processors }, (_, number) => `cpu${number} ${idle(1)}`).join("");
  return `cpu  ${idle(processors)}${each}`;
}

function memory({ memory }: Machine): string {
  const all = Math.floor(memory / 1024);
  // Nothing that runs here takes any.
  const lines: [string, number][] = [
    ["MemTotal", all],
    ["MemFree", all],
    ["MemAvailable", all],
    ["Buffers", 0],
    ["Cached", 0],
    ["SwapCached", 0],
    ["SwapTotal", 0],
    ["SwapFree", 0],
    ["Shmem", 0],
    ["SReclaimable", 0],
  ];
  return lines.map(([name, size]) => `${`${name}:`.padEnd(16)}${String(size).padStart(8)} kB\n`).join("");
}

const fileSystems = ["sysfs", "tmpfs", "proc", "cgroup", "cgroup2", "devtmpfs", "devpts"]
  .map((name) => `nodev\t${name}\n`)
  .concat("\text4\n", "nodev\toverlay\n", "nodev\tmqueue\n")
  .join("");

/** With two digits behind the point. */
function seconds(nanoseconds: bigint): string {
  return (Number(nanoseconds / 10_000_000n) / 100).toFixed(2);
}
