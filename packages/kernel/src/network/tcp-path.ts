import type { FileErrorCode } from "../files/file-error.js";
import type { Line } from "./line.js";
import type { Delivered, Passage } from "./router.js";
import type { TcpSocket } from "./tcp-socket.js";

/** The way between the two ends of a connection. It is asked again when the network has changed. */
export class TcpPath {
  /** The error with which a side gives up that waits for the way to open. */
  problem: FileErrorCode = "ETIMEDOUT";
  /** Whether packets now reach a namespace that knows nothing of the connection, and resets it. */
  leadsElsewhere = false;
  /** Whether something on the way resets the connection. */
  resets = false;
  #generation: number;
  #open = true;

  constructor(
    readonly client: TcpSocket,
    readonly server: TcpSocket,
    public passage: Delivered,
    /** The address that the client is bound to, if it asked for one. */
    readonly source: string | undefined,
  ) {
    this.#generation = client.stack.router.generation;
  }

  /** Whether packets pass, in both directions. */
  get isOpen(): boolean {
    const { stack } = this.client;
    const other = this.server.stack;
    if (stack.closed || other.closed) {
      return this.#open && (!stack.closed || stack.isLeaving) && (!other.closed || other.isLeaving);
    }
    if (this.#generation !== stack.router.generation) this.#ask();
    return this.#open;
  }

  /** What befalls what one side sends. */
  lineFrom(side: TcpSocket): Line | undefined {
    return side === this.client ? this.passage.there : this.passage.back;
  }

  #ask(): void {
    const { stack, remote } = this.client;
    this.#generation = stack.router.generation;
    const passage = stack.router.route(stack, { protocol: "tcp", source: this.source, destination: remote });
    this.resets = passage.kind === "delivered" && passage.resets === true;
    this.#open = this.#isSame(passage) && !this.resets;
    this.leadsElsewhere = passage.kind === "delivered" && passage.to !== this.server.stack;
    if (this.#open) this.passage = passage as Delivered;
    else this.problem = passage.kind === "unresolved" ? "EHOSTUNREACH" : "ETIMEDOUT";
  }

  /** Whether a packet still gets to the other end, and still seems to come from the same one. */
  #isSame(passage: Passage): boolean {
    return (
      passage.kind === "delivered" &&
      passage.to === this.server.stack &&
      passage.local === this.client.local.address &&
      passage.source === this.server.remote.address &&
      passage.destination.address === this.server.local.address
    );
  }
}
