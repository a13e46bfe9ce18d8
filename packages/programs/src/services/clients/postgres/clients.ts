// The clients of PostgreSQL: their options, what they check before they connect, and what they say of a connection that fails.
import { FileError, type ProcessContext, type Program } from "@dryharbor/kernel";
import { Accounts } from "../../../busybox/accounts.js";
import { type Given, type OptionTable, optionTable, readGiven } from "../options.js";
import { readLine } from "../prompt.js";
import { connect } from "./connect.js";
import { ConnectionError, type Parameters, readParameters } from "./connection-parameters.js";

/** A client ends with a message of its own. */
class Refusal extends Error {
  constructor(
    message: string,
    /** Whether its help is pointed at. */
    readonly hint = false,
  ) {
    super(message);
  }
}

/** The client ends here, as its user wants it. */
class Done extends Error {}

/** What is particular to a client. */
interface Client {
  /** What it does, and what follows its name in the usage. */
  readonly about: string;
  readonly usage: string;
  readonly options: OptionTable;
  /** The exit code of a connection that fails. Default: 1. */
  readonly failureCode?: number;
  /** Whether `--help` counts anywhere, and not only as the first argument. */
  readonly helpAnywhere?: boolean;
  /** The number of operands that it takes, and what it says of more. */
  readonly operands?: number;
  /** Checks before it connects. Returns the database to connect to. @throws {Refusal} @throws {Done} */
  check?(process: ProcessContext, given: Given): Promise<string | undefined> | string | undefined;
  /** A line after that of the connection. */
  after?(given: Given): string;
}

const connection = "h:/host p:/port U:/username w/no-password W/password";
/** What most maintenance programs have. */
const maintenance = `h:/host p:/port U:/username w/no-password W/password e/echo q/quiet`;

const clients: Readonly<Record<string, Client>> = {
  psql: {
    about: "psql is the PostgreSQL interactive terminal.",
    usage: "[OPTION]... [DBNAME [USERNAME]]",
    failureCode: 2,
    helpAnywhere: true,
    options:
      optionTable(`a/echo-all A/no-align c:/command d:/dbname e/echo-queries b/echo-errors E/echo-hidden
f:/file F:/field-separator z/field-separator-zero h:/host H/html l/list L:/log-file n/no-readline 1/single-transaction
o:/output p:/port P:/pset q/quiet R:/record-separator 0/record-separator-zero s/single-step S/single-line t/tuples-only
T:/table-attr U:/username v:/set v:/variable V/version w/no-password W/password x/expanded X/no-psqlrc ?/help /csv`),
    check({ stderr }, { operands, value, has }: Given) {
      const [database, , ...more] = has("dbname") ? [value("dbname"), ...operands] : operands;
      for (const word of more) stderr(`psql: warning: extra command-line argument "${word}" ignored\n`);
      return database;
    },
  },
  pg_dump: {
    about: "pg_dump dumps a database as a text file or to other formats.",
    usage: "[OPTION]... [DBNAME]",
    operands: 1,
    options:
      optionTable(`a/data-only b/blobs B/no-blobs c/clean C/create d:/dbname e:/extension f:/file F:/format
h:/host j:/jobs n:/schema N:/exclude-schema O/no-owner p:/port s/schema-only S:/superuser t:/table T:/exclude-table
U:/username v/verbose w/no-password W/password x/no-privileges x/no-acl Z:/compress E:/encoding ?/help V/version
/attribute-inserts /binary-upgrade /column-inserts /disable-dollar-quoting /disable-triggers /enable-row-security
/exclude-table-data: /extra-float-digits: /if-exists /inserts /lock-wait-timeout: /no-table-access-method
/no-tablespaces /quote-all-identifiers /load-via-partition-root /role: /section: /serializable-deferrable /snapshot:
/strict-names /use-set-session-authorization /no-comments /no-publications /no-security-labels /no-subscriptions
/no-toast-compression /no-unlogged-table-data /no-sync /on-conflict-do-nothing /rows-per-insert: /include-foreign-data:
/restrict-key:`),
    check(_, { operands: [database], value, has }: Given) {
      if (has("schema-only") && has("data-only")) {
        throw new Refusal("options -s/--schema-only and -a/--data-only cannot be used together");
      }
      const format = value("format") ?? "p";
      if (!/^(p|plain|c|custom|d|directory|t|tar|a|append)$/i.test(format)) {
        throw new Refusal(`invalid output format "${format}" specified`);
      }
      inRange(value("compress"), "-Z/--compress", 0, 9);
      inRange(value("jobs"), "-j/--jobs", 1, 2 ** 31 - 1);
      if (Number(value("jobs") ?? 1) > 1 && !/^d/i.test(format)) {
        throw new Refusal("parallel backup only supported by the directory format");
      }
      return value("dbname") ?? database;
    },
  },
  pg_dumpall: {
    about: "pg_dumpall extracts a PostgreSQL database cluster into an SQL script file.",
    usage: "[OPTION]...",
    operands: 0,
    options: optionTable(`a/data-only c/clean d:/dbname E:/encoding f:/file g/globals-only h:/host l:/database
O/no-owner p:/port r/roles-only s/schema-only S:/superuser t/tablespaces-only U:/username v/verbose w/no-password
W/password x/no-privileges x/no-acl ?/help V/version /attribute-inserts /binary-upgrade /column-inserts
/disable-dollar-quoting /disable-triggers /exclude-database: /extra-float-digits: /if-exists /inserts
/lock-wait-timeout: /no-table-access-method /no-tablespaces /quote-all-identifiers /load-via-partition-root /role:
/use-set-session-authorization /no-comments /no-publications /no-role-passwords /no-security-labels /no-subscriptions
/no-sync /no-toast-compression /no-unlogged-table-data /on-conflict-do-nothing /rows-per-insert: /restrict-key:`),
    check: (_, { value }: Given) => value("dbname") ?? value("database"),
  },
  pg_restore: {
    about: "pg_restore restores a PostgreSQL database from an archive created by pg_dump.",
    usage: "[OPTION]... [FILE]",
    operands: 1,
    options:
      optionTable(`a/data-only c/clean C/create d:/dbname e/exit-on-error f:/file F:/format h:/host I:/index
j:/jobs l/list L:/use-list n:/schema N:/exclude-schema O/no-owner p:/port P:/function s/schema-only S:/superuser
t:/table T:/trigger U:/username v/verbose w/no-password W/password x/no-privileges x/no-acl 1/single-transaction ?/help
V/version /disable-triggers /enable-row-security /if-exists /no-data-for-failed-tables /no-table-access-method
/no-tablespaces /role: /section: /strict-names /use-set-session-authorization /no-comments /no-publications
/no-security-labels /no-subscriptions /restrict-key:`),
    check: checkArchive,
  },
  createdb: {
    about: "createdb creates a PostgreSQL database.",
    usage: "[OPTION]... [DBNAME] [DESCRIPTION]",
    operands: 2,
    options:
      optionTable(`${maintenance} O:/owner D:/tablespace T:/template E:/encoding S:/strategy /lc-collate:
/lc-ctype: l:/locale /maintenance-db: /locale-provider: /icu-locale: ?/help V/version`),
    check(process, { operands: [database], value }: Given) {
      const { env } = process;
      if (!(database ?? env.PGDATABASE ?? env.PGUSER ?? value("username"))) ownName(process);
      return value("maintenance-db") ?? "postgres";
    },
  },
  dropdb: {
    about: "dropdb removes a PostgreSQL database.",
    usage: "[OPTION]... DBNAME",
    operands: 1,
    options: optionTable(`${maintenance} i/interactive /if-exists /maintenance-db: f/force ?/help V/version`),
    async check(process, { operands: [database], value, has }: Given) {
      if (database === undefined) throw new Refusal("missing required argument database name", true);
      if (has("interactive")) await confirm(process, `Database "${database}" will be permanently removed.`);
      return value("maintenance-db") ?? "postgres";
    },
  },
  createuser: {
    about: "createuser creates a new PostgreSQL role.",
    usage: "[OPTION]... [ROLENAME]",
    operands: 1,
    options:
      optionTable(`${connection} e/echo g:/role s/superuser S/no-superuser d/createdb D/no-createdb r/createrole
R/no-createrole i/inherit I/no-inherit l/login L/no-login P/pwprompt E/encrypted c:/connection-limit /replication
/no-replication /interactive ?/help V/version`),
    async check(process, { operands: [role], value, has }: Given) {
      inRange(value("connection-limit"), "-c/--connection-limit", -1, 2 ** 31 - 1);
      if (role === undefined && has("interactive")) await readLine(process, "Enter name of role to add: ");
      else if (role === undefined && !process.env.PGUSER) ownName(process);
      if (has("pwprompt")) {
        const password = await readLine(process, "Enter password for new role: ", { hidden: true });
        if ((await readLine(process, "Enter it again: ", { hidden: true })) !== password) {
          process.stderr("Passwords didn't match.\n");
          throw new Refusal("");
        }
      }
      return "postgres";
    },
  },
  dropuser: {
    about: "dropuser removes a PostgreSQL role.",
    usage: "[OPTION]... [ROLENAME]",
    operands: 1,
    options: optionTable(`${connection} e/echo i/interactive /if-exists ?/help V/version`),
    async check(process, { operands: [role], has }: Given) {
      if (role === undefined) {
        if (!has("interactive")) throw new Refusal("missing required argument role name", true);
        await readLine(process, "Enter name of role to drop: ");
      } else if (has("interactive")) await confirm(process, `Role "${role}" will be permanently removed.`);
      return "postgres";
    },
  },
  vacuumdb: {
    about: "vacuumdb cleans and analyzes a PostgreSQL database.",
    usage: "[OPTION]... [DBNAME]",
    operands: 1,
    options:
      optionTable(`${maintenance} d:/dbname z/analyze Z/analyze-only F/freeze a/all t:/table f/full v/verbose
j:/jobs P:/parallel /maintenance-db: /analyze-in-stages /disable-page-skipping /skip-locked /min-xid-age: /min-mxid-age:
/no-index-cleanup /force-index-cleanup /no-truncate /no-process-toast ?/help V/version`),
    check: (process, given) => oneOrAll(process, given, "vacuum"),
  },
  reindexdb: {
    about: "reindexdb reindexes a PostgreSQL database.",
    usage: "[OPTION]... [DBNAME]",
    operands: 1,
    options:
      optionTable(`${maintenance} S:/schema d:/dbname a/all s/system t:/table i:/index j:/jobs v/verbose
/concurrently /maintenance-db: /tablespace: ?/help V/version`),
    check: (process, given) => oneOrAll(process, given, "reindex"),
  },
  clusterdb: {
    about: "clusterdb clusters all previously clustered tables in a database.",
    usage: "[OPTION]... [DBNAME]",
    operands: 1,
    options: optionTable(
      `${maintenance} d:/dbname a/all t:/table v/verbose /maintenance-db: ?/help V/version`,
    ),
    check: (process, given) => oneOrAll(process, given, "cluster"),
  },
  pg_basebackup: {
    about: "pg_basebackup takes a base backup of a running PostgreSQL server.",
    usage: "[OPTION]...",
    operands: 0,
    options:
      optionTable(`D:/pgdata F:/format c:/checkpoint C/create-slot R/write-recovery-conf S:/slot t:/target
T:/tablespace-mapping X:/wal-method z/gzip Z:/compress l:/label n/no-clean N/no-sync d:/dbname h:/host p:/port
U:/username w/no-password W/password s:/status-interval v/verbose P/progress r:/max-rate /waldir: /no-slot
/no-verify-checksums /no-manifest /no-estimate-size /manifest-force-encode /manifest-checksums: ?/help V/version`),
    check(_, { value, has }: Given) {
      if (!has("pgdata") && !has("target")) {
        throw new Refusal("must specify output directory or backup target", true);
      }
      return value("dbname") ?? "replication";
    },
  },
  pgbench: {
    about: "pgbench is a benchmarking tool for PostgreSQL.",
    usage: "[OPTION]... [DBNAME]",
    operands: 1,
    options:
      optionTable(`b:/builtin c:/client C/connect D:/define d/debug f:/file F:/fillfactor h:/host i/initialize
I:/init-steps j:/jobs l/log L:/latency-limit n/no-vacuum N/skip-some-updates p:/port P:/progress M:/protocol q/quiet
r/report-per-command R:/rate s:/scale S/select-only T:/time t:/transactions U:/username v/vacuum-all V/version ?/help
/unlogged-tables /tablespace: /index-tablespace: /sampling-rate: /aggregate-interval: /progress-timestamp /log-prefix:
/foreign-keys /random-seed: /show-script: /partitions: /partition-method: /failures-detailed /max-tries: /verbose-errors
r/report-latencies`),
    check: ({ env }, { operands: [database] }: Given) => database ?? env.PGDATABASE,
    after: (given) =>
      `could not create connection for ${given.has("initialize") ? "initialization" : "setup"}\n`,
  },
};

/** The clients of PostgreSQL, by name. */
export const postgresClients: ReadonlyMap<string, Program> = new Map(
  Object.entries(clients).map(([name, client]) => [name, (process) => run(process, name, client)]),
);

async function run(process: ProcessContext, name: string, client: Client): Promise<number> {
  const { argv, stdout, stderr } = process;
  const [first = ""] = argv.slice(1);
  const hint = `${name}: hint: Try "${name} --help" for more information.\n`;
  const given = readGiven(argv.slice(1), client.options);
  if (
    /^(-\?|--help)$/.test(first) ||
    (client.helpAnywhere && typeof given === "object" && given.has("help"))
  ) {
    stdout(help(name, client));
    return 0;
  }
  if (
    /^(-V|--version)$/.test(first) ||
    (client.helpAnywhere && typeof given === "object" && given.has("version"))
  ) {
    stdout(versionLine(process, name));
    return 0;
  }
  if (typeof given === "string") {
    stderr(`${name}: ${given}\n${hint}`);
    return 1;
  }
  try {
    const more = client.operands === undefined ? undefined : given.operands[client.operands];
    if (more !== undefined) {
      throw new Refusal(`too many command-line arguments (first is "${more}")`, true);
    }
    const dbname = await client.check?.(process, given);
    if (given.has("password") && client.options.letter("password") === "W") {
      const user = given.value("username");
      const prompt = user === undefined ? "Password: " : `Password for user ${user}: `;
      await readLine(process, prompt, { hidden: true });
    }
    const options: Parameters = {
      host: given.value("host") ?? "",
      port: given.value("port") ?? "",
      user: given.value("username") ?? (client.helpAnywhere ? (given.operands[1] ?? "") : ""),
      ...(dbname !== undefined && { dbname }),
    };
    return await connect(process, readParameters(process, options));
  } catch (error) {
    if (error instanceof Done) return 0;
    if (error instanceof Refusal) {
      if (error.message !== "") stderr(`${name}: error: ${error.message}\n${error.hint ? hint : ""}`);
      return 1;
    }
    if (!(error instanceof ConnectionError)) throw error;
    const isGlobal = name === "pg_dumpall" && given.has("database");
    const problem = isGlobal ? `could not connect to database "${given.value("database")}"` : error.message;
    stderr(`${name}: error: ${problem}${problem.endsWith("\n") ? "" : "\n"}`);
    if (client.after) stderr(`${name}: error: ${client.after(given)}`);
    return client.failureCode ?? 1;
  }
}

/** The line that tells the version, as the image's variable has it: `15.18-0+deb12u1`. */
export function versionLine({ env }: ProcessContext, name: string): string {
  const whole = env.PG_VERSION ?? "17.5-1.pgdg120+1";
  const [version] = whole.split("-", 1);
  return `${name} (PostgreSQL) ${version}${whole.includes("-") ? ` (Debian ${whole})` : ""}\n`;
}

/** A short help: what the program does, and where it connects to. */
function help(name: string, { about, usage }: Client): string {
  return (
    `${about}\n\nUsage:\n  ${name} ${usage}\n\nConnection options:\n` +
    "  -h, --host=HOSTNAME      database server host or socket directory\n" +
    "  -p, --port=PORT          database server port\n" +
    "  -U, --username=USERNAME  user name to connect as\n" +
    "  -w, --no-password        never prompt for password\n" +
    "  -W, --password           force password prompt\n\n" +
    "Report bugs to <pgsql-bugs@lists.postgresql.org>.\n" +
    "PostgreSQL home page: <https://www.postgresql.org/>\n"
  );
}

function inRange(text: string | undefined, option: string, least: number, most: number): void {
  if (text === undefined) return;
  if (!/^\s*[-+]?\d+$/.test(text)) throw new Refusal(`invalid value "${text}" for option ${option}`);
  if (Number(text) < least || Number(text) > most) {
    throw new Refusal(`${option} must be in range ${least}..${most}`);
  }
}

/** @throws {Refusal} the user has no name */
function ownName(process: ProcessContext): void {
  if (new Accounts(process.files).userName(process.uid) !== undefined) return;
  process.stderr(
    `${process.argv[0]}: could not look up effective user ID ${process.uid}: user does not exist\n`,
  );
  throw new Refusal("");
}

function oneOrAll(
  { env }: ProcessContext,
  { operands, value, has }: Given,
  verb: string,
): string | undefined {
  const one = value("dbname") ?? operands[0];
  if (!has("all")) return one ?? env.PGDATABASE;
  if (one !== undefined)
    throw new Refusal(`cannot ${verb} all databases and a specific one at the same time`);
  return value("maintenance-db") ?? "postgres";
}

/** @throws {Done} the user does not want it */
async function confirm(process: ProcessContext, warning: string): Promise<void> {
  process.stdout(`${warning}\n`);
  for (;;) {
    const answer = await readLine(process, "Are you sure? (y/n) ");
    if (answer === "y") return;
    if (answer === "n" || answer === undefined) throw new Done();
    process.stdout('Please answer "y" or "n".\n');
  }
}

/** Looks at the archive that is to be restored. @throws {Refusal} */
async function checkArchive(
  process: ProcessContext,
  { operands: [path], value, has }: Given,
): Promise<string | undefined> {
  if (!has("dbname") && !has("file") && !has("list")) {
    throw new Refusal("one of -d/--dbname and -f/--file must be specified");
  }
  if (has("dbname") && has("file")) {
    throw new Refusal("options -d/--dbname and -f/--file cannot be used together", true);
  }
  const begin = await beginOf(process, path);
  if (begin.length < 5) throw new Refusal(`input file is too short (read ${begin.length}, expected 5)`);
  if (!begin.startsWith("PGDMP")) {
    if (begin.startsWith("--\n-- PostgreSQL database")) {
      throw new Refusal("input file appears to be a text format dump. Please use psql.");
    }
    const short = begin.length < 512 ? " (too short?)" : "";
    throw new Refusal(`input file does not appear to be a valid archive${short}`);
  }
  if (!has("dbname"))
    throw new Refusal("the simulator's pg_restore can only connect: it does not read archives");
  return value("dbname");
}

async function beginOf(process: ProcessContext, path: string | undefined): Promise<string> {
  if (path !== undefined) {
    try {
      return new TextDecoder("latin1").decode(process.files.read(path).subarray(0, 512));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      throw new Refusal(`could not open input file "${path}": ${error.message}`);
    }
  }
  let text = "";
  for await (const data of process.stdin) {
    text += new TextDecoder("latin1").decode(data);
    if (text.length >= 512) break;
  }
  return text;
}
