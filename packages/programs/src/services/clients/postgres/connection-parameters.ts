// Where libpq connects to: options, connection strings, URIs and the environment, with its words for what is wrong.
import type { ProcessContext } from "@dryharbor/kernel";
import { Accounts } from "../../../busybox/accounts.js";

/** A connection cannot be tried, or has failed. The message is libpq's. */
export class ConnectionError extends Error {}

/** The parameters of a connection by their names, such as `host`. */
export type Parameters = Readonly<Record<string, string>>;

/** The variables of the environment, with the parameters that they set. */
const variables: Readonly<Record<string, string>> = {
  PGHOST: "host",
  PGHOSTADDR: "hostaddr",
  PGPORT: "port",
  PGDATABASE: "dbname",
  PGUSER: "user",
  PGPASSWORD: "password",
  PGCONNECT_TIMEOUT: "connect_timeout",
  PGSSLMODE: "sslmode",
};

const names: ReadonlySet<string> = new Set(
  `service user password passfile channel_binding connect_timeout dbname host hostaddr port client_encoding options
application_name fallback_application_name keepalives keepalives_idle keepalives_interval keepalives_count tcp_user_timeout
sslmode sslcompression sslcert sslkey sslpassword sslrootcert sslcrl sslcrldir sslsni requirepeer ssl_min_protocol_version
ssl_max_protocol_version gssencmode krbsrvname gsslib replication target_session_attrs require_auth load_balance_hosts
sslcertmode gssdelegation sslnegotiation`.split(/\s+/),
);

const sslModes: ReadonlySet<string> = new Set([
  "disable",
  "allow",
  "prefer",
  "require",
  "verify-ca",
  "verify-full",
]);

/**
 * Returns the parameters that options and the environment make. A database that is a connection string or a URI goes before
 * options.
 *
 * @throws {ConnectionError}
 */
export function readParameters(process: ProcessContext, options: Parameters): Parameters {
  const { env } = process;
  const found: Record<string, string> = {};
  for (const [variable, name] of Object.entries(variables)) {
    const value = env[variable];
    if (value !== undefined && value !== "") found[name] = value;
  }
  const { dbname, ...others } = options;
  for (const [name, value] of Object.entries(others)) if (value !== "") found[name] = value;
  if (dbname !== undefined)
    Object.assign(found, isConnectionString(dbname) ? readString(dbname) : { dbname });
  if (found.user === undefined) {
    const own = new Accounts(process.files).userName(process.uid);
    if (own === undefined) throw new ConnectionError(`local user with ID ${process.uid} does not exist`);
    found.user = own;
  }
  if (found.sslmode !== undefined && !sslModes.has(found.sslmode)) {
    throw new ConnectionError(`invalid sslmode value: "${found.sslmode}"`);
  }
  return found;
}

function isConnectionString(text: string): boolean {
  return isUri(text) || text.includes("=");
}

function isUri(text: string): boolean {
  return /^postgres(?:ql)?:\/\//.test(text);
}

function readString(text: string): Parameters {
  return isUri(text) ? readUri(text) : readPairs(text);
}

/** Reads `host=web port=5432`. */
function readPairs(text: string): Parameters {
  const found: Record<string, string> = {};
  let rest = text.trimStart();
  while (rest !== "") {
    const [all, name = ""] = /^([^=\s]*)\s*/.exec(rest) ?? [""];
    rest = rest.slice(all.length);
    if (!rest.startsWith("=")) {
      throw new ConnectionError(`missing "=" after "${name}" in connection info string`);
    }
    rest = rest.slice(1).trimStart();
    const value = /^'((?:[^'\\]|\\.)*)'|^((?:[^\s\\]|\\.)*)/s.exec(rest);
    if (rest.startsWith("'") && value?.[1] === undefined) {
      throw new ConnectionError("unterminated quoted string in connection info string");
    }
    if (!names.has(name)) throw new ConnectionError(`invalid connection option "${name}"`);
    const given = (value?.[1] ?? value?.[2] ?? "").replace(/\\(.)/gs, "$1");
    if (given !== "") found[name] = given;
    rest = rest.slice(value?.[0].length ?? 0).trimStart();
  }
  return found;
}

/** Reads `postgres://user:password@host:port,host/database?name=value`. */
function readUri(uri: string): Parameters {
  const found: Record<string, string> = {};
  const set = (name: string, text: string | undefined): void => {
    if (text !== undefined && text !== "") found[name] = decoded(text);
  };
  let rest = uri.slice(uri.indexOf("://") + 3);
  const [credentials = "", user, , password] = /^([^:/?@]*)(:([^/?@]*))?@/.exec(rest) ?? [];
  set("user", user);
  set("password", password);
  rest = rest.slice(credentials.length);
  const hosts: string[] = [];
  const ports: string[] = [];
  for (;;) {
    if (rest.startsWith("[") && !rest.includes("]")) {
      throw new ConnectionError(
        `end of string reached when looking for matching "]" in IPv6 host address in URI: "${uri}"`,
      );
    }
    const [all = "", inBrackets, plain = "", port = ""] =
      /^(?:\[([^\]]*)\]|([^:/?,]*))(?::([^/?,]*))?/.exec(rest) ?? [];
    if (inBrackets === "") throw new ConnectionError(`IPv6 host address may not be empty in URI: "${uri}"`);
    hosts.push(inBrackets ?? plain);
    ports.push(port);
    rest = rest.slice(all.length);
    if (inBrackets !== undefined && rest !== "" && !/^[/?,]/.test(rest)) {
      throw new ConnectionError(
        `unexpected character "${rest[0]}" at position ${uri.length - rest.length + 1} in URI (expected ":" or "/"): "${uri}"`,
      );
    }
    if (!rest.startsWith(",")) break;
    rest = rest.slice(1);
  }
  set("host", hosts.join(","));
  if (ports.some((port) => port !== "")) set("port", ports.join(","));
  const [, database, query] = /^(?:\/([^?]*))?(?:\?(.*))?$/s.exec(rest) ?? [];
  set("dbname", database);
  for (const pair of query ? query.split("&") : []) {
    const [name = "", ...values] = pair.split("=");
    if (values.length === 0) {
      throw new ConnectionError(`missing key/value separator "=" in URI query parameter: "${name}"`);
    }
    const known = decoded(name) === "ssl" && values[0] === "true" ? "sslmode" : decoded(name);
    if (!names.has(known)) throw new ConnectionError(`invalid URI query parameter: "${known}"`);
    set(known, known === "sslmode" && name === "ssl" ? "require" : values.join("="));
  }
  return found;
}

function decoded(text: string): string {
  if (/%(?![0-9a-f]{2})/i.test(text)) throw new ConnectionError(`invalid percent-encoded token: "${text}"`);
  const bytes = new TextEncoder().encode(text.replace(/%00/g, ""));
  const plain: number[] = [];
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    if (byte !== 0x25) plain.push(byte);
    else {
      plain.push(Number.parseInt(String.fromCharCode(...bytes.subarray(at + 1, at + 3)), 16));
      at += 2;
    }
  }
  return new TextDecoder().decode(Uint8Array.from(plain));
}

/** One place to try. */
export interface Place {
  /** A host as it was given, or a directory of a socket. */
  readonly host: string;
  /** An address to go to, where it was given. */
  readonly address: string | undefined;
  readonly port: string;
}

const usualDirectory = "/var/run/postgresql";

/** Returns the places that parameters name. @throws {ConnectionError} */
export function placesOf({ host, hostaddr, port }: Parameters): readonly Place[] {
  const hosts = host?.split(",") ?? [];
  const addresses = hostaddr?.split(",") ?? [];
  const count = Math.max(hosts.length, addresses.length, 1);
  if (hosts.length > 0 && addresses.length > 0 && hosts.length !== addresses.length) {
    throw new ConnectionError(
      `could not match ${hosts.length} host names to ${addresses.length} hostaddr values`,
    );
  }
  const ports = port?.split(",") ?? [""];
  if (ports.length > 1 && ports.length !== count) {
    throw new ConnectionError(`could not match ${ports.length} port numbers to ${count} hosts`);
  }
  return Array.from({ length: count }, (_, at) => ({
    host: hosts[at] || (addresses[at] ? "" : usualDirectory),
    address: addresses[at] || undefined,
    port: (ports[at] ?? ports[0]) || "5432",
  }));
}

/** Reads a number of a parameter. @throws {ConnectionError} */
export function integer(name: string, text: string): number {
  if (!/^\s*[-+]?\d+\s*$/.test(text) || Math.abs(Number(text)) > 2 ** 31) {
    throw new ConnectionError(`invalid integer value "${text}" for connection option "${name}"`);
  }
  return Number(text);
}
