// The clients of MySQL and MariaDB: what each checks before it connects, and how it says that it could not.
import type { ProcessContext, Program } from "@dryharbor/kernel";
import { reach } from "../../stand-ins/reach.js";
import { readLine } from "../prompt.js";
import { connect, type Place, placeOf } from "./connect.js";
import { type Failure, type Flavour, mariadb, mysql, type Tool } from "./flavour.js";
import { hasPassword, OptionError, type Options, readOptions } from "./options.js";

/** What is particular to a client. */
interface Client extends Tool {
  readonly about: string;
  readonly usage: string;
  /** Its letters beyond those of all clients. */
  readonly letters: Readonly<Record<string, string>>;
  /** Returns what it says before it connects, where it does not connect. */
  check?(options: Options, name: string, help: string): Ending | undefined;
  /** What it prints of a connection that failed. */
  fails(name: string, failure: Failure, flavour: Flavour): string;
  /** The exit code of that. Default: 1. */
  readonly failureCode?: number;
}

interface Ending {
  readonly stdout?: string;
  readonly stderr?: string;
}

const interactive: Client = {
  version: "15.1",
  editLine: true,
  about: "",
  usage: "[OPTIONS] [database]",
  letters: letters(`A=no-auto-rehash b=no-beep B=batch D=database e=execute E=vertical G=named-commands H=html
i=ignore-spaces L=skip-line-numbers n=unbuffered N=skip-column-names o=one-database q=quick r=raw s=silent t=table
U=safe-updates w=wait X=xml c=comments m=column-type-info`),
  check: ({ operands }, _, help) => (operands.length > 1 ? { stdout: help } : undefined),
  fails: (_, { number, text }) => `ERROR ${number} (HY000): ${text}\n`,
};

const dump: Client = {
  version: "10.19",
  about: "Dumping structure and contents of databases and tables.\n",
  usage: "[OPTIONS] database [tables]",
  letters:
    letters(`A=all-databases B=databases a=create-options c=complete-insert d=no-data e=extended-insert E=events
F=flush-logs i=comments K=disable-keys l=lock-tables n=no-create-db N=no-set-names q=quick Q=quote-names r=result-file
R=routines t=no-create-info T=tab w=where x=lock-all-tables X=xml y=no-tablespaces Y=all-databases`),
  check({ operands, given }, name) {
    if (operands.length > 0 ? !given.has("all-databases") : given.has("all-databases")) return undefined;
    return {
      stderr:
        `Usage: ${name} [OPTIONS] database [tables]\nOR     ${name} [OPTIONS] --databases DB1 [DB2 DB3...]\n` +
        `OR     ${name} [OPTIONS] --all-databases\nOR     ${name} [OPTIONS] --system=[SYSTEMOPTIONS]]\n` +
        `For more options, use ${name} --help\n`,
    };
  },
  fails(name, { number, text }, { server }) {
    const shown = server === "mariadbd" ? `"${text}"` : text;
    return `${name}: Got error: ${number}: ${shown} when trying to connect\n`;
  },
  failureCode: 2,
};

const check: Client = {
  version: "2.7.4-MariaDB",
  about: "This program can be used to CHECK, REPAIR, ANALYZE and OPTIMIZE tables.\n",
  usage: "[OPTIONS] database [tables]",
  letters:
    letters(`A=all-databases a=analyze 1=all-in-1 B=databases c=check C=check-only-changed e=extended F=fast
g=check-upgrade m=medium-check o=optimize q=quick r=repair s=silent`),
  check({ operands, given }, name) {
    if (given.has("all-databases")) {
      if (operands.length === 0) return undefined;
      return {
        stdout:
          "You should give only options, no arguments at all, with option\n" +
          `--all-databases. Please see ${name} --help for more information.\n`,
      };
    }
    if (operands.length > 0) return undefined;
    return { stdout: `You forgot to give the arguments! Please see ${name} --help\nfor more information.\n` };
  },
  fails: (name, { number, text }) => `${name}: Got error: ${number}: ${text} when trying to connect\n`,
  failureCode: 2,
};

const show: Client = {
  version: "9.10",
  about: "Shows the structure of a database (databases, tables, and columns).\n",
  usage: "[OPTIONS] [database [table [column]]]",
  letters: letters("c=character-sets-dir i=status k=keys t=show-table-type"),
  fails: (name, { text }) => `${name}: ${text}\n`,
};

const importer: Client = {
  version: "3.7",
  about: "Loads tables from text files in various formats.\n",
  usage: "[OPTIONS] database textfile...",
  letters: letters("c=columns d=delete i=ignore l=lock-tables L=local r=replace s=silent"),
  check: ({ operands }, _, help) => (operands.length < 2 ? { stdout: help } : undefined),
  fails: (name, { number, text }) => `${name}: Error: ${number} ${text}\n`,
};

const admin: Client = {
  version: "10.0",
  on: true,
  about: "Administration program for the server daemon.\n",
  usage: "[OPTIONS] command command....",
  letters: letters(
    "b=no-beep c=count E=vertical i=sleep q=quick r=relative s=silent t=connect-timeout w=wait",
  ),
  check: ({ operands }, _, help) => (operands.length === 0 ? { stdout: help } : undefined),
  fails: () => "",
};

function letters(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(text.split(/\s+/).map((each) => each.split("=") as [string, string]));
}

function clientOf(flavour: Flavour, client: Client): Program {
  return async (process) => {
    const { argv, stdout, stderr } = process;
    const [name] = argv;
    const version = flavour.version(process, name, client);
    let options: Options;
    try {
      options = readOptions(argv, flavour, client.letters);
    } catch (error) {
      if (!(error instanceof OptionError)) throw error;
      stderr(`${error.message}\n`);
      return error.code;
    }
    const { given, complaints } = options;
    for (const complaint of complaints) stderr(`${complaint}\n`);
    const help =
      `${version}\n${client.about}Usage: ${name} ${client.usage}\n\n` +
      "  -h, --host=name     Connect to host.\n  -P, --port=#        Port number to use for connection.\n" +
      "  -u, --user=name     User for login if not current user.\n" +
      "  -p, --password[=name] \n                      Password to use when connecting to server.\n" +
      "  -S, --socket=name   The socket file to use for connection.\n" +
      "  --protocol=name     The protocol to use for connection (tcp, socket, pipe).\n";
    if (given.has("version") || given.has("help")) {
      stdout(given.has("version") ? version : help);
      return 0;
    }
    const problem = problemOf(name, given);
    if (problem) {
      stderr(problem.message);
      return problem.code;
    }
    const ending = client.check?.(options, name, help);
    if (ending) {
      stdout(ending.stdout ?? "");
      stderr(ending.stderr ?? "");
      return 1;
    }
    if (flavour.warnsOfPasswords && hasPassword(options)) {
      stderr(`${name}: [Warning] Using a password on the command line interface can be insecure.\n`);
    }
    if (given.get("password") === "")
      await readLine(process, "Enter password: ", { hidden: true, bare: true });
    const place = placeOf(process, options, flavour);
    if (client === admin) return administer(process, flavour, options, place);
    const failure = await connect(process, place, flavour, given.get("connect-timeout"));
    stderr(client.fails(name, failure, flavour));
    return client.failureCode ?? 1;
  };
}

/** Returns what is wrong with the values of options, and the exit code of that. */
function problemOf(
  name: string,
  given: Options["given"],
): { readonly message: string; readonly code: number } | undefined {
  const file = given.get("defaults-file");
  if (file !== undefined) {
    return {
      message: `Could not open required defaults file: ${file}\nFatal error in defaults handling. Program aborted\n`,
      code: 1,
    };
  }
  const protocol = given.get("protocol");
  if (protocol !== undefined && !/^(tcp|socket|pipe|memory)$/i.test(protocol)) {
    return {
      message: `Unknown option to protocol: ${protocol}\nAlternatives are: 'TCP','SOCKET','PIPE'\n`,
      code: 1,
    };
  }
  const port = given.get("port");
  const [suffix] = /[^\d]/.exec(port ?? "") ?? [];
  if (port === undefined || suffix === undefined) return undefined;
  return {
    message:
      `Unknown suffix '${suffix}' used for variable 'port' (value '${port}'). Legal suffix characters are: K, M, G, T, P, E\n` +
      `${name}: Error while setting value '${port}' to 'port'\n`,
    code: 9,
  };
}

async function administer(
  process: ProcessContext,
  flavour: Flavour,
  { given, operands }: Options,
  place: Place,
): Promise<number> {
  const { argv, stdout, stderr } = process;
  // A server that listens is alive, and is not asked more.
  if (operands.every((each) => each === "ping")) {
    const isOther = place.host === undefined && place.socket !== flavour.socket;
    if (!isOther && (await reach(process, place.host, place.port)) === "listening") {
      if (!given.has("silent")) stdout("mysqld is alive\n");
      return 0;
    }
  }
  const { number, text } = await connect(process, place, flavour, given.get("connect-timeout"));
  if (given.has("silent")) return 1;
  const host = given.get("host") ?? "localhost";
  stderr(
    `${given.has("no-beep") ? "" : "\x07"}${argv[0]}: connect to server at '${host}' failed\nerror: '${text}'\n`,
  );
  if (number === 2002) {
    stderr(`Check that ${flavour.server} is running and that the socket: '${place.socket}' exists!\n`);
  } else if (number === 2003 || number === 2005) {
    stderr(
      `Check that ${flavour.server} is running on ${host} and that the port is ${place.port}.\n` +
        `You can check this by doing 'telnet ${host} ${place.port}'\n`,
    );
  }
  return 1;
}

/** The clients, by the names that MySQL gives them, and those of MariaDB. */
export const mysqlClients: ReadonlyMap<string, Program> = new Map(
  (
    [
      ["mysql", "mariadb", interactive],
      ["mysqladmin", "mariadb-admin", admin],
      ["mysqldump", "mariadb-dump", dump],
      ["mysqlcheck", "mariadb-check", check],
      ["mysqlshow", "mariadb-show", show],
      ["mysqlimport", "mariadb-import", importer],
    ] as const
  ).flatMap(([name, other, client]): [string, Program][] => [
    [name, clientOf(mysql, client)],
    [other, clientOf(mariadb, client)],
  ]),
);
