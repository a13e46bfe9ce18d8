// The directories of processes in /proc, one for each PID.

import { type Capabilities, effectiveCapabilities } from "../capabilities.js";
import type { Machine } from "../machine.js";
import { type Member, userOf } from "../processes/member.js";
import { type GeneratedDirectory, GeneratedLink } from "./generated.js";
import { type Limits, limitsText } from "./limits.js";

/** What the directories of processes tell beside what each process knows of itself. */
export interface ProcessSurroundings {
  readonly machine: Machine;
  /** The text of `mounts` and of `mountinfo`. */
  readonly mounts: () => string;
  readonly mountInfo: () => string;
  /** The directory `net`. */
  readonly network: () => GeneratedDirectory;
  /** The control groups of all processes: the text of `cgroup`. */
  readonly controlGroups: () => string;
  /** The value of `Seccomp` in `status`: 2 where system calls are filtered, and 0 where they are not. */
  readonly seccomp: () => number;
  /** Whether a process can gain no more privileges. */
  readonly noNewPrivileges: () => boolean;
  readonly limits: () => Limits;
  /** Returns the number of a pipe, by which processes that share it know that. */
  readonly pipeNumber: (pipe: object) => number;
  /** Returns the absolute path of the file that a command names. */
  readonly executable: (command: string, environment: Readonly<Record<string, string>>) => string | undefined;
  /** When the machine was started, in nanoseconds since 1970. */
  readonly bootedAt: () => bigint;
}

/** Makes the directory of a process. */
export function processDirectory(member: Member, around: ProcessSurroundings): GeneratedDirectory {
  const words = (list: readonly string[]) => list.map((word) => `${word}\0`).join("");
  // A process that runs for the first time is not known to its member yet.
  const environment = () => member.process?.env() ?? member.env();
  return {
    cgroup: around.controlGroups,
    cmdline: () => words(member.argv()),
    comm: () => `${commandName(member)}\n`,
    get cwd() {
      return new GeneratedLink(member.process?.cwd() ?? member.cwd());
    },
    environ: () => words(Object.entries(environment()).map(([name, value]) => `${name}=${value}`)),
    get exe() {
      return new GeneratedLink(around.executable(member.argv()[0] ?? "", environment()) ?? "");
    },
    get fd() {
      return descriptors(member, around);
    },
    gid_map: wholeRange,
    limits: () => limitsText(around.limits()),
    loginuid: "4294967295",
    mountinfo: around.mountInfo,
    mounts: around.mounts,
    get net() {
      return around.network();
    },
    oom_adj: "0\n",
    oom_score: "0\n",
    oom_score_adj: "0\n",
    root: new GeneratedLink("/"),
    get task() {
      return { [member.pid]: processDirectory(member, around) };
    },
    sessionid: "4294967295",
    setgroups: "allow\n",
    stat: () => statLine(member, around),
    statm: "600 382 369 404 0 92 0\n",
    status: () => status(member, around),
    uid_map: wholeRange,
  };
}

const wholeRange = `${" ".repeat(9)}0${" ".repeat(10)}0 4294967295\n`;

/** The last part of the command's path, of which the kernel keeps 15 bytes. */
function commandName(member: Member): string {
  return (member.argv()[0] ?? "").replace(/.*\//, "").replace(/^-/, "").slice(0, 15);
}

function stateOf({ process }: Member): readonly [letter: string, word: string] {
  if (process?.stopped) return ["T", "stopped"];
  return process?.isBusy ? ["R", "running"] : ["S", "sleeping"];
}

function descriptors(member: Member, { pipeNumber }: ProcessSurroundings): GeneratedDirectory {
  const files = [...(member.process?.descriptors() ?? [])];
  const terminal = member.tty ? "/dev/pts/0" : undefined;
  return Object.fromEntries(
    files.map(([number, file]) => {
      const target = (file.terminal && terminal) ?? file.shownAs ?? `pipe:[${pipeNumber(file)}]`;
      return [String(number), new GeneratedLink(target)];
    }),
  );
}

const ticksPerSecond = 100n;

/** The fields are those of proc_pid_stat(5). What nothing here uses, such as memory and time, is as of a small program. */
function statLine(member: Member, { bootedAt }: ProcessSurroundings): string {
  const { pid, parentPid, group, session, tty, startedAt } = member;
  const started = ((startedAt - bootedAt()) * ticksPerSecond) / 1_000_000_000n;
  const terminal = tty ? 34_816 : 0;
  const fields = [
    ...[pid, `(${commandName(member)})`, stateOf(member)[0], parentPid, group, session, terminal],
    ...[tty ? group : -1, 4_194_560, 100, 0, 0, 0, 0, 0, 0, 0, 20, 0, 1, 0],
    ...[started < 0n ? 0n : started, 2_457_600, 382, "18446744073709551615", ...Array(12).fill(0)],
    ...[17, 0, 0, 0, 0, 0, 0, ...Array(7).fill(0), 0],
  ];
  return `${fields.join(" ")}\n`;
}

function status(member: Member, around: ProcessSurroundings): string {
  const { pid, parentPid, group, session, process } = member;
  const user = userOf(member);
  const four = (number: number) => Array(4).fill(number).join("\t");
  const { processors } = around.machine;
  const [letter, word] = stateOf(member);
  const bounding = user.capabilities;
  const effective = effectiveCapabilities(user);
  const signals = process?.signalSets() ?? { ignored: 0, caught: 0 };
  const lines: readonly (readonly [string, string | number])[] = [
    ["Name", commandName(member)],
    ["Umask", "0022"],
    ["State", `${letter} (${word})`],
    ["Tgid", pid],
    ["Ngid", 0],
    ["Pid", pid],
    ["PPid", parentPid],
    ["TracerPid", 0],
    ["Uid", four(user.uid)],
    ["Gid", four(user.gid)],
    ["FDSize", 64],
    ["Groups", user.groups.map((id) => `${id} `).join("")],
    ["NStgid", pid],
    ["NSpid", pid],
    ["NSpgid", group],
    ["NSsid", session],
    ["Kthread", 0],
    ...memory.map(([name, size]) => [name, `${String(size).padStart(8)} kB`] as const),
    ["CoreDumping", 0],
    ["THP_enabled", 1],
    ["Threads", 1],
    ["SigQ", `0/${Math.floor(around.machine.memory / 2 ** 18)}`],
    ["SigPnd", mask(0)],
    ["ShdPnd", mask(0)],
    ["SigBlk", mask(0)],
    ["SigIgn", mask(signals.ignored)],
    ["SigCgt", mask(signals.caught)],
    ["CapInh", mask(0)],
    ["CapPrm", mask(effective)],
    ["CapEff", mask(effective)],
    ["CapBnd", mask(bounding ?? effective)],
    ["CapAmb", mask(0)],
    ["NoNewPrivs", around.noNewPrivileges() ? 1 : 0],
    ["Seccomp", around.seccomp()],
    ["Seccomp_filters", around.seccomp() === 0 ? 0 : 1],
    ["Speculation_Store_Bypass", "vulnerable"],
    ["SpeculationIndirectBranch", "always enabled"],
    ["Cpus_allowed", (2 ** processors - 1).toString(16)],
    ["Cpus_allowed_list", processors > 1 ? `0-${processors - 1}` : "0"],
    ["Mems_allowed", "1"],
    ["Mems_allowed_list", "0"],
    ["voluntary_ctxt_switches", 0],
    ["nonvoluntary_ctxt_switches", 1],
  ];
  return lines.map(([name, value]) => `${name}:\t${value}\n`).join("");
}

/** What a small program takes of memory, in kibibytes: nothing is loaded here that would take any. */
const memory: readonly (readonly [string, number])[] = [
  ["VmPeak", 2400],
  ["VmSize", 2400],
  ["VmLck", 0],
  ["VmPin", 0],
  ["VmHWM", 1528],
  ["VmRSS", 1528],
  ["RssAnon", 52],
  ["RssFile", 1476],
  ["RssShmem", 0],
  ["VmData", 236],
  ["VmStk", 132],
  ["VmExe", 1616],
  ["VmLib", 8],
  ["VmPTE", 36],
  ["VmSwap", 0],
  ["HugetlbPages", 0],
];

function mask(set: Capabilities): string {
  return set.toString(16).padStart(16, "0");
}
