import type { Program } from "@dryharbor/kernel";
import { reach } from "./reach.js";

const help = `pg_isready issues a connection check to a PostgreSQL database.

Usage:
  pg_isready [OPTION]...

Options:
  -d, --dbname=DBNAME      database name
  -q, --quiet              run quietly
  -V, --version            output version information, then exit
  -?, --help               show this help, then exit

Connection options:
  -h, --host=HOSTNAME      database server host or socket directory
  -p, --port=PORT          database server port
  -t, --timeout=SECS       seconds to wait when attempting connection, 0 disables (default: 3)
  -U, --username=USERNAME  user name to connect as

Report bugs to <pgsql-bugs@lists.postgresql.org>.
PostgreSQL home page: <https://www.postgresql.org/>
`;

const long: Readonly<Record<string, string>> = {
  dbname: "d",
  host: "h",
  port: "p",
  timeout: "t",
  username: "U",
  quiet: "q",
  version: "V",
  help: "?",
};

/** `pg_isready`: says whether a PostgreSQL server takes connections. */
export const pgIsready: Program = async (process) => {
  const { argv, env, stdout, stderr } = process;
  const name = argv[0].slice(argv[0].lastIndexOf("/") + 1);
  const refuse = (problem: string): number => {
    stderr(`${name}: ${problem}\n${name}: hint: Try "${name} --help" for more information.\n`);
    return 3;
  };
  const given = new Map<string, string>();
  const rest = argv.slice(1);
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const [, option, , inline] = /^--([\w-]+)(=(.*))?$/s.exec(word) ?? [];
    const letters = option === undefined ? word.slice(1) : long[option];
    if (letters === undefined) return refuse(`unrecognized option '${word}'`);
    if (!word.startsWith("-") || word === "-") {
      return refuse(`error: too many command-line arguments (first is "${word}")`);
    }
    for (let at = 0; at < letters.length; at++) {
      const letter = letters[at] as string;
      if ("qV?".includes(letter)) {
        given.set(letter, "");
        continue;
      }
      if (!"dhptU".includes(letter)) return refuse(`invalid option -- '${letter}'`);
      const value = inline ?? (at + 1 < letters.length ? letters.slice(at + 1) : rest.shift());
      if (value === undefined) return refuse(`option requires an argument -- '${letter}'`);
      given.set(letter, value);
      break;
    }
  }
  if (given.has("?")) {
    stdout(help);
    return 0;
  }
  const version = env.PG_VERSION?.split("-")[0] ?? "17.5";
  if (given.has("V")) {
    stdout(`pg_isready (PostgreSQL) ${version}\n`);
    return 0;
  }
  const database = given.get("d") ?? "";
  const inDatabase = (key: string): string | undefined =>
    new RegExp(`(?:^|\\s)${key}=(\\S+)`).exec(database)?.[1];
  const [, ofUrl, portOfUrl] = /^postgres(?:ql)?:\/\/(?:[^@/]*@)?([^:/]*)(?::(\d+))?/.exec(database) ?? [];
  const host = inDatabase("host") ?? (ofUrl || undefined) ?? given.get("h") ?? env.PGHOST;
  const port = Number(inDatabase("port") ?? portOfUrl ?? given.get("p") ?? env.PGPORT ?? 5432);
  const seconds = Number(given.get("t") ?? 3);
  const isSocket = host === undefined || host === "" || host.startsWith("/");
  const reached = await reach(
    process,
    isSocket ? undefined : host,
    port,
    seconds > 0 ? seconds * 1000 : undefined,
  );
  const shown = isSocket ? host || "/var/run/postgresql" : host;
  const state = reached === "listening" ? "accepting connections" : "no response";
  if (!given.has("q")) stdout(`${shown}:${port} - ${state}\n`);
  return reached === "listening" ? 0 : 2;
};
