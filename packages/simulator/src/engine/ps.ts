/** A process as `ps` sees it. */
export interface Listed {
  readonly user: string;
  readonly pid: number;
  readonly parent: number;
  /** Nanoseconds. */
  readonly started: bigint;
  readonly tty: boolean;
  readonly argv: readonly string[];
}

/** A column of `ps`. */
interface Column {
  readonly title: string;
  readonly value: (process: Listed) => string;
}

const tty = (process: Listed): string => (process.tty ? "pts/0" : "?");
const clock = ({ started }: Listed): string =>
  new Date(Number(started / 1_000_000n)).toISOString().slice(11, 16);
const command = ({ argv }: Listed): string => argv.join(" ");
const program = ({ argv: [path = ""] }: Listed): string => path.slice(path.lastIndexOf("/") + 1).slice(0, 15);

/** By their names for `-o`. */
const columns = {
  pid: { title: "PID", value: ({ pid }) => String(pid) },
  ppid: { title: "PPID", value: ({ parent }) => String(parent) },
  user: { title: "USER", value: ({ user }) => user },
  uid: { title: "UID", value: ({ user }) => (user === "root" ? "0" : user) },
  comm: { title: "COMMAND", value: program },
  ucmd: { title: "CMD", value: program },
  args: { title: "COMMAND", value: command },
  command: { title: "COMMAND", value: command },
  cmd: { title: "CMD", value: command },
  tty: { title: "TT", value: tty },
  tt: { title: "TT", value: tty },
  tname: { title: "TTY", value: tty },
  time: { title: "TIME", value: () => "00:00:00" },
  bsdtime: { title: "TIME", value: () => "0:00" },
  stat: { title: "STAT", value: (process) => (process.tty ? "Ss+" : "Ss") },
  s: { title: "S", value: () => "S" },
  f: { title: "F", value: () => "4" },
  c: { title: "C", value: () => "0" },
  pcpu: { title: "%CPU", value: () => "0.0" },
  pmem: { title: "%MEM", value: () => "0.0" },
  vsz: { title: "VSZ", value: () => "2336" },
  rss: { title: "RSS", value: () => "1528" },
  sz: { title: "SZ", value: () => "584" },
  pri: { title: "PRI", value: () => "80" },
  ni: { title: "NI", value: () => "0" },
  addr: { title: "ADDR", value: () => "-" },
  wchan: { title: "WCHAN", value: () => "hrtime" },
  stime: { title: "STIME", value: clock },
  start: { title: "START", value: clock },
} satisfies Record<string, Column>;

type ColumnName = keyof typeof columns;

const formats = {
  plain: ["pid", "tname", "time", "ucmd"],
  full: ["uid", "pid", "ppid", "c", "stime", "tname", "time", "cmd"],
  long: ["f", "s", "uid", "pid", "ppid", "c", "pri", "ni", "addr", "sz", "wchan", "tname", "time", "ucmd"],
  bsd: ["pid", "tname", "stat", "bsdtime", "args"],
  users: ["user", "pid", "pcpu", "pmem", "vsz", "rss", "tname", "stat", "start", "bsdtime", "args"],
} satisfies Record<string, readonly ColumnName[]>;

type FormatName = keyof typeof formats;

/** What `ps` cannot make sense of. */
export class PsError extends Error {}

/**
 * The columns that options of procps' `ps` ask for. Which processes is no matter: `docker top` picks its own
 * by their ids.
 *
 * @throws {PsError}
 */
export function psColumns(options: string): readonly Column[] {
  const words = options.split(/\s+/).filter((word) => word !== "");
  let format: FormatName = "plain";
  const chosen: Column[] = [];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word.startsWith("--")) throw new PsError("unknown gnu long option");
    const dash = word.startsWith("-");
    // `-aux` is what people write for `aux`.
    const letters = dash ? (/^-aux/.test(word) ? "aux" : word.slice(1)) : word;
    for (let at = 0; at < letters.length; at++) {
      const letter = letters.charAt(at);
      if (letter === "o" || (!dash && letter === "O")) {
        chosen.push(...columnsOf(letters.slice(at + 1) || (words.shift() ?? "")));
        break;
      }
      format = formatOf(letter, dash && letters !== "aux", format);
    }
  }
  if (chosen.length > 0) return chosen;
  return formats[format].map((name) => (format === "full" && name === "uid" ? fullUser : columns[name]));
}

/** In the full format, users have names under the title of their numbers. */
const fullUser: Column = { title: "UID", value: ({ user }) => user };

function formatOf(letter: string, dash: boolean, format: FormatName): FormatName {
  if (dash) {
    if (letter === "f") return "full";
    if (letter === "l") return "long";
    if (letter === "x") return "bsd";
    if (letter === "C") throw new PsError("list of command names must follow -C");
    if ("eAadw".includes(letter)) return format;
    throw new PsError("unsupported SysV option");
  }
  if (letter === "u") return "users";
  if ("axwf".includes(letter)) return format === "plain" ? "bsd" : format;
  throw new PsError("unsupported option (BSD syntax)");
}

function columnsOf(list: string): Column[] {
  return list.split(",").map((given) => {
    const equals = given.indexOf("=");
    const name = equals < 0 ? given : given.slice(0, equals);
    if (!Object.hasOwn(columns, name)) {
      throw new PsError(`unknown user-defined format specifier "${name}"`);
    }
    const column: Column = columns[name as ColumnName];
    return equals < 0 ? column : { ...column, title: given.slice(equals + 1) };
  });
}
