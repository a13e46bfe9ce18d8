// The resource limits of processes, as /proc/PID/limits shows them.

/** A soft and a hard limit. `Infinity` is no limit. */
interface Limit {
  readonly soft: number;
  readonly hard: number;
}

/** The limits that a process has of its own, by their names in setrlimit(2) in lower case, for example `nofile`. */
export type Limits = Readonly<Record<string, Limit>>;

const none = Number.POSITIVE_INFINITY;

/** The limits in the kernel's order: name, title, unit, and the values of a process that nobody has set any for. */
const table: readonly (readonly [name: string, title: string, unit: string, soft: number, hard: number])[] = [
  ["cpu", "cpu time", "seconds", none, none],
  ["fsize", "file size", "bytes", none, none],
  ["data", "data size", "bytes", none, none],
  ["stack", "stack size", "bytes", 8_388_608, none],
  ["core", "core file size", "bytes", 0, none],
  ["rss", "resident set", "bytes", none, none],
  ["nproc", "processes", "processes", 96_365, 96_365],
  ["nofile", "open files", "files", 20_000, 20_000],
  ["memlock", "locked memory", "bytes", 8_388_608, 8_388_608],
  ["as", "address space", "bytes", none, none],
  ["locks", "file locks", "locks", none, none],
  ["sigpending", "pending signals", "signals", 96_365, 96_365],
  ["msgqueue", "msgqueue size", "bytes", 819_200, 819_200],
  ["nice", "nice priority", "", 0, 0],
  ["rtprio", "realtime priority", "", 0, 0],
  ["rttime", "realtime timeout", "us", none, none],
];

/** Writes the text of /proc/PID/limits. */
export function limitsText(own: Limits): string {
  const row = (title: string, soft: string, hard: string, unit: string) =>
    `${title.padEnd(25)} ${soft.padEnd(20)} ${hard.padEnd(20)} ${unit.padEnd(10)}\n`;
  const number = (limit: number) => (limit === none ? "unlimited" : String(limit));
  const rows = table.map(([name, title, unit, soft, hard]) => {
    const limit = own[name] ?? { soft, hard };
    return row(`Max ${title}`, number(limit.soft), number(limit.hard), unit);
  });
  return [row("Limit", "Soft Limit", "Hard Limit", "Units"), ...rows].join("");
}
