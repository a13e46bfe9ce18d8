// What a fault is: plain JSON, so that it can be stored and sent.

import type { CallName } from "../calls/call-name.js";

/**
 * Something that goes wrong on purpose.
 *
 * @example { call: "networks.connect", times: 1, error: { status: 500, message: "no more endpoints" } }
 */
export type Fault = CallFault | WayFault | NameFault | EngineFault;

/**
 * How often a fault strikes what it matches. Without any of these it strikes every time. Several hold together:
 * `{ each: 3, times: 2 }` strikes the third and the sixth time.
 */
export interface Often {
  /** It strikes this many times at most. */
  readonly times?: number;
  /** It strikes each n-th time: with 3 the third, the sixth and so on. */
  readonly each?: number;
  /** It strikes by chance: above 0, at most 1. The chance comes from the simulator's seed. */
  readonly probability?: number;
}

/**
 * A fault that strikes calls: those of the port, in this process, and requests of the Engine API alike. Where
 * several faults match a call, the one that was added first and is due strikes it.
 *
 * @example { route: "GET /containers/json", each: 3, drop: "before" }
 * @example { call: "containers.create", where: { labels: { "com.docker.compose.project": "shop" } }, delay: 5_000 }
 * @example { call: "events", stream: { after: 2, does: "break" } }
 */
export interface CallFault extends Often {
  /** The operation of the port, which is also what a request asks for. Either this or {@link route}. */
  readonly call?: CallName;
  /** A route of the engine, for requests over HTTP only. @example "POST /networks/{id}/connect" */
  readonly route?: string;
  /** Which of these calls. Default: all. */
  readonly where?: CallMatch;
  /** Milliseconds before the engine begins. */
  readonly delay?: number;
  /** Milliseconds that the answer is late. The engine has done everything by then. */
  readonly late?: number;
  /** The engine does nothing, and refuses with this. `status` is from 400 to 599. */
  readonly error?: { readonly status: number; readonly message: string };
  /**
   * The connection drops.
   * - `before`: the engine does nothing, and does not answer
   * - `after`: the engine does everything, and does not answer
   * - `body`: the engine does everything, and the connection breaks in the middle of the answer's body. What has no
   *   body is not answered, and a method of the port fails
   */
  readonly drop?: "before" | "after" | "body";
  /** What becomes of an answer that comes in pieces: events, progress, statistics, logs, archives. */
  readonly stream?: StreamFault;
  /**
   * The process of the container that this call starts ends at once, with this code (0 to 255). For
   * `containers.start` and `containers.restart`.
   */
  readonly exitCode?: number;
}

/** What becomes of an answer that comes in pieces. A piece is an event, a line of progress, or a part of an archive. */
export interface StreamFault {
  /** How many pieces come before. Default: half of a progress; of everything else none. */
  readonly after?: number;
  /**
   * - `break`: the connection breaks off
   * - `stall`: nothing comes for as long as {@link for} says
   * - `repeat`: what has come until then comes once more
   */
  readonly does: "break" | "stall" | "repeat";
  /** Milliseconds of a stall. Default: until the fault is removed. */
  readonly for?: number;
}

/** Which calls a fault matches. All of it has to hold. */
export interface CallMatch {
  /**
   * The arguments, as {@link RecordedCall.arguments} has them. Those that are missing or `null` may be anything, and
   * objects may have more fields.
   *
   * @example [null, { Container: "redis" }]
   */
  readonly arguments?: readonly unknown[];
  /** Variable parts of the route, by name. @example { id: "backend" } */
  readonly path?: Readonly<Record<string, string>>;
  /** Parameters of the query, by name. @example { force: "true" } */
  readonly query?: Readonly<Record<string, string>>;
  /** The container that the call is about: its name or its whole id, whichever of them the client used. */
  readonly container?: string;
  /** The network that the call is about: its name or its whole id, whichever of them the client used. */
  readonly network?: string;
  /** Labels of the container, network or volume that the call is about, or makes. */
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * One end of a way: the name or id of a container, `host` for the machine itself, `outside` for all machines
 * outside, or whoever is on a network.
 */
export type WayEnd = string | { readonly network: string };

/**
 * A fault of the ways that packets go. `ping`, programs, published ports, `simulator.reach` and `engine.traffic` see
 * it. Exactly one of {@link between}, {@link from} with {@link to}, and {@link network} says where.
 *
 * @example { between: ["web", "db"], partition: true }
 * @example { from: "web", to: "outside", latency: 200, jitter: 50, loss: 0.01 }
 * @example { network: "backend", bandwidth: 10_000 }
 */
export interface WayFault {
  /** The ends of a way that is struck in both directions. */
  readonly between?: readonly [WayEnd, WayEnd];
  /** The end from which packets come that are struck, while those of the other direction are not. */
  readonly from?: WayEnd;
  readonly to?: WayEnd;
  /** The network on which all packets are struck. */
  readonly network?: string;
  /** Nothing arrives. */
  readonly partition?: true;
  /** The share of packets that get lost, above 0, at most 1. TCP sends them again. */
  readonly loss?: number;
  /** Milliseconds that a packet is late. */
  readonly latency?: number;
  /** Milliseconds by which that varies, up and down. */
  readonly jitter?: number;
  /** Bytes a second. */
  readonly bandwidth?: number;
  /** Connections are reset: those that begin are refused, and others end with their next packet. */
  readonly reset?: true;
}

/**
 * A fault of names: what the DNS server answers that a container asks first.
 *
 * @example { name: "db", answer: "SERVFAIL" }
 * @example { name: "*", asker: "web", late: 3_000 }
 */
export interface NameFault extends Often {
  /** The name that is asked for; `*` for every name. */
  readonly name: string;
  /** The container that asks: its name or id. Default: all. */
  readonly asker?: string;
  /** What is answered. `silence` for nothing at all. */
  readonly answer?: "SERVFAIL" | "NXDOMAIN" | "REFUSED" | "silence";
  /** Milliseconds that the answer is late. */
  readonly late?: number;
}

/**
 * A fault of the engine itself.
 *
 * @example { engine: "restarting", for: 2_000 }
 * @example { engine: "disk full" }
 */
export interface EngineFault {
  /**
   * - `restarting`: the engine shuts down as on a restart of its service, and refuses connections. When the fault
   *   ends, it is back, with those containers running that their restart policies bring back
   * - `disk full`: nothing more fits on the disk. Programs in containers and the engine's own writes fail (ENOSPC)
   */
  readonly engine: "restarting" | "disk full";
  /** Milliseconds until the fault ends by itself. Default: when it is removed. */
  readonly for?: number;
}
