// What the clients of MySQL and of MariaDB say differently.
import type { ProcessContext } from "@dryharbor/kernel";

/** A connection that failed: the number of its error, and the text. */
export interface Failure {
  readonly number: number;
  readonly text: string;
}

/** The words of one of the two. */
export interface Flavour {
  /** The server's program. */
  readonly server: string;
  readonly socket: string;
  unknownHost(host: string): Failure;
  noConnection(host: string, port: number, number: number): Failure;
  noSocket(path: string): Failure;
  lost(number: number): Failure;
  /** What stands between the name of a program and what is wrong with its options. */
  readonly mark: string;
  /** The end of a sentence about an option. */
  readonly stop: string;
  /** Whether a beginning of an option's name is complained about. */
  readonly complainsOfPrefixes: boolean;
  /** Whether a password on the command line is warned of. */
  readonly warnsOfPasswords: boolean;
  /** Whether a port makes `localhost` a host and not a socket. */
  readonly portMeansTcp: boolean;
  /** The line of `--version`. */
  version(process: ProcessContext, name: string, tool: Tool): string;
}

/** The versions of a client itself, beside that of the server. */
export interface Tool {
  /** MariaDB's own version of the client. */
  readonly version: string;
  /** Whether its line ends with `on x86_64`. */
  readonly on?: boolean;
  readonly editLine?: boolean;
}

export const mysql: Flavour = {
  server: "mysqld",
  socket: "/var/run/mysqld/mysqld.sock",
  unknownHost: (host) => ({ number: 2005, text: `Unknown MySQL server host '${host}' (-2)` }),
  noConnection: (host, port, number) => ({
    number: 2003,
    text: `Can't connect to MySQL server on '${host}:${port}' (${number})`,
  }),
  noSocket: (path) => ({
    number: 2002,
    text: `Can't connect to local MySQL server through socket '${path}' (2)`,
  }),
  lost: (number) => ({
    number: 2013,
    text: `Lost connection to MySQL server at 'reading initial communication packet', system error: ${number}`,
  }),
  mark: "[ERROR] ",
  stop: ".",
  complainsOfPrefixes: false,
  warnsOfPasswords: true,
  portMeansTcp: false,
  version: ({ env }, name) =>
    `${name}  Ver ${env.MYSQL_VERSION?.split("-")[0] ?? "8.0.42"} for Linux on x86_64 (MySQL Community Server - GPL)\n`,
};

export const mariadb: Flavour = {
  server: "mariadbd",
  socket: "/run/mysqld/mysqld.sock",
  unknownHost: (host) => ({ number: 2005, text: `Unknown server host '${host}' (-2)` }),
  // It connects without waiting, and tells that this is in progress.
  noConnection: (host, _, number) => ({
    number: 2002,
    text: `Can't connect to server on '${host}' (${number === 110 ? 110 : 115})`,
  }),
  noSocket: (path) => ({ number: 2002, text: `Can't connect to local server through socket '${path}' (2)` }),
  lost: (number) => ({
    number: 2013,
    text: `Lost connection to server at 'handshake: reading initial communication packet', system error: ${number || 11}`,
  }),
  mark: "",
  stop: "",
  complainsOfPrefixes: true,
  warnsOfPasswords: false,
  portMeansTcp: true,
  version({ env }, name, tool) {
    const version = env.MARIADB_VERSION?.replace(/^\d+:|[-+].*$/g, "") ?? "11.4.7";
    const machine = tool.on ? "on x86_64" : "(x86_64)";
    const editor = tool.editLine ? " using  EditLine wrapper" : "";
    if (Number.parseInt(version, 10) < 11) {
      return `${name}  Ver ${tool.version} Distrib ${version}-MariaDB, for debian-linux-gnu ${machine}${editor}\n`;
    }
    return `${name} from ${version}-MariaDB, client ${tool.version} for debian-linux-gnu (x86_64)${editor}\n`;
  },
};
