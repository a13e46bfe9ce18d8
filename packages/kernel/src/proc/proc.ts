import type { Machine } from "../machine.js";
import type { NetworkNamespace } from "../network/namespace.js";
import { type GeneratedDirectory, GeneratedFiles, GeneratedLink } from "./generated.js";
import { settingsDirectory } from "./sysctls.js";

/** A line of /proc/mounts. */
export interface MountLine {
  readonly source: string;
  readonly path: string;
  readonly type: string;
  readonly options: string;
}

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
  /** The command of the first process. */
  readonly command: () => readonly string[];
}

/** Makes the file system that is mounted on `/proc`. Of processes, it knows the first one. */
export function procFiles(sources: ProcSources, mtime: bigint): GeneratedFiles {
  const { machine } = sources;
  const version = `#1 SMP PREEMPT_DYNAMIC`;
  const first: GeneratedDirectory = {
    cmdline: () =>
      sources
        .command()
        .map((word) => `${word}\0`)
        .join(""),
    comm: () => `${(sources.command()[0] ?? "").replace(/.*\//, "").slice(0, 15)}\n`,
    mounts: () => mountTable(sources.mounts()),
    get net() {
      return sources.network().directory();
    },
  };
  const root: GeneratedDirectory = {
    "1": first,
    cpuinfo: () => processors(machine),
    filesystems: fileSystems,
    loadavg: "0.00 0.00 0.00 1/100 1\n",
    meminfo: () => memory(machine),
    mounts: new GeneratedLink("self/mounts"),
    net: new GeneratedLink("self/net"),
    self: new GeneratedLink("1"),
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
  const mode = (path: string) => (path.startsWith("/sys/") ? 0o644 : 0o444);
  return new GeneratedFiles(root, { size: 0, mode, mtime });
}

function mountTable(mounts: readonly MountLine[]): string {
  return mounts
    .map(({ source, path, type, options }) => `${escaped(source)} ${escaped(path)} ${type} ${options} 0 0\n`)
    .join("");
}

/** Space, tab, line feed and backslash are written in octal. */
function escaped(text: string): string {
  return text.replace(
    /[ \t\n\\]/g,
    (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, "0")}`,
  );
}

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
