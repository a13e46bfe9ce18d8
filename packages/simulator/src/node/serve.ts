// `serve`: the Docker Engine API on a unix socket or a TCP port. It accepts sockets, admits clients (TLS,
// number of connections) and gives each socket to a `Connection` of `http1/`. The command, the Vitest fixture
// and users call it.

import { createServer, type Server, type Socket } from "node:net";
import { UsageError } from "@dryharbor/sdk/port";
import { release } from "../core/releases/release.js";
import { addDoor } from "../faults/engine/down.js";
import type { Simulator } from "../simulator.js";
import { Connection, type ConnectionOptions } from "./http1/connection.js";
import { defaultLimits, type Limits } from "./http1/limits.js";
import { type Address, addressOf, hostOf, isLocal } from "./listen/address.js";
import { listen } from "./listen/listen.js";
import { type Tls, tlsDoor } from "./listen/tls.js";
import { openFolders } from "./mounts/mounts.js";
import { publishPorts } from "./publish/publish.js";

/** A simulator that listens on a host. */
export interface Served {
  /** The host for `DOCKER_HOST`, e.g. `unix:///tmp/docker.sock` or `tcp://127.0.0.1:2375`. */
  readonly host: string;
  /** Stops listening, and ends streams and connections. The simulator stays open. */
  close(): Promise<void>;
}

/** The options of {@link serve}. */
export interface ServeOptions {
  /** The host to listen on: `unix:///path` or `tcp://127.0.0.1:port`. Port 0 takes any free port. */
  readonly host: string;
  /**
   * On TCP, admit only clients that have a certificate, as dockerd does with `--tlsverify`. Ignored for a
   * unix socket.
   */
  readonly tls?: Tls;
  /**
   * Allow addresses that other machines can reach: of {@link host}, which then requires {@link tls}, and of
   * published ports.
   */
  readonly allowRemote?: boolean;
  /**
   * Open the ports that containers publish on this machine, TCP and UDP, for as long as this server runs. Without
   * {@link allowRemote} they are opened on the loopback interface alone, at 127.0.0.1 and ::1 for `0.0.0.0` and `::`.
   * Where another program has a port, the container's start fails as on an engine.
   *
   * @example
   * await using simulator = createSimulator({ images: { web: { program: server } } });
   * const served = await serve(simulator, { host: "tcp://127.0.0.1:0", publish: true });
   * // … docker run -d -p 8080:80 web
   * await fetch("http://localhost:8080/");
   */
  readonly publish?: boolean;
  /**
   * Folders of this machine that containers may bind, for as long as this server runs. What lies in them is read
   * and written through, as the user of this process. Symbolic links and `..` never lead out of them: they are
   * resolved in the container's view, and what is outside of these folders is `simulator.host.files`.
   *
   * @example
   * const served = await serve(simulator, { host: "tcp://127.0.0.1:0", mounts: ["./html"] });
   * // … docker run -v "$PWD/html:/html:ro" busybox ls /html
   */
  readonly mounts?: readonly string[];
  /** Limits on what clients may use. Defaults are in {@link Limits}. */
  readonly limits?: Partial<Limits>;
  /** Called for each answer when its head has been sent, e.g. for a log. */
  readonly onAnswer?: (request: AnsweredRequest, status: number) => void;
}

/** A request, as a log shows it. */
export interface AnsweredRequest {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
}

/**
 * Milliseconds between the head of an answer and the output that follows it. On a real engine a process needs
 * about as long before it prints, and clients depend on it: docker-py reads the head through a buffer and
 * then the socket itself, so it loses output that comes together with the head.
 */
const headStart = 20;

/** Milliseconds in which connections must end when the server closes. */
const closingTime = 1_000;

/**
 * Serves the Docker Engine API on a unix socket (mode 0660) or on a port of the loopback interface. A socket
 * file that no process listens on any more is replaced.
 *
 * @throws {UsageError} the host is malformed, or it is remote and `tls` or `allowRemote` is missing; a folder to
 * mount is not there, is no folder, or is the root of the machine
 * @throws {ListenError} the host cannot be listened on, e.g. because another process does; or a port that a
 * container publishes already cannot be
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
  /** All open sockets, including those that have not shown their certificate yet. */
  const sockets = new Set<Socket>();
  const connections = new Set<Connection>();
  const connected = (socket: Socket): void => {
    const connection = new Connection(socket, options);
    connections.add(connection);
    socket.on("close", () => connections.delete(connection));
  };
  const letIn =
    tls && wanted.kind === "tcp" ? await tlsDoor(tls, limits.headMilliseconds, connected) : undefined;
  const unmount = mountFolders(simulator, given.mounts ?? []);
  let published: Awaited<ReturnType<typeof publishPorts>> | undefined;
  try {
    published = given.publish ? await publishPorts(simulator.host, given) : undefined;
  } catch (error) {
    unmount();
    throw error;
  }
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
  const door = (): Server => createServer({ allowHalfOpen: true, noDelay: true }, accept);
  let server = door();
  let address: Address;
  try {
    address = await listen(server, wanted);
  } catch (error) {
    published?.close();
    unmount();
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
  // A fault lets the engine restart: nobody listens meanwhile, and then somebody does at the same address.
  const forget = addDoor(simulator.calls, {
    close() {
      isDown = true;
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      moved = moved.then(() => closed);
    },
    open() {
      isDown = false;
      moved = moved.then(async () => {
        server = door();
        await listen(server, address);
      });
      moved.catch((error: Error) =>
        process.emitWarning(`the engine is back, and cannot listen: ${error.message}`),
      );
    },
  });
  return {
    host: hostOf(address),
    async close() {
      forget();
      await moved.catch(() => {});
      published?.close();
      const closed = new Promise((resolve) => server.close(resolve));
      for (const connection of connections) connection.stop();
      const late = setTimeout(() => {
        for (const socket of sockets) socket.destroy();
      }, closingTime);
      await closed;
      unmount();
      clearTimeout(late);
      clearInterval(slow);
    },
  };
}

/** Mounts folders of this machine on the simulated host. @returns what unmounts them */
function mountFolders({ host }: Simulator, paths: readonly string[]): () => void {
  const { drivers, close } = openFolders(paths);
  const undo = [close];
  const unmount = (): void => {
    for (const each of undo.reverse().splice(0)) each();
  };
  try {
    for (const [path, driver] of Object.entries(drivers)) undo.push(host.mount(path, driver));
  } catch (error) {
    unmount();
    throw new UsageError(`a folder cannot be mounted twice: ${paths.join(", ")}`, { cause: error });
  }
  return unmount;
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

/**
 * @throws {UsageError} other machines can reach the address, and it is not both allowed and guarded by TLS
 */
function checkReach(address: Address, { allowRemote, tls }: ServeOptions): void {
  if (isLocal(address) || (allowRemote && tls)) return;
  throw new UsageError(
    `other machines can reach ${hostOf(address)}, and the API lets its clients do anything: listen on 127.0.0.1, ` +
      "or admit only clients that have a certificate, with both --allow-remote and --tlsverify " +
      "(in a program: allowRemote and tls)",
  );
}
