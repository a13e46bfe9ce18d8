// `mysqladmin ping`, `mariadb-admin ping`, and the script `healthcheck.sh` of MariaDB's image.
import type { ProcessContext, Program } from "@dryharbor/kernel";
import { errorNumbers, type Reached, reach } from "./reach.js";

/** What MySQL and MariaDB say differently. */
interface Words {
  readonly server: string;
  readonly socket: string;
  cannotConnectTo(host: string, port: number, number: number): string;
  readonly cannotConnectLocally: string;
}

const mysql: Words = {
  server: "mysqld",
  socket: "/var/run/mysqld/mysqld.sock",
  cannotConnectTo: (host, port, number) => `Can't connect to MySQL server on '${host}:${port}' (${number})`,
  cannotConnectLocally: "Can't connect to local MySQL server through socket",
};

const mariadb: Words = {
  server: "mariadbd",
  socket: "/run/mysqld/mysqld.sock",
  // MariaDB connects without waiting, and tells that it is in progress.
  cannotConnectTo: (host, _, number) =>
    `Can't connect to server on '${host}' (${number === 111 ? 115 : number})`,
  cannotConnectLocally: "Can't connect to local server through socket",
};

function adminOf(words: Words): Program {
  return async (process) => {
    const { argv, stdout, stderr } = process;
    const options = readOptions(argv.slice(1));
    const [command] = options.commands;
    if (options.isVersion) {
      const version = process.env.MYSQL_VERSION?.split("-")[0] ?? process.env.MARIADB_VERSION ?? "";
      stdout(`${argv[0]}  Ver ${version} for Linux on x86_64\n`);
      return 0;
    }
    const isLocal = options.host === undefined || (options.host === "localhost" && !options.isTcp);
    const host = isLocal ? undefined : (options.host ?? "127.0.0.1");
    const reached = await reach(process, host, options.port);
    if (reached !== "listening") {
      if (options.isSilent) return 1;
      const problem = problemOf(words, reached, host, options.port);
      stderr(
        `${argv[0]}: connect to server at '${options.host ?? "localhost"}' failed\nerror: '${problem}'\n`,
      );
      stderr(adviceOf(words, host, options.port));
      return 1;
    }
    if (command === "ping") {
      stdout("mysqld is alive\n");
      return 0;
    }
    stderr(`${argv[0]}: the simulator has no MySQL: of the commands there is ping alone\n`);
    return 1;
  };
}

/** `mysqladmin` of MySQL. */
export const mysqladmin = adminOf(mysql);

/** `mariadb-admin`, also under the name `mysqladmin`. */
export const mariadbAdmin = adminOf(mariadb);

function problemOf(words: Words, reached: Reached, host: string | undefined, port: number): string {
  const number = errorNumbers[reached] ?? 110;
  if (host === undefined) return `${words.cannotConnectLocally} '${words.socket}' (${number})`;
  if (reached === "unknown host") {
    return words === mysql
      ? `Unknown MySQL server host '${host}' (-2)`
      : `Unknown server host '${host}' (-2)`;
  }
  return words.cannotConnectTo(host, port, number);
}

function adviceOf(words: Words, host: string | undefined, port: number): string {
  if (words === mysql && host !== undefined) {
    return (
      `Check that mysqld is running on ${host} and that the port is ${port}.\n` +
      `You can check this by doing 'telnet ${host} ${port}'\n`
    );
  }
  return `Check that ${words.server} is running and that the socket: '${words.socket}' exists!\n`;
}

interface Options {
  readonly host: string | undefined;
  readonly port: number;
  readonly isTcp: boolean;
  readonly isSilent: boolean;
  readonly isVersion: boolean;
  readonly commands: readonly string[];
}

function readOptions(args: readonly string[]): Options {
  let host: string | undefined;
  let port = 3306;
  let isTcp = false;
  let isSilent = false;
  let isVersion = false;
  const commands: string[] = [];
  const rest = [...args];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const [, long, , inline] = /^--([\w-]+)(=(.*))?$/s.exec(word) ?? [];
    const letter = long === undefined && word.startsWith("-") ? word[1] : undefined;
    const value = (): string =>
      inline ?? (word && word.length > 2 && letter ? word.slice(2) : (rest.shift() ?? ""));
    if (long === "host" || letter === "h") host = value();
    else if (long === "port" || letter === "P") port = Number(value()) || 3306;
    else if (long === "protocol") isTcp = value().toLowerCase() === "tcp";
    else if (long === "silent" || letter === "s") isSilent = true;
    else if (long === "version" || letter === "V") isVersion = true;
    else if (["user", "socket", "connect-timeout"].includes(long ?? "") || ["u", "S"].includes(letter ?? ""))
      value();
    else if (!word.startsWith("-")) commands.push(word);
  }
  return { host, port, isTcp, isSilent, isVersion, commands };
}

const tests: ReadonlySet<string> = new Set([
  "connect",
  "innodb_initialized",
  "innodb_buffer_pool_loaded",
  "galera_online",
  "galera_ready",
  "replication",
  "mariadbupgrade",
]);

/** `healthcheck.sh` of MariaDB's image. */
export const mariadbHealthcheck: Program = async (process) => {
  const [, ...args] = process.argv;
  if (args.length === 0) {
    process.stderr("At least one argument required\n");
    return 1;
  }
  let isConnected: boolean | undefined;
  for (let word = args.shift(); word !== undefined; word = args.shift()) {
    if (!word.startsWith("--")) {
      process.stderr(`Unknown healthcheck option ${word}\n`);
      return 1;
    }
    const name = word.slice(2);
    if (/^(su-mysql|no-defaults|no-connect)$/.test(name) || name.includes("=")) continue;
    if (/^(su|datadir|defaults-(file|extra-file|group-suffix)|replication_\w+)$/.test(name)) {
      args.shift();
      continue;
    }
    if (!tests.has(name)) {
      process.stderr(`healthcheck unknown option or test '${name}'\n`);
      return 1;
    }
    // A server alone is no cluster, and copies nobody.
    const isHealthy = (await isUp(process)) && !/^(galera|replication)/.test(name);
    if (name === "connect") isConnected = isHealthy;
    if (!isHealthy) {
      process.stderr(`healthcheck ${name} failed\n`);
      return 1;
    }
  }
  return isConnected === true || (await isUp(process)) ? 0 : 1;
};

async function isUp(process: ProcessContext): Promise<boolean> {
  const reached = await reach(process, undefined, 3306);
  if (reached === "listening") return true;
  process.stderr(`ERROR 2002 (HY000): ${problemOf(mariadb, reached, undefined, 3306)}\n`);
  return false;
}
