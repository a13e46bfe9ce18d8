import { once } from "node:events";
import { chmod } from "node:fs/promises";
import { createServer, type ListenOptions } from "node:net";
import { release } from "../core/releases/release.js";
import type { Simulator } from "../simulator.js";
import { Connection, type ConnectionOptions } from "./http1/connection.js";
import { defaultLimits } from "./http1/limits.js";

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
}

/** Many clients may come at once; 511 is what Node asks for, too. */
const backlog = 4096;

/**
 * A process on a real engine has something to say some milliseconds after the head of the answer, and clients count
 * on it: docker-py reads the head through a buffer and the stream beside it, so what comes along with the head is
 * lost to it.
 */
const headStart = 20;

/** Serves the Docker Engine API on a unix socket, or on a port of the loopback interface. */
export async function serve(simulator: Simulator, { host }: ServeOptions): Promise<Served> {
  const options: ConnectionOptions = {
    handle: simulator.handle,
    rules: release(simulator.release).http,
    limits: defaultLimits,
    headStart,
  };
  const connections = new Set<Connection>();
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    const connection = new Connection(socket, options);
    connections.add(connection);
    socket.on("close", () => connections.delete(connection));
  });
  const place = placeOf(host);
  server.listen({ ...place, backlog });
  await once(server, "listening");
  if (place.path !== undefined) await chmod(place.path, 0o660);
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : undefined;
  return {
    host: port === undefined ? host : `tcp://${place.host}:${port}`,
    async close() {
      for (const connection of connections) connection.stop();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function placeOf(host: string): ListenOptions {
  if (host.startsWith("unix://")) return { path: host.slice("unix://".length) };
  const { protocol, hostname, port } = new URL(host);
  if (protocol !== "tcp:") throw new TypeError(`a host is unix:///path or tcp://127.0.0.1:port, not ${host}`);
  if (!/^(127\.|localhost$|\[::1\]$)/.test(hostname)) {
    throw new TypeError(
      `${hostname} is not of this machine alone, and whoever reaches it could do all there is`,
    );
  }
  return { host: hostname.replace(/^\[|\]$/g, ""), port: Number(port) };
}
