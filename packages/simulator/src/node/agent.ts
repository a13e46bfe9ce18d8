import { Agent, type AgentOptions, type ClientRequestArgs } from "node:http";
import type { Duplex } from "node:stream";
import { inspect } from "node:util";
import { release } from "../core/releases/release.js";
import type { Simulator } from "../simulator.js";
import { Connection, type ConnectionOptions } from "./http1/connection.js";
import { defaultLimits } from "./http1/limits.js";
import { memorySockets } from "./memory-socket.js";

/**
 * Takes every request that a Node HTTP client sends through it to the simulator, with no port and nothing
 * patched, wherever the request says it goes. Streams that take a connection over work, too.
 *
 * @example
 * const simulator = createSimulator();
 * const docker = new Docker({ protocol: "http", host: "simulator", agent: agent(simulator) });
 * await docker.createNetwork({ Name: "backend" });
 */
export function agent(simulator: Simulator, options?: AgentOptions): Agent {
  return new SimulatorAgent(
    {
      handle: simulator.handle,
      rules: release(simulator.release).http,
      limits: defaultLimits,
    },
    options,
  );
}

class SimulatorAgent extends Agent {
  readonly #connection: ConnectionOptions;

  constructor(connection: ConnectionOptions, options?: AgentOptions) {
    super(options);
    this.#connection = connection;
  }

  override createConnection(_options: ClientRequestArgs): Duplex {
    const { client, server } = memorySockets();
    new Connection(server, this.#connection);
    return client;
  }

  /** In a word: docker-modem inspects all of it with every request, for a log that is usually off. */
  [inspect.custom](): string {
    return "SimulatorAgent";
  }
}
