/** A process as `ps` sees it. */
export interface Listed {
  readonly user: string;
  readonly pid: number;
  readonly parent: number;
  /** Nanoseconds. */
  readonly started: bigint;
  readonly tty: boolean;
  /** It leads its session, as the first process of a container and of an exec does. */
  readonly leads: boolean;
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
  stat: { title: "STAT", value: ({ leads, tty }) => `S${leads ? "s" : ""}${tty ? "+" : ""}` },
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
  psr: { title: "PSR", value: () => "0" },
  nlwp: { title: "NLWP", value: () => "1" },
  label: { title: "LABEL", value: () => "-" },
  wchan: { title: "WCHAN", value: () => "hrtime" },
  stime: { title: "STIME", value: clock },
  start: { title: "START", value: clock },
} satisfies Record<string, Column>;

type ColumnName = keyof typeof columns;

const formats = {
  plain: ["pid", "tname", "time", "ucmd"],
  full: ["uid", "pid", "ppid", "c", "stime", "tname", "time", "cmd"],
  extraFull: ["uid", "pid", "ppid", "c", "sz", "rss", "psr", "stime", "tname", "time", "cmd"],
  long: ["f", "s", "uid", "pid", "ppid", "c", "pri", "ni", "addr", "sz", "wchan", "tname", "time", "ucmd"],
  bsd: ["pid", "tname", "stat", "bsdtime", "args"],
  users: ["user", "pid", "pcpu", "pmem", "vsz", "rss", "tname", "stat", "start", "bsdtime", "args"],
} satisfies Record<string, readonly ColumnName[]>;

type FormatName = keyof typeof formats;

/** What `ps` cannot make sense of. */
export class PsError extends Error {}

/** What `ps` shows. */
interface Shown {
  /** None where it prints something else, such as its version. */
  readonly columns: readonly Column[];
  /** Whether it shows a process. `docker top` itself picks those of the container. */
  readonly shows: (process: Listed) => boolean;
}

/** Options that make `ps` print no header: help, the version, or the lines alone. */
const withoutHeader: ReadonlySet<string> = new Set([
  "--help",
  "--version",
  "-V",
  "--no-headers",
  "--no-heading",
]);

/** Options with a list of what to show, with the name of such a list in an error. */
const selections: Readonly<
  Record<string, readonly [what: string, key: (process: Listed) => readonly string[]]>
> = {
  C: ["command names", (process) => [program(process)]],
  p: ["process IDs", ({ pid }) => [String(pid)]],
  u: ["user names", ({ user }) => [user, user === "root" ? "0" : user]],
};

/**
 * What options of procps' `ps` ask for.
 *
 * @throws {PsError}
 */
export function psShown(options: string): Shown {
  const words = options.split(/\s+/).filter((word) => word !== "");
  let format: FormatName = "plain";
  const chosen: Column[] = [];
  const picks: ((process: Listed) => boolean)[] = [];
  let bare = false;
  let labelled = false;
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (withoutHeader.has(word)) {
      bare = true;
      continue;
    }
    if (word.startsWith("--")) throw new PsError("unknown gnu long option");
    const dash = word.startsWith("-");
    // `-aux` is what people write for `aux`.
    const letters = dash ? (/^-aux/.test(word) ? "aux" : word.slice(1)) : word;
    for (let at = 0; at < letters.length; at++) {
      const letter = letters.charAt(at);
      if (letter === "o" || (!dash && letter === "O")) {
        const list = letters.slice(at + 1) || words.shift();
        if (list === undefined) throw new PsError("format specification must follow -o");
        chosen.push(...columnsOf(list));
        break;
      }
      const selection = dash && letters !== "aux" ? selections[letter] : undefined;
      if (selection) {
        const [what, key] = selection;
        const list = (letters.slice(at + 1) || words.shift())?.split(",");
        if (!list) throw new PsError(`list of ${what} must follow -${letter}`);
        picks.push((process) => key(process).some((each) => list.includes(each)));
        break;
      }
      if (dash && letter === "Z") {
        labelled = true;
        continue;
      }
      format = formatOf(letter, dash && letters !== "aux", format);
    }
  }
  const shows = (process: Listed) => picks.length === 0 || picks.some((pick) => pick(process));
  if (bare) return { columns: [], shows };
  if (chosen.length > 0) return { columns: chosen, shows };
  const named = formats[format].map((name) =>
    (format === "full" || format === "extraFull") && name === "uid" ? fullUser : columns[name],
  );
  return { columns: labelled ? [columns.label, ...named] : named, shows };
}

/** In the full format, users have names under the title of their numbers. */
const fullUser: Column = { title: "UID", value: ({ user }) => user };

function formatOf(letter: string, dash: boolean, format: FormatName): FormatName {
  if (dash) {
    if (letter === "f") return "full";
    if (letter === "F") return "extraFull";
    if (letter === "l") return "long";
    if (letter === "x") return "bsd";
    if ("eAadw".includes(letter)) return format;
    throw new PsError("unsupported SysV option");
  }
  if (letter === "u") return "users";
  if ("axwfn".includes(letter)) return format === "plain" ? "bsd" : format;
  throw new PsError("unsupported option (BSD syntax)");
}

function columnsOf(list: string): Column[] {
  return list.split(",").map((given) => {
    const equals = given.indexOf("=");
    // A width such as `:20` does not show in columns that are taken apart.
    const name = (equals < 0 ? given : given.slice(0, equals)).replace(/:\d+$/, "");
    if (!Object.hasOwn(columns, name)) {
      throw new PsError(`unknown user-defined format specifier "${name}"`);
    }
    const column: Column = columns[name as ColumnName];
    return equals < 0 ? column : { ...column, title: given.slice(equals + 1) };
  });
}
