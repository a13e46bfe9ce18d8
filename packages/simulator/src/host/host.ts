// The simulated host: its network, from which published ports and containers are reached as from a shell on a
// Docker host, and its files, which bind mounts mount.

import type { Connection, ConnectOptions, Files, Network } from "@dryharbor/kernel";
import type { FileSystemDriver, SocketOwner } from "@dryharbor/kernel/host";
import { UsageError } from "@dryharbor/sdk/port";
import { hostFiles, mountOnHost } from "../core/host/files.js";
import type { HostPort } from "../core/ports/real-ports.js";
import { openOutputStream } from "../engine/output-stream.js";
import type { Session } from "../engine/session.js";
import type { HostProcess, HostProcesses, HostRunOptions } from "../runtime/host/processes.js";
import type { RealMachine } from "../runtime/network/real-machine.js";

/** The simulated machine that the engine runs on. */
export interface SimulatedHost {
  /** Loads and returns its network: what a program on the Docker host sees and opens. */
  network(): Promise<Network>;
  /**
   * Opens a TCP connection from the host, to a published port or to a container's own address.
   *
   * @param address an IP address. Default: 127.0.0.1
   * @throws {FileError} ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, ETIMEDOUT
   *
   * @example
   * const connection = await simulator.host.connect(6379);
   * await connection.write(new TextEncoder().encode("PING\r\n"));
   */
  connect(port: number, address?: string, options?: ConnectOptions): Promise<Connection>;
  /**
   * Like the web's `fetch`, from the host. It knows the names `localhost` and `docker`, which mean the host
   * itself, and IP addresses.
   *
   * @throws {UsageError} for another name, or a URL that is not `http:`
   * @throws {FileError} as {@link connect}
   *
   * @example
   * const response = await simulator.host.fetch("http://localhost:3000/");
   */
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>;
  /**
   * Starts a process on the host: a shell, `curl`, `ping`, or a program that is given, such as `docker`. It has
   * the host's files and network. All such processes share one PID namespace, which no container sees. A
   * {@link Simulator.snapshot} does not contain them, and {@link Simulator.close} ends them.
   *
   * @param command a command line for `sh -c`, or a program with its arguments, which no shell reads
   * @returns when the program has been started. The first process loads what host processes need
   * @throws {UsageError} the host has no such program, or the simulator is closed
   *
   * @example
   * const { stdout } = await collectOutput(await simulator.host.run("curl -s localhost:3000 | head -n 1"));
   *
   * @example
   * const shell = await simulator.host.run(["sh"], { terminal: { rows: 24, columns: 80 }, programs: { docker } });
   * await shell.write("docker ps\r");
   */
  run(command: string | readonly [string, ...string[]], options?: HostRunOptions): Promise<HostProcess>;
  /** The ports that containers publish at this moment. */
  readonly published: readonly PublishedAddress[];
  /**
   * Its files, which bind mounts mount. The host has the directories of a Debian host, such as `/home`, `/srv`
   * and `/etc`, and files that people bind, such as `/etc/localtime` and `/var/run/docker.sock`, a socket that
   * leads nowhere. They are part of a snapshot.
   *
   * @example
   * simulator.host.files.makeDirectories("/srv/html");
   * simulator.host.files.write("/srv/html/index.html", "hello\n");
   * // docker run -v /srv/html:/html:ro busybox cat /html/index.html
   */
  readonly files: Files;
  /**
   * Mounts another file system on the host, over what is at this path. Bind mounts of the path, or of what is
   * above it, mount it as well. `serve(simulator, { mounts: [...] })` of `@dryharbor/simulator/node` mounts
   * folders of the real machine with it. A snapshot does not contain it.
   *
   * @param path absolute; it is made when it does not exist
   * @returns what unmounts it. Containers that run keep what they have mounted
   * @throws {FileError} EBUSY something is mounted there already, or the path is `/`
   */
  mount(path: string, files: FileSystemDriver, options?: { readonly readOnly?: boolean }): () => void;
  /**
   * Makes the ports of a real machine a part of this one: published ports are opened there, and a start fails where
   * another program has one. `serve(simulator, { publish: true })` of `@dryharbor/simulator/node` calls this.
   *
   * @returns what ends it
   * @throws {UsageError} another machine has been given
   */
  publishOn(real: RealMachine): () => void;
}

/** A port of the host that leads to a container. */
export interface PublishedAddress extends HostPort {
  /** The name of the container. */
  readonly container: string;
}

/** Whoever asks from outside is no process: it never stands still, and it closes its sockets itself. */
const outsider: SocketOwner = { pid: 0, running: () => undefined, atEnd: () => () => {} };

/** The names of the host in its own /etc/hosts. The course calls its Docker host `docker`. */
const ownNames = new Set(["localhost", "docker"]);

/** Makes the host of an engine. */
export function simulatedHost(session: Session): SimulatedHost {
  const { daemon, runtime } = session;
  let processes: HostProcesses | undefined;
  let made: Promise<Network> | undefined;
  let files: Files | undefined;
  const network = (): Promise<Network> => {
    made ??= runtime.network().then(
      ({ ProcessNetwork, stacks }) => new ProcessNetwork(stacks.host(), outsider),
      (error: unknown) => {
        made = undefined;
        throw error;
      },
    );
    return made;
  };
  const connect: SimulatedHost["connect"] = async (port, address = "127.0.0.1", options = {}) =>
    (await network()).connect(address, port, options);
  return {
    network,
    connect,
    async run(command, options = {}) {
      session.admit(undefined);
      const argv = typeof command === "string" ? (["sh", "-c", command] as const) : command;
      const { HostProcesses, ProcessNetwork, stacks } = await runtime.network();
      await runtime.loadPrograms(argv);
      session.admit(undefined);
      processes ??= new HostProcesses({
        daemon,
        time: session.time,
        programs: runtime.programs,
        network: (owner) => new ProcessNetwork(stacks.host(), owner),
        openOutput: (released) => openOutputStream(session, undefined, released, "ends"),
        whenClosed: (close) => session.whenClosed(close),
      });
      return processes.run(argv, options);
    },
    get published() {
      return runtime.published.map(({ protocol, hostAddress, hostPort, container }) => ({
        protocol,
        address: hostAddress,
        port: hostPort,
        container: container.name,
      }));
    },
    get files() {
      files ??= hostFiles(daemon);
      return files;
    },
    mount: (path, driver, options) => mountOnHost(daemon, path, driver, options),
    publishOn: (real) => runtime.publishOn(real),
    async fetch(input, init) {
      const { fetchBy } = await import("@dryharbor/programs/http");
      return fetchBy((name, port) => connect(port, addressOf(name)), input, init);
    },
  };
}

function addressOf(name: string): string {
  if (ownNames.has(name.toLowerCase())) return "127.0.0.1";
  if (/^[\d.]+$/.test(name) || name.includes(":")) return name;
  throw new UsageError(
    `the simulated host does not know the name "${name}": use localhost with a published port, or an IP address`,
  );
}
