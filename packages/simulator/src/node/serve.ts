import { createServer } from "node:net";
import { release } from "../core/releases/release.js";
import type { Simulator } from "../simulator.js";
import { Connection, type ConnectionOptions } from "./http1/connection.js";
import { defaultLimits } from "./http1/limits.js";
import { addressOf, hostOf } from "./listen/address.js";
import { listen } from "./listen/listen.js";

/** A simulator that listens. */
export interface Served {
  /** For `DOCKER_HOST`, e.g. `unix:///tmp/docker.sock` or `tcp://127.0.0.1:2375`. */
  readonly host: string;
  /** Ends streams and connections, and the listening. The simulator stays as it is. */
  close(): Promise<void>;
}

export interface ServeOptions {
  /** `unix:///path` or `tcp://127.0.0.1:port`; port 0 is any free one. */
  readonly host: string;
  /** Told of each answer when its head leaves: for a log. */
  readonly onAnswer?: (request: AnsweredRequest, status: number) => void;
}

/** A request as a log shows it. */
export interface AnsweredRequest {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
}

/**
 * A process on a real engine has something to say some milliseconds after the head of the answer, and clients count
 * on it: docker-py reads the head through a buffer and the stream beside it, so what comes along with the head is
 * lost to it.
 */
const headStart = 20;

/** Milliseconds that connections have to end in when the server closes. */
const closingTime = 1_000;

/**
 * Serves the Docker Engine API on a unix socket (mode 0660), or on a port of the loopback interface. A socket that
 * nobody listens on any more is taken over.
 *
 * @throws {UsageError} the host is none
 * @throws {ListenError} it cannot be listened at, e.g. because another process does
 */
export async function serve(simulator: Simulator, { host, onAnswer }: ServeOptions): Promise<Served> {
  const options: ConnectionOptions = {
    handle: simulator.handle,
    rules: release(simulator.release).http,
    limits: defaultLimits,
    headStart,
    ...(onAnswer && { answered: onAnswer }),
  };
  const connections = new Set<Connection>();
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    const connection = new Connection(socket, options);
    connections.add(connection);
    socket.on("close", () => connections.delete(connection));
  });
  const address = await listen(server, addressOf(host));
  return {
    host: hostOf(address),
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const connection of connections) connection.stop();
      const late = setTimeout(() => {
        for (const connection of connections) connection.destroy();
      }, closingTime);
      await closed;
      clearTimeout(late);
    },
  };
}
