import type { Program } from "@dryharbor/kernel";
import { optionTable, readGiven } from "../clients/options.js";
import { versionLine } from "../clients/postgres/clients.js";
import {
  ConnectionError,
  integer,
  type Place,
  placesOf,
  readParameters,
} from "../clients/postgres/connection-parameters.js";
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

const options = optionTable("d:/dbname h:/host p:/port q/quiet t:/timeout U:/username V/version ?/help");

/** `pg_isready`: says whether a PostgreSQL server takes connections. */
export const pgIsready: Program = async (process) => {
  const { argv, stdout, stderr } = process;
  const name = argv[0].slice(argv[0].lastIndexOf("/") + 1);
  const refuse = (problem: string): number => {
    stderr(`${name}: ${problem}\n${name}: hint: Try "${name} --help" for more information.\n`);
    return 3;
  };
  const given = readGiven(argv.slice(1), options);
  if (typeof given === "string") return refuse(given);
  if (given.has("help")) {
    stdout(help);
    return 0;
  }
  if (given.has("version")) {
    stdout(versionLine(process, "pg_isready"));
    return 0;
  }
  const [first] = given.operands;
  if (first !== undefined) return refuse(`error: too many command-line arguments (first is "${first}")`);
  let place: Place;
  let port: number;
  try {
    // Whoever connects is of no matter.
    const parameters = readParameters(process, {
      user: given.value("username") ?? "x",
      host: given.value("host") ?? "",
      port: given.value("port") ?? "",
      dbname: given.value("dbname") ?? "",
    });
    [place] = placesOf(parameters) as [Place];
    port = integer("port", place.port);
  } catch (error) {
    if (!(error instanceof ConnectionError)) throw error;
    stderr(`${name}: error: ${error.message}\n`);
    return 3;
  }
  const seconds = Number(given.value("timeout") ?? 3);
  const isSocket = place.host.startsWith("/");
  const reached = await reach(
    process,
    isSocket ? undefined : (place.address ?? place.host),
    port,
    seconds > 0 ? seconds * 1000 : undefined,
  );
  const shown = place.address ?? place.host;
  const state = reached === "listening" ? "accepting connections" : "no response";
  if (!given.has("quiet")) stdout(`${shown}:${port} - ${state}\n`);
  return reached === "listening" ? 0 : 2;
};
