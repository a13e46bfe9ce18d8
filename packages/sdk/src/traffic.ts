import type { CallOptions } from "./call.js";

/** What to ask for: a TCP connection, or without a port an answer to a ping. */
export interface TrafficProbe {
  /** An IPv4 or IPv6 address. */
  address: string;
  port?: number;
}

/**
 * What became of it:
 * - `answers`: the connection stands, or the ping is answered
 * - `refused`: the host is there, and nobody listens at the port
 * - `no-route`: the asker's kernel or a router says at once that it cannot be reached
 * - `silent`: nothing came back in time
 */
export type TrafficAnswer = "answers" | "refused" | "no-route" | "silent";

/** Traffic as containers see it. No Engine API route: connections and pings from inside a network namespace. */
export interface Traffic {
  /**
   * Tries to reach addresses from inside the network namespace of a running container. Gives one answer a probe,
   * in order.
   *
   * @throws {NotFoundError} no such container.
   * @throws {ConflictError} the container does not run.
   */
  probe(container: string, probes: readonly TrafficProbe[], options?: CallOptions): Promise<TrafficAnswer[]>;
  /** As {@link probe}, from the engine's own host: so published ports are reached at 127.0.0.1. */
  probeFromHost(probes: readonly TrafficProbe[], options?: CallOptions): Promise<TrafficAnswer[]>;
}
