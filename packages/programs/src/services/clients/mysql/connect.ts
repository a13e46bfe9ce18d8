import { FileError, LookupError, type ProcessContext } from "@dryharbor/kernel";
import { errorNumbers } from "../../stand-ins/reach.js";
import type { Failure, Flavour } from "./flavour.js";
import type { Options } from "./options.js";

/** Where a client of MySQL or MariaDB connects to. */
export interface Place {
  /** `undefined` for a socket of the file system. */
  readonly host: string | undefined;
  readonly port: number;
  readonly socket: string;
}

/** Returns the place that options and the environment name. */
export function placeOf({ env }: ProcessContext, { given }: Options, flavour: Flavour): Place {
  const host = given.get("host") || (flavour.warnsOfPasswords ? undefined : env.MYSQL_HOST) || "localhost";
  const port = Number(given.get("port") ?? env.MYSQL_TCP_PORT ?? 3306) & 0xffff || 3306;
  const socket = given.get("socket") ?? env.MYSQL_UNIX_PORT ?? flavour.socket;
  const protocol = given.get("protocol")?.toLowerCase();
  const isTcp =
    protocol === "tcp" ||
    (protocol === undefined && flavour.portMeansTcp && given.has("port") && !given.has("socket"));
  return { host: host === "localhost" && !isTcp ? undefined : host, port, socket };
}

/** Connects. Resolves to why there is no connection that lasts. */
export async function connect(
  process: ProcessContext,
  { host, port, socket }: Place,
  flavour: Flavour,
  timeout: string | undefined,
): Promise<Failure> {
  let addresses: readonly string[];
  if (host === undefined) {
    // The socket stands for the port that the server listens on.
    const server = process.network
      .sockets()
      .find(
        ({ protocol, state, local }) =>
          protocol === "tcp" && state === "LISTEN" && (local.port === port || local.port === 3306),
      );
    if (!server || socket !== flavour.socket) return flavour.noSocket(socket);
    return talk(process, "127.0.0.1", server.local.port, flavour);
  }
  try {
    ({ addresses } = await process.lookup(host));
  } catch (error) {
    if (!(error instanceof LookupError)) throw error;
    return flavour.unknownHost(host);
  }
  let failure = flavour.unknownHost(host);
  for (const address of addresses) {
    try {
      return await talk(process, address, port, flavour, Number(timeout ?? 0));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      failure = flavour.noConnection(host, port, errorNumbers[error.code] ?? 110);
    }
  }
  return failure;
}

/** @throws {FileError} there is no connection */
async function talk(
  { network }: ProcessContext,
  address: string,
  port: number,
  flavour: Flavour,
  seconds = 0,
): Promise<Failure> {
  const connection = await network.connect(address, port, seconds > 0 ? { within: seconds * 1000 } : {});
  try {
    if (!(await connection.read(1))) return flavour.lost(0);
    return {
      number: 2000,
      text: "the server answers, but the simulator's client can only connect: ask it with a client of your own",
    };
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return flavour.lost(errorNumbers[error.code] ?? 104);
  } finally {
    connection.close();
  }
}
