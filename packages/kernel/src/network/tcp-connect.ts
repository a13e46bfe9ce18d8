import { FileError } from "../files/file-error.js";
import { errorOfCode, showError } from "./icmp-errors.js";
import { type Delivered, type Lost, loopbackHop, type Passage } from "./router.js";
import type { SocketAddress, TcpPacket } from "./sockets.js";
import { connectionKey, familyOf, type NetworkStack } from "./stack.js";
import { TcpPath } from "./tcp-path.js";
import { refusalOf, segmentOf } from "./tcp-segment.js";
import { TcpSocket } from "./tcp-socket.js";

/**
 * The times between the packets that ask for a connection, in milliseconds, and the last one until it is given
 * up. Linux asks once a second at first (`net.ipv4.tcp_syn_linear_timeouts`), then doubles the time.
 */
const waits = [1_000, 1_000, 1_000, 1_000, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 67_800];

/** The lengths of a request for a connection and of the reset that answers it, in bytes, with all headers. */
const greetingLength = 74;
const refusalLength = 54;

/** An attempt to connect. */
export interface Attempt {
  readonly socket: TcpSocket;
  /** Resolves when the connection stands or has failed: then `socket.error` says why. */
  readonly settled: Promise<void>;
}

/**
 * Begins to connect. The handshake is over before this returns where nothing stands in its way.
 *
 * @param from the local address, where one is asked for, and the port, 0 for an ephemeral one
 * @throws {FileError} EADDRINUSE, EADDRNOTAVAIL, ENETUNREACH
 */
export function connectTcp(
  stack: NetworkStack,
  remote: SocketAddress,
  from: Partial<SocketAddress>,
  pid: number,
): Attempt {
  const source = from.address;
  const first = stack.router.route(stack, { protocol: "tcp", source, destination: remote });
  if (first.kind === "no-route") throw new FileError(first.error);
  const address = first.local;
  if (source !== undefined && !stack.has(source)) throw new FileError("EADDRNOTAVAIL");
  const isTaken = (port: number): boolean => stack.connections.has(connectionKey({ address, port }, remote));
  if (from.port && isTaken(from.port)) throw new FileError("EADDRINUSE");
  const port = from.port || stack.ephemeralPort((each) => isTaken(each) || stack.listeners.has(each));
  const socket = new TcpSocket(stack, { address, port }, remote, pid);
  return { socket, settled: new Handshake(socket, source).settled(first) };
}

/** The way from an attempt to a connection. */
class Handshake {
  #tries = 0;

  constructor(
    readonly socket: TcpSocket,
    readonly source: string | undefined,
  ) {}

  settled(first: Passage): Promise<void> {
    return new Promise((resolve) => {
      this.socket.whenOver(resolve);
      this.#try(first, resolve);
    });
  }

  #try(passage: Passage, done: () => void): void {
    const { socket } = this;
    if (socket.state !== "SYN_SENT") return;
    switch (passage.kind) {
      case "delivered":
        socket.stack.meet(passage.out, "out");
        if (passage.resets) {
          this.#knock(passage, true);
          socket.fail("ECONNREFUSED");
          return;
        }
        if (passage.there || passage.back) {
          const after = roundTrip(passage);
          // A greeting that gets lost is sent again, like one that somebody drops.
          if (after === undefined) {
            socket.stack.pass(passage.out, "out", greetingLength, () => this.#greeting());
            break;
          }
          this.#later(after, () => {
            if (socket.state !== "SYN_SENT") return;
            if (this.#reach(passage)) done();
            else this.#again(done);
          });
          return;
        }
        if (this.#reach(passage)) {
          done();
          return;
        }
        break;
      case "no-route":
        socket.fail(passage.error);
        return;
      case "unresolved":
        socket.stack.meet(passage.out, "out");
        this.#later(socket.stack.resolving(passage.out), () => {
          this.#showError(passage, 1);
          socket.fail("EHOSTUNREACH");
        });
        return;
      case "rejected":
        socket.stack.meet(passage.out, "out");
        socket.stack.pass(passage.out, "out", greetingLength, () => this.#greeting());
        this.#showError(passage, passage.code ?? 1);
        // Over IPv6 the error of the first packet is taken as a hint only.
        if (this.#tries === 0 && familyOf(socket.remote.address) === 6) break;
        socket.fail(errorOfCode(passage.code ?? 1));
        return;
      case "dropped":
        socket.stack.meet(passage.out, "out");
        socket.stack.pass(passage.out, "out", greetingLength, () => this.#greeting());
        break;
    }
    this.#again(done);
  }

  /** Tries once more later, or gives up. */
  #again(done: () => void): void {
    const { socket } = this;
    const wait = waits[this.#tries++];
    const isLast = this.#tries === waits.length;
    this.#later(wait ?? 0, () => {
      if (isLast) {
        socket.fail("ETIMEDOUT");
        return;
      }
      const { stack, remote } = socket;
      this.#try(
        stack.router.route(stack, { protocol: "tcp", source: this.source, destination: remote }),
        done,
      );
    });
  }

  #later(milliseconds: number, action: () => void): void {
    const cancel = this.socket.stack.time.after(milliseconds, action);
    this.socket.whenOver(cancel);
  }

  /** Asks at the other end. Returns `false` when it says nothing, because too many wait there. */
  #reach(passage: Delivered): boolean {
    const { socket } = this;
    const { to, destination, source } = passage;
    const listener = to.closed ? undefined : to.listenerAt(destination);
    // It asks for this side's MAC address, and so the other side knows it, whether anybody listens or not.
    to.meet(passage.in, "in");
    if (!listener?.hasRoom) {
      this.#knock(passage, listener === undefined);
      if (listener) return false;
      socket.fail("ECONNREFUSED");
      return true;
    }
    // Two clients behind one address may have the same port: the second one is seen with another.
    const port = freePortFor(to, destination, source, socket.local.port);
    const other = new TcpSocket(
      to,
      destination,
      { address: source, port },
      0,
      familyOf(listener.local.address),
    );
    socket.peer = other;
    other.peer = socket;
    const path = new TcpPath(socket, other, passage, this.source);
    socket.path = path;
    other.path = path;
    socket.state = "ESTABLISHED";
    other.state = "ESTABLISHED";
    socket.greet();
    listener.arrive(other);
    return true;
  }

  /** The request for a connection, as its sender sees it. */
  #greeting(): TcpPacket {
    const { stack, local, remote } = this.socket;
    return segmentOf(
      {
        from: local,
        to: remote,
        hops: 0,
        isAnswering: false,
        flags: "S",
        sequence: 0,
        acknowledged: 0,
        room: 0,
        data: new Uint8Array(),
        time: stack.time.now(),
      },
      { own: connectionKey(local, remote), other: "" },
    );
  }

  /** Shows a request that nobody takes on both sides, and the reset that answers it. */
  #knock(passage: Delivered, isRefused: boolean): void {
    const { stack, local } = this.socket;
    const { to, out, in: into, routers } = passage;
    const hops = routers.length;
    const arriving = (): TcpPacket => ({
      ...this.#greeting(),
      source: { address: passage.source, port: local.port },
      destination: passage.destination,
      ttl: 64 - hops,
    });
    stack.pass(out, "out", greetingLength, () => this.#greeting());
    to.pass(into, "in", greetingLength, arriving);
    if (!isRefused) return;
    to.pass(into, "out", refusalLength, () => refusalOf(arriving()));
    stack.pass(out, "in", refusalLength, () => refusalOf(this.#greeting(), hops));
  }

  #showError({ by, local, out, routers }: Lost, code: number): void {
    const { stack } = this.socket;
    const from = by ?? routers.at(-1) ?? local;
    const said = { kind: "unreachable", code, from, to: local, left: 64 } as const;
    showError(stack, from === local ? loopbackHop : out, "in", said, () => this.#greeting());
  }
}

/** Returns the milliseconds that a greeting and its answer take; `undefined` where one of them gets lost. */
function roundTrip({ there, back }: Delivered): number | undefined {
  const after = there ? there.pass(greetingLength) : 0;
  if (after === undefined) return undefined;
  const answered = back ? back.pass(greetingLength) : 0;
  return answered === undefined ? undefined : after + answered;
}

function freePortFor(stack: NetworkStack, local: SocketAddress, address: string, port: number): number {
  const isTaken = (each: number): boolean =>
    stack.connections.has(connectionKey(local, { address, port: each }));
  return isTaken(port) ? stack.ephemeralPort(isTaken) : port;
}
