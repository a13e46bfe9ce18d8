import type { ProcessInfo } from "@dryharbor/kernel";
import { Accounts } from "./accounts.js";
import { applet } from "./applet.js";

/** The columns that `-o` can select. */
const columns: Readonly<
  Record<
    string,
    { readonly title: string; readonly width: number; value(info: ProcessInfo, accounts: Accounts): string }
  >
> = {
  user: { title: "USER", width: 8, value: userName },
  group: { title: "GROUP", width: 8, value: groupName },
  comm: { title: "COMMAND", width: 16, value: ({ argv }) => baseName(argv[0] ?? "").slice(0, 15) },
  args: { title: "COMMAND", width: 256, value: ({ argv }) => argv.join(" ") },
  pid: { title: "PID", width: 5, value: ({ pid }) => String(pid) },
  ppid: { title: "PPID", width: 5, value: ({ parentPid }) => String(parentPid) },
  pgid: { title: "PGID", width: 5, value: ({ pid }) => String(pid) },
  nice: { title: "NI", width: 5, value: () => "0" },
  rgroup: { title: "RGROUP", width: 8, value: groupName },
  ruser: { title: "RUSER", width: 8, value: userName },
  tty: { title: "TT", width: 6, value: ({ tty }) => (tty ? "136,0" : "?") },
  vsz: { title: "VSZ", width: 4, value: () => "4404" },
  sid: { title: "SID", width: 5, value: ({ pid }) => String(pid) },
  stat: { title: "STAT", width: 4, value: () => "S" },
  rss: { title: "RSS", width: 4, value: () => "1160" },
};

/** The columns that are right-aligned. */
const numbers = new Set(["pid", "ppid", "pgid"]);

/** `ps [-o COL1,COL2=HEADER]`: lists the processes. */
export const ps = applet(
  {
    help: `ps [-o COL1,COL2=HEADER] [-T]

Show list of processes

	-o COL1,COL2=HEADER	Select columns for display
	-T			Show threads`,
    options: { flags: "Tw", values: "o" },
  },
  async (process, { name, given }) => {
    const wanted = (given.get("o") ?? ["pid,user,args"]).flatMap((text) => text.split(","));
    const shown: { readonly key: string; readonly title: string }[] = [];
    for (const text of wanted) {
      const [key = "", title] = text.split("=");
      const column = columns[key];
      if (!column) {
        process.stderr(
          `${name}: bad -o argument '${text}', supported arguments: ${Object.keys(columns).join(",")}\n`,
        );
        return 1;
      }
      shown.push({ key, title: title ?? column.title });
    }
    const row = (cell: (key: string, title: string) => string): string =>
      shown
        .map(({ key, title }, index) => {
          const text = cell(key, title);
          const { width } = columns[key] as { width: number };
          if (numbers.has(key) && text !== title) return text.padStart(width);
          return index === shown.length - 1 ? text : text.padEnd(width);
        })
        .join(" ");
    process.stdout(`${row((_, title) => title)}\n`);
    const accounts = new Accounts(process.files);
    for (const info of process.processes()) {
      process.stdout(`${row((key) => columns[key]?.value(info, accounts) ?? "")}\n`);
    }
    return 0;
  },
);

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The names of users and groups are cut to the width of their columns. */
function userName({ uid }: ProcessInfo, accounts: Accounts): string {
  return (accounts.userName(uid) ?? String(uid)).slice(0, 8);
}

function groupName({ gid }: ProcessInfo, accounts: Accounts): string {
  return (accounts.groupName(gid) ?? String(gid)).slice(0, 8);
}
