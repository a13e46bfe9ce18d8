// Connections that curl keeps for further requests.
import { type Connection, FileError } from "@dryharbor/kernel";
import { SocketReader } from "../busybox/socket-reader.js";
import type { Build } from "./build.js";
import type { Output } from "./output.js";

/** A connection to a server or a proxy. */
export interface Link {
  /** Its number, from 0. */
  readonly number: number;
  readonly connection: Connection;
  readonly reader: SocketReader;
  /** The host's name as traces show it. */
  readonly host: string;
  /** What it can be used for: see {@link LinkPool.take}. */
  readonly key: string;
  /** Whether a request was sent over it before. */
  used: boolean;
}

/** The connections of one curl. */
export class LinkPool {
  readonly #build: Build;
  readonly #output: Output;
  readonly #idle: Link[] = [];
  #next = 0;

  constructor(build: Build, output: Output) {
    this.#build = build;
    this.#output = output;
  }

  /** Numbers a connection that is being made. */
  newNumber(): number {
    return this.#next++;
  }

  add(number: number, connection: Connection, host: string, key: string): Link {
    return { number, connection, reader: new SocketReader(connection), host, key, used: false };
  }

  /** Returns a connection for the same purpose that is not in use, if there is one that still lives. */
  async take(key: string, isProxy: boolean): Promise<Link | undefined> {
    const at = this.#idle.findIndex((each) => each.key === key);
    const link = this.#idle[at];
    if (!link) return undefined;
    this.#idle.splice(at, 1);
    if (!(await isAlive(link))) {
      this.#output.info(`Connection ${link.number} seems to be dead`);
      this.close(link, "shutting down");
      return undefined;
    }
    const kind = isProxy ? "proxy" : "host";
    if (this.#build.since("8.10"))
      this.#output.info(`Re-using existing http: connection with ${kind} ${link.host}`);
    else {
      this.#output.info("Found bundle for host: 0x5581d0c5a5b0 [serially]");
      this.#output.info("Can not multiplex, even if we wanted to");
      const number = this.#build.since("8.4") ? "" : ` #${link.number}`;
      this.#output.info(`Re-using existing connection${number} with ${kind} ${link.host}`);
    }
    return link;
  }

  /** Keeps a connection for the next request. */
  keep(link: Link): void {
    this.#output.info(`Connection #${link.number} to host ${link.host} left intact`);
    this.#idle.push(link);
  }

  /** Closes a connection. @param how what releases from 8.10 on call it */
  close(
    { number, connection }: Pick<Link, "number"> & { connection?: Connection },
    how: "closing" | "shutting down",
  ): void {
    this.#output.info(this.#closingText(number, how));
    connection?.close();
  }

  #closingText(number: number, how: string): string {
    if (this.#build.since("8.10")) return `${how} connection #${number}`;
    return this.#build.since("8.4") ? "Closing connection" : `Closing connection ${number}`;
  }
}

/** Returns whether the other side has neither closed a connection nor sent something that nobody asked for. */
async function isAlive({ connection }: Link): Promise<boolean> {
  try {
    await connection.read(1, { within: 0 });
    return false;
  } catch (error) {
    if (error instanceof FileError) return error.code === "EAGAIN";
    throw error;
  }
}
