// How libpq connects, as far as a server that says no more than a stand-in does.
import { type Connection, FileError, LookupError, type ProcessContext } from "@dryharbor/kernel";
import { ConnectionError, integer, type Parameters, type Place, placesOf } from "./connection-parameters.js";

const closed =
  "server closed the connection unexpectedly\n" +
  "\tThis probably means the server terminated abnormally\n" +
  "\tbefore or while processing the request.\n";

const isRunningThere = "\tIs the server running on that host and accepting TCP/IP connections?\n";
const isRunningHere = "\tIs the server running locally and accepting connections on that socket?\n";

/** A request for TLS: its length, and the number that stands in place of a version. */
const tlsRequest = Uint8Array.of(0, 0, 0, 8, 4, 0xd2, 0x16, 0x2f);

/**
 * Connects to the first place that takes it and says so.
 *
 * @throws {ConnectionError} always: with libpq's words, or in those of the simulator where a server speaks the protocol
 */
export async function connect(process: ProcessContext, parameters: Parameters): Promise<never> {
  const problems: string[] = [];
  for (const place of placesOf(parameters)) problems.push(...(await problemsOf(process, place, parameters)));
  throw new ConnectionError(problems.join(""));
}

/** Returns why there is no connection to a place: one text for each of its addresses, with its line end. */
async function problemsOf(
  process: ProcessContext,
  place: Place,
  parameters: Parameters,
): Promise<readonly string[]> {
  const port = integer("port", place.port);
  if (port < 1 || port > 65_535) throw new ConnectionError(`invalid port number: "${place.port}"`);
  const seconds = integer("connect_timeout", parameters.connect_timeout ?? "0");
  // One second is too little for it, as a timer may be late by one.
  const within = seconds > 0 ? { within: Math.max(seconds, 2) * 1000 } : {};
  if (place.host.startsWith("/")) return [await problemOfSocket(process, place.host, port, parameters)];
  let addresses: readonly string[];
  try {
    ({ addresses } = await process.lookup(place.address ?? place.host));
  } catch (error) {
    if (!(error instanceof LookupError)) throw error;
    return [`could not translate host name "${place.host}" to address: ${error.message}\n`];
  }
  const problems: string[] = [];
  for (const address of addresses) {
    const isNamed = place.host !== "" && place.host !== address && place.address === undefined;
    const to = isNamed ? `"${place.host}" (${address})` : `"${address}"`;
    const said = (problem: string): string => saying(process, { to, address, port, place }, problem);
    try {
      const connection = await process.network.connect(address, port, within);
      problems.push(said(await refusal(process, connection, parameters)));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      const isLate = error.code === "ETIMEDOUT" && seconds > 0;
      problems.push(said(isLate ? "timeout expired\n" : `${error.message}\n${isRunningThere}`));
    }
  }
  return problems;
}

/** A socket of the file system stands for the port that its server listens on. */
async function problemOfSocket(
  process: ProcessContext,
  directory: string,
  port: number,
  parameters: Parameters,
): Promise<string> {
  const path = `${directory}/.s.PGSQL.${port}`;
  const isListening =
    directory === "/var/run/postgresql" &&
    process.network
      .sockets()
      .some(({ protocol, state, local }) => protocol === "tcp" && state === "LISTEN" && local.port === port);
  if (!isListening) {
    if (isOld(process)) {
      return (
        "could not connect to server: No such file or directory\n" +
        `\tIs the server running locally and accepting\n\tconnections on Unix domain socket "${path}"?\n`
      );
    }
    return `connection to server on socket "${path}" failed: No such file or directory\n${isRunningHere}`;
  }
  const connection = await process.network.connect("127.0.0.1", port);
  const problem = await refusal(process, connection, { ...parameters, sslmode: "disable" });
  return isOld(process) ? problem : `connection to server on socket "${path}" failed: ${problem}`;
}

/** Speaks with a server. Resolves to what has ended it. */
async function refusal(
  { env }: ProcessContext,
  connection: Connection,
  { user = "", dbname = user, sslmode = "prefer" }: Parameters,
): Promise<string> {
  try {
    if (sslmode !== "disable" && sslmode !== "allow") {
      await connection.write(tlsRequest);
      const [answer] = (await connection.read(1)) ?? [];
      if (answer === undefined) return closed;
      if (answer === 0x53) return "the simulator's client speaks no TLS: set PGSSLMODE=disable\n";
      if (answer !== 0x4e)
        return `received invalid response to SSL negotiation: ${String.fromCharCode(answer)}\n`;
      if (sslmode !== "prefer") return "server does not support SSL, but SSL was required\n";
    }
    await connection.write(startup(user, dbname, env.PGAPPNAME ?? ""));
    if (!(await connection.read(1))) return closed;
    return "the server answers, but the simulator's client can only connect: ask it with a client of your own\n";
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return closed;
  } finally {
    connection.close();
  }
}

/** The first message of a client: version 3.0, and what it wants. */
function startup(user: string, database: string, application: string): Uint8Array {
  const pairs = ["user", user, "database", database, "application_name", application];
  const text = new TextEncoder().encode(`${pairs.join("\0")}\0\0`);
  const message = new Uint8Array(8 + text.length);
  new DataView(message.buffer).setUint32(0, message.length);
  new DataView(message.buffer).setUint32(4, 3 << 16);
  message.set(text, 8);
  return message;
}

function saying(
  process: ProcessContext,
  { to, address, port, place }: { to: string; address: string; port: number; place: Place },
  problem: string,
): string {
  if (!isOld(process)) return `connection to server at ${to}, port ${port} failed: ${problem}`;
  if (!problem.endsWith(isRunningThere)) return problem;
  const host = place.host === address ? `"${place.host}"` : `"${place.host}" (${address})`;
  return (
    `could not connect to server: ${problem.slice(0, -isRunningThere.length)}` +
    `\tIs the server running on host ${host} and accepting\n\tTCP/IP connections on port ${port}?\n`
  );
}

/** Whether it is a libpq before 14, which says otherwise where it could not connect. */
function isOld({ env }: ProcessContext): boolean {
  return Number(env.PG_MAJOR ?? 99) < 14;
}
