// What a network stack asks of the machine around it: what becomes of a packet that it sends. The code that
// sets network namespaces up implements `Router`; it alone knows who is wired to whom.
import type { FileErrorCode } from "../files/file-error.js";
import type { Line } from "./line.js";
import type { SocketAddress } from "./sockets.js";
import type { NetworkStack } from "./stack.js";

/** Decides what becomes of packets. */
export interface Router {
  /** A number that changes whenever a decision may come out otherwise. Decisions are kept until then. */
  readonly generation: number;
  /** Decides about the first packet of a flow. What follows it, in both directions, goes the same way. */
  route(from: NetworkStack, packet: Outgoing): Passage;
}

/** The first packet of a flow. */
export interface Outgoing {
  /** `arp` for the question who has the destination's address on the link of `device`. */
  readonly protocol: "tcp" | "udp" | "icmp" | "arp";
  /** The address that the socket is bound to. `undefined` where the route chooses it. */
  readonly source: string | undefined;
  readonly destination: SocketAddress;
  /** The interface by which it must leave. `undefined` where the route chooses it. */
  readonly device?: string | undefined;
}

/** What becomes of a packet. With `no-route` the sender's own kernel refuses to send it. */
export type Passage = Delivered | Lost | { readonly kind: "no-route"; readonly error: FileErrorCode };

/** The packet arrives. */
export interface Delivered {
  readonly kind: "delivered";
  /** The address that the sender has, as its own socket names it. */
  readonly local: string;
  /** By which interface it leaves, and the neighbour that it is handed to. */
  readonly out: Hop;
  /** Who receives it. */
  readonly to: NetworkStack;
  /** The sender's address as the receiver sees it. */
  readonly source: string;
  /** Where the receiver sees it arrive. */
  readonly destination: SocketAddress;
  /** By which of the receiver's interfaces it arrives, and the neighbour that it comes from. */
  readonly in: Hop;
  /** The addresses of the routers on the way, as they name themselves to the sender. */
  readonly routers: readonly string[];
  /** What befalls packets on their way there, and those that come back. */
  readonly there?: Line | undefined;
  readonly back?: Line | undefined;
  /** Whether something on the way resets connections. */
  readonly resets?: boolean | undefined;
}

/** The packet does not arrive. */
export interface Lost {
  /**
   * - `dropped`: nobody says anything
   * - `unresolved`: no neighbour has the address, so the sender's kernel gives up after three seconds
   * - `rejected`: a host on the way answers with the ICMP error `code`
   */
  readonly kind: "dropped" | "unresolved" | "rejected";
  readonly local: string;
  readonly out: Hop;
  readonly routers: readonly string[];
  /** Of a rejected packet: the host that says so. */
  readonly by?: string;
  /** Of a rejected packet: the ICMP code of "destination unreachable": 0 network, 1 host, 3 port, 13 prohibited. */
  readonly code?: number;
}

/** An interface, and the neighbour on the other side of its link. */
export interface Hop {
  /** The name of the interface, `lo` for packets that stay in the namespace. */
  readonly device: string;
  /** The neighbour's address. Empty on `lo`. */
  readonly address: string;
  /** The neighbour's MAC address. Empty while nobody has answered. */
  readonly mac: string;
}

/** The hop of a packet that stays in its namespace. */
export const loopbackHop: Hop = { device: "lo", address: "", mac: "" };
