import { Agent, type AgentOptions, type ClientRequestArgs } from "node:http";
import type { Duplex } from "node:stream";
import { inspect } from "node:util";
import { release } from "../core/releases/release.js";
import type { Simulator } from "../simulator.js";
import { Connection, type ConnectionOptions } from "./http1/connection.js";
import { defaultLimits } from "./http1/limits.js";
import { memorySockets } from "./memory-socket.js";

/**
 * Returns an agent for Node's HTTP clients that carries every request to the simulator, whatever host the
 * request names. It opens no port and patches nothing. Streams that take over a connection work, too.
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

  /** Prints one word. docker-modem inspects the agent with every request, for a log that is usually off. */
  [inspect.custom](): string {
    return "SimulatorAgent";
  }
}
