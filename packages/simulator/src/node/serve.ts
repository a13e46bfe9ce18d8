// `serve`: the Docker Engine API on a unix socket or a TCP port, with what the simulator uses of this machine: its ports
// and folders. The command, the Vitest fixture and users call it.

import { UsageError } from "@dryharbor/sdk/port";
import { release } from "../core/releases/release.js";
import { addDoor } from "../faults/engine/down.js";
import type { Simulator } from "../simulator.js";
import type { ConnectionOptions } from "./http1/connection.js";
import { defaultLimits, type Limits } from "./http1/limits.js";
import { addressOf, hostOf } from "./listen/address.js";
import { httpServer } from "./listen/http-server.js";
import { checkReach } from "./listen/reach.js";
import type { Tls } from "./listen/tls.js";
import { openFolders } from "./mounts/mounts.js";
import { publishPorts } from "./publish/publish.js";

/** A simulator that listens on a host. */
export interface Served {
  /** The host for `DOCKER_HOST`, e.g. `unix:///tmp/docker.sock` or `tcp://127.0.0.1:2375`. */
  readonly host: string;
  /**
   * Serves another simulator from now on, at the same address, with what the options say of ports and folders. Connections
   * end as when an engine restarts. The simulator that was served stays open.
   *
   * @throws {ListenError} a port that a container of it publishes cannot be had; the other one is served as before
   *
   * @example
   * const before = await simulator.fork();
   * // … tests talk to served.host …
   * await served.replace(await before.fork());
   */
  replace(simulator: Simulator): Promise<void>;
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
  const options = { limits, headStart, ...(onAnswer && { answered: onAnswer }) };
  let behind: Behind | undefined;
  const server = await httpServer(wanted, {
    limits,
    ...(tls && { tls }),
    connection: () => ({ ...options, handle: behind!.handle, rules: behind!.rules }),
    async ready() {
      behind = await attach(simulator, given);
    },
    failed: () => behind?.detach(),
  });
  /** A fault lets the engine restart: nobody listens meanwhile, and then somebody does at the same address. */
  let forget = addDoor(simulator.calls, server.door);
  let current = simulator;
  return {
    host: hostOf(server.address),
    async replace(next) {
      behind!.detach();
      try {
        behind = await attach(next, given);
      } catch (error) {
        behind = await attach(current, given);
        throw error;
      }
      forget();
      current = next;
      server.door.open();
      server.cutOff();
      forget = addDoor(next.calls, server.door);
      await server.moved();
    },
    async close() {
      forget();
      await server.close(() => behind!.unpublish());
      behind!.detach();
    },
  };
}

/** What stands behind a server: a simulator, and what of this machine it uses. */
interface Behind extends Pick<ConnectionOptions, "handle" | "rules"> {
  /** Ends what it has published. */
  unpublish(): void;
  /** Ends what of this machine it uses. */
  detach(): void;
}

/** Lets a simulator use this machine, as options say. @throws {UsageError | ListenError} */
async function attach(simulator: Simulator, given: ServeOptions): Promise<Behind> {
  const unmount = mountFolders(simulator, given.mounts ?? []);
  try {
    const published = given.publish ? await publishPorts(simulator.host, given) : undefined;
    const unpublish = (): void => published?.close();
    return {
      handle: simulator.handle,
      rules: release(simulator.release).http,
      unpublish,
      detach() {
        unpublish();
        unmount();
      },
    };
  } catch (error) {
    unmount();
    throw error;
  }
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
