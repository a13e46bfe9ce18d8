import { FileError } from "../files/file-error.js";
import { reject } from "./icmp-errors.js";
import { identificationOf } from "./identification.js";
import { carry } from "./line.js";
import type { EchoRequest, IcmpMessage, IcmpPacket, PacketOptions, SocketInfo } from "./sockets.js";
import { destinationOf, familyOf, type NetworkStack } from "./stack.js";

/** The lengths of the headers of an echo request by family, in bytes: Ethernet, IP and ICMP. */
const headers = { 4: 42, 6: 62 } as const;

/** What an echo request can carry at most by family, in bytes. */
const largest = { 4: 65_507, 6: 65_527 } as const;

/** A raw ICMP socket: the messages that wait to be received. */
export class IcmpPort {
  closed = false;
  #waiting: IcmpMessage[] = [];
  #wake: (() => void)[] = [];

  constructor(
    readonly stack: NetworkStack,
    readonly family: 4 | 6,
    readonly pid: number,
  ) {
    stack.raw.add(this);
  }

  /** Sends an echo request. The kernel of the receiver answers it at once. @throws {FileError} ENETUNREACH */
  send(
    { to: asked, identifier, sequence, data }: EchoRequest,
    { ttl = 64, from, device }: PacketOptions = {},
  ): void {
    const { stack } = this;
    if (data.length > largest[this.family]) throw new FileError("EMSGSIZE");
    const to = destinationOf(asked);
    const destination = { address: to, port: 0 };
    const passage = stack.router.route(stack, { protocol: "icmp", source: from, destination, device });
    // Those who ping allow broadcasts, and nobody answers these.
    if (passage.kind === "no-route" && passage.error === "EACCES") return;
    if (passage.kind === "no-route") throw new FileError(passage.error);
    const about = { protocol: "icmp" as const, to, identifier, sequence, port: 0, sourcePort: 0 };
    const content = data.slice();
    const echo = (
      kind: "echo-request" | "echo-reply",
      source: string,
      target: string,
      left: number,
    ): IcmpPacket => ({
      protocol: "icmp",
      family: this.family,
      source: { address: source, port: 0 },
      destination: { address: target, port: 0 },
      ttl: left,
      identification: identificationOf(this.family, `${kind} ${identifier} ${sequence} ${source}`),
      dontFragment: kind === "echo-request" && this.family === 4,
      kind,
      code: 0,
      identifier,
      sequence,
      data: content,
    });
    const bytes = content.length + headers[this.family];
    const request = (): IcmpPacket => echo("echo-request", passage.local, to, ttl);
    stack.meet(passage.out, "out");
    if (passage.kind !== "unresolved" || passage.out.mac !== "") {
      stack.pass(passage.out, "out", bytes, request);
    }
    const hops = passage.routers.length;
    if (ttl <= hops || passage.kind !== "delivered") {
      reject(stack, passage, ttl, about, request, () => {});
      return;
    }
    const { to: other, in: into, source, destination: seen } = passage;
    const answer = (): void => {
      stack.pass(passage.out, "in", bytes, () => echo("echo-reply", to, passage.local, 64 - hops));
      stack.receiveIcmp({ kind: "echo-reply", code: 0, from: to, ttl: 64 - hops, about, data: content });
    };
    carry(stack.time, passage.there, bytes, () => {
      if (other.closed) return;
      other.meet(into, "in");
      other.pass(into, "in", bytes, () => echo("echo-request", source, seen.address, ttl - hops));
      other.pass(into, "out", bytes, () => echo("echo-reply", seen.address, source, 64));
      carry(stack.time, passage.back, bytes, answer);
    });
  }

  /** Takes a message in. */
  arrive(message: IcmpMessage): void {
    if (this.closed || familyOf(message.from) !== this.family) return;
    this.#waiting.push(message);
    for (const wake of this.#wake.splice(0)) wake();
  }

  /** Takes the next message, if one waits. @throws {FileError} EBADF when the socket is closed */
  take(): IcmpMessage | undefined {
    if (this.closed) throw new FileError("EBADF");
    return this.#waiting.shift();
  }

  /** Resolves when there is a message to take. */
  readable(): Promise<void> {
    if (this.closed || this.#waiting.length > 0) return Promise.resolve();
    return new Promise((resolve) => this.#wake.push(resolve));
  }

  close(): void {
    this.closed = true;
    this.stack.raw.delete(this);
    for (const wake of this.#wake.splice(0)) wake();
  }

  info(): SocketInfo {
    const any = this.family === 4 ? "0.0.0.0" : "::";
    return {
      protocol: "raw",
      family: this.family,
      local: { address: any, port: this.family === 4 ? 1 : 58 },
      remote: undefined,
      state: "CLOSE",
      unread: 0,
      unsent: 0,
      pid: this.pid,
    };
  }
}
