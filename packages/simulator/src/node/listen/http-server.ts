// A server of HTTP/1: it accepts sockets, admits clients (TLS, number of connections) and gives each socket to a
// `Connection` of `http1/`.

import { createServer, type Server, type Socket } from "node:net";
import type { Door } from "../../faults/engine/down.js";
import { Connection, type ConnectionOptions } from "../http1/connection.js";
import type { Limits } from "../http1/limits.js";
import type { Address } from "./address.js";
import { listen } from "./listen.js";
import { type Tls, tlsDoor } from "./tls.js";

/** A server that listens. */
export interface HttpServer {
  /** Where it listens, with the port that the system chose. */
  readonly address: Address;
  /** Lets nobody in as long as it is closed: nobody listens then. */
  readonly door: Door;
  /** Resolves when the door is as it was last told to be. */
  moved(): Promise<void>;
  /** Ends all connections at once. */
  cutOff(): void;
  /**
   * Stops listening, and ends streams and connections.
   * @param first called before connections end
   */
  close(first?: () => void): Promise<void>;
}

/** Options of {@link httpServer}. */
export interface HttpServerOptions {
  readonly limits: Limits;
  /** Admits only clients that have a certificate, on TCP. */
  readonly tls?: Tls;
  /** Returns the options of a connection that begins now. */
  readonly connection: () => ConnectionOptions;
  /** Called before it listens, once the certificates are known to be good. */
  readonly ready?: () => Promise<void>;
  /** Called where it cannot listen after that. */
  readonly failed?: () => void;
}

/** Milliseconds in which connections must end when the server closes. */
const closingTime = 1_000;

/**
 * Serves HTTP/1 at an address.
 *
 * @throws {UsageError} the certificates are no good
 * @throws {ListenError} the address cannot be listened on
 */
export async function httpServer(wanted: Address, options: HttpServerOptions): Promise<HttpServer> {
  const { limits, tls } = options;
  /** All open sockets, including those that have not shown their certificate yet. */
  const sockets = new Set<Socket>();
  const connections = new Set<Connection>();
  const connected = (socket: Socket): void => {
    const connection = new Connection(socket, options.connection());
    connections.add(connection);
    socket.on("close", () => connections.delete(connection));
  };
  const letIn =
    tls && wanted.kind === "tcp" ? await tlsDoor(tls, limits.headMilliseconds, connected) : undefined;
  await options.ready?.();
  let isDown = false;
  const accept = (socket: Socket): void => {
    // Between two doors, as on an engine that goes down at this moment.
    if (isDown) {
      socket.destroy();
      return;
    }
    if (sockets.size >= limits.connections) {
      if (letIn) socket.destroy();
      else refuse(socket, limits.connections);
      return;
    }
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    (letIn ?? connected)(socket);
  };
  const newServer = (): Server => createServer({ allowHalfOpen: true, noDelay: true }, accept);
  let server = newServer();
  let address: Address;
  try {
    address = await listen(server, wanted);
  } catch (error) {
    options.failed?.();
    throw error;
  }
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
  let moved: Promise<unknown> = Promise.resolve();
  const hasMoved = async (): Promise<void> => {
    await moved.catch(() => {});
  };
  const cutOff = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    address,
    cutOff,
    moved: hasMoved,
    door: {
      close() {
        if (isDown) return;
        isDown = true;
        const closed = new Promise((resolve) => server.close(resolve));
        cutOff();
        moved = moved.then(() => closed);
      },
      open() {
        if (!isDown) return;
        isDown = false;
        moved = moved.then(async () => {
          server = newServer();
          await listen(server, address);
        });
        moved.catch((error: Error) =>
          process.emitWarning(`the engine is back, and cannot listen: ${error.message}`),
        );
      },
    },
    async close(first) {
      await hasMoved();
      first?.();
      const closed = new Promise((resolve) => server.close(resolve));
      for (const connection of connections) connection.stop();
      const late = setTimeout(cutOff, closingTime);
      await closed;
      clearTimeout(late);
      clearInterval(slow);
    },
  };
}

/** Answers 503 to a client that comes when the number of connections is reached. */
function refuse(socket: Socket, most: number): void {
  const body = JSON.stringify({ message: `the simulator accepts ${most} connections at once: close some` });
  socket.on("error", () => {});
  socket.end(
    "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\n" +
      `Connection: close\r\nContent-Length: ${body.length + 1}\r\n\r\n${body}\n`,
  );
  socket.resume();
  setTimeout(() => socket.destroy(), closingTime).unref();
}
