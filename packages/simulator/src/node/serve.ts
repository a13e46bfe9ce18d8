import { createServer, type Socket } from "node:net";
import { UsageError } from "@dryharbor/sdk/port";
import { release } from "../core/releases/release.js";
import type { Simulator } from "../simulator.js";
import { Connection, type ConnectionOptions } from "./http1/connection.js";
import { defaultLimits, type Limits } from "./http1/limits.js";
import { type Address, addressOf, hostOf, isLocal } from "./listen/address.js";
import { listen } from "./listen/listen.js";
import { type Tls, tlsDoor } from "./listen/tls.js";

/** A simulator that listens. */
export interface Served {
  /** For `DOCKER_HOST`, e.g. `unix:///tmp/docker.sock` or `tcp://127.0.0.1:2375`. */
  readonly host: string;
  /** Ends streams and connections, and the listening. The simulator stays as it is. */
  close(): Promise<void>;
}

/** What {@link serve} takes. */
export interface ServeOptions {
  /** `unix:///path` or `tcp://127.0.0.1:port`; port 0 is any free one. */
  readonly host: string;
  /** On TCP, let in only who has a certificate, as dockerd does with `--tlsverify`. A unix socket has no use for it. */
  readonly tls?: Tls;
  /** Listen where other machines reach it, too: with {@link tls} only. */
  readonly allowRemote?: boolean;
  /** What clients may cost; what is left out is as {@link Limits} says. */
  readonly limits?: Partial<Limits>;
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
 * @throws {UsageError} the host is none, or must not be listened at as things are
 * @throws {ListenError} it cannot be listened at, e.g. because another process does
 */
export async function serve(simulator: Simulator, given: ServeOptions): Promise<Served> {
  const { host, onAnswer, tls } = given;
  const limits = { ...defaultLimits, ...given.limits };
  const wanted = addressOf(host);
  checkReach(wanted, given);
  const options: ConnectionOptions = {
    handle: simulator.handle,
    rules: release(simulator.release).http,
    limits,
    headStart,
    ...(onAnswer && { answered: onAnswer }),
  };
  /** All that are open, those among them that are still to show a certificate. */
  const sockets = new Set<Socket>();
  const connections = new Set<Connection>();
  const connected = (socket: Socket): void => {
    const connection = new Connection(socket, options);
    connections.add(connection);
    socket.on("close", () => connections.delete(connection));
  };
  const letIn =
    tls && wanted.kind === "tcp" ? await tlsDoor(tls, limits.headMilliseconds, connected) : undefined;
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    if (sockets.size >= limits.connections) {
      if (letIn) socket.destroy();
      else refuse(socket, limits.connections);
      return;
    }
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    (letIn ?? connected)(socket);
  });
  const address = await listen(server, wanted);
  const slow = setInterval(
    () => {
      const since = Date.now() - limits.headMilliseconds;
      for (const connection of connections) {
        if (connection.headSince !== 0 && connection.headSince < since) connection.destroy();
      }
    },
    Math.min(5_000, limits.headMilliseconds / 2),
  );
  slow.unref();
  return {
    host: hostOf(address),
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const connection of connections) connection.stop();
      const late = setTimeout(() => {
        for (const socket of sockets) socket.destroy();
      }, closingTime);
      await closed;
      clearTimeout(late);
      clearInterval(slow);
    },
  };
}

/** There are too many already. */
function refuse(socket: Socket, most: number): void {
  const body = JSON.stringify({ message: `the simulator takes ${most} connections at once: close some` });
  socket.on("error", () => {});
  socket.end(
    "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\n" +
      `Connection: close\r\nContent-Length: ${body.length + 1}\r\n\r\n${body}\n`,
  );
  socket.resume();
  setTimeout(() => socket.destroy(), closingTime).unref();
}

/** @throws {UsageError} */
function checkReach(address: Address, { allowRemote, tls }: ServeOptions): void {
  if (isLocal(address) || (allowRemote && tls)) return;
  throw new UsageError(
    `${hostOf(address)} can be reached from other machines, and whoever reaches it could do all there is: listen on ` +
      "127.0.0.1, or let in only who has a certificate, with both --allow-remote and --tlsverify " +
      "(in a program: allowRemote and tls)",
  );
}
