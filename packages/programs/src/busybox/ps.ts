import type { ProcessContext, ProcessInfo } from "@dryharbor/kernel";
import { Accounts } from "./accounts.js";
import { applet } from "./applet.js";
import { commandLine, processName, processSize } from "./process-name.js";
import { screenSize } from "./screen.js";

/** What a column shows of a process. */
interface Column {
  readonly title: string;
  readonly width: number;
  value(
    info: ProcessInfo,
    seen: { readonly accounts: Accounts; readonly width: number; readonly self: number },
  ): string;
}

/** The columns that `-o` can select. */
const columns: Readonly<Record<string, Column>> = {
  user: { title: "USER", width: 8, value: (info, { accounts }) => userName(info, accounts) },
  group: { title: "GROUP", width: 8, value: (info, { accounts }) => groupName(info, accounts) },
  comm: { title: "COMMAND", width: 16, value: processName },
  args: { title: "COMMAND", width: 256, value: (info, { width }) => commandLine(info, width) },
  pid: { title: "PID", width: 5, value: ({ pid }) => String(pid) },
  ppid: { title: "PPID", width: 5, value: ({ parentPid }) => String(parentPid) },
  pgid: { title: "PGID", width: 5, value: ({ group }) => String(group) },
  nice: { title: "NI", width: 5, value: () => "0" },
  rgroup: { title: "RGROUP", width: 8, value: (info, { accounts }) => groupName(info, accounts) },
  ruser: { title: "RUSER", width: 8, value: (info, { accounts }) => userName(info, accounts) },
  tty: { title: "TT", width: 6, value: ({ tty }) => (tty ? "136,0" : "?") },
  vsz: { title: "VSZ", width: 4, value: () => String(processSize.virtual) },
  sid: { title: "SID", width: 5, value: ({ session }) => String(session) },
  stat: { title: "STAT", width: 4, value: (info, { self }) => processState(info, self) },
  rss: { title: "RSS", width: 4, value: () => String(processSize.resident) },
};

/** The columns that are right-aligned. */
const numbers = new Set(["pid", "ppid", "pgid", "nice", "vsz", "sid", "rss"]);

/** Returns the letter of what a process does. Only the one that asks runs. @param self the PID of the latter */
export function processState({ pid, stopped }: ProcessInfo, self: number): string {
  if (pid === self) return "R";
  return stopped ? "T" : "S";
}

/** The widest line where nobody says how wide lines are. */
const widest = 2048;

/** `ps [-o COL1,COL2=HEADER]`: lists the processes. */
export const ps = applet(
  {
    help: `ps [-o COL1,COL2=HEADER] [-T]

Show list of processes

	-o COL1,COL2=HEADER	Select columns for display
	-T			Show threads`,
    options: { flags: "adeflATw", values: "o" },
  },
  async (process, { name, given }) => {
    const wanted = (given.get("o") ?? ["pid,user,args"]).flatMap((text) => text.split(","));
    const shown: { readonly key: string; readonly title: string; readonly width: number }[] = [];
    for (const text of wanted) {
      const [key = "", title] = text.split("=");
      const column = columns[key];
      if (!column) {
        process.stderr(
          `${name}: bad -o argument '${text}', supported arguments: ${Object.keys(columns).join(",")}\n`,
        );
        return 1;
      }
      shown.push({ key, title: title ?? column.title, width: title?.length ?? column.width });
    }
    const limit = lineWidth(process);
    const row = (cell: (key: string, title: string, width: number) => string): string =>
      shown
        .map(({ key, title, width }, index) => {
          const text = cell(key, title, width);
          if (numbers.has(key) && text !== title) return text.padStart(width);
          return index === shown.length - 1 ? text : text.padEnd(width);
        })
        .join(" ")
        .slice(0, limit);
    process.stdout(`${row((_, title) => title)}\n`);
    const accounts = new Accounts(process.files);
    for (const info of process.processes()) {
      const seen = { accounts, self: process.pid };
      process.stdout(`${row((key, _, width) => columns[key]?.value(info, { ...seen, width }) ?? "")}\n`);
    }
    return 0;
  },
);

function lineWidth(process: ProcessContext): number {
  return process.descriptors.get(1)?.terminal ? screenSize(process).columns - 1 : widest;
}

/** The names of users and groups are cut to the width of their columns. */
export function userName({ uid }: ProcessInfo, accounts: Accounts): string {
  return (accounts.userName(uid) ?? String(uid)).slice(0, 8);
}

function groupName({ gid }: ProcessInfo, accounts: Accounts): string {
  return (accounts.groupName(gid) ?? String(gid)).slice(0, 8);
}
