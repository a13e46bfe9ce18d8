import { FileError, type FileErrorCode } from "../files/file-error.js";
import { reject } from "./icmp-errors.js";
import { identificationOf } from "./identification.js";
import { carry } from "./line.js";
import type { Delivered } from "./router.js";
import type { Datagram, PacketOptions, SocketAddress, SocketInfo, UdpPacket } from "./sockets.js";
import {
  conflict,
  connectionKey,
  destinationOf,
  familyOf,
  type NetworkStack,
  type ReplyWay,
} from "./stack.js";

/** How much may wait to be received, in bytes: `net.core.rmem_default`. */
const receiveBuffer = 212_992;

/** The largest datagram, in bytes. */
const largest = 65_507;

/** The lengths of the headers of a datagram by family, in bytes: Ethernet, IP and UDP. */
const headers = { 4: 42, 6: 62 } as const;

/** How many reply ways are kept before the oldest ones go. */
const mostReplies = 4096;

/** The headers of a datagram, as its sender sees them. */
type Sent = Pick<UdpPacket, "source" | "destination" | "ttl"> & Partial<Pick<UdpPacket, "dontFragment">>;

/** A UDP socket: the datagrams that wait to be received. */
export class UdpPort {
  local: SocketAddress;
  remote: SocketAddress | undefined;
  /** The error that the next operation of a connected socket reports. */
  error: FileErrorCode | undefined;
  closed = false;
  #waiting: Datagram[] = [];
  #bytes = 0;
  #wake: (() => void)[] = [];

  /** @throws {FileError} EADDRINUSE, EADDRNOTAVAIL */
  constructor(
    readonly stack: NetworkStack,
    local: SocketAddress,
    readonly pid: number,
    readonly onlyIPv6 = false,
  ) {
    const isTaken = (port: number): boolean =>
      (stack.udp.get(port) ?? []).some((each) => conflict(each, { local, onlyIPv6 }));
    const port = stack.bind(local.address, local.port, isTaken);
    this.local = { address: local.address, port };
    stack.udp.set(port, [...(stack.udp.get(port) ?? []), this]);
  }

  /** Sends to one address from now on. @throws {FileError} ENETUNREACH */
  connect(remote: SocketAddress): void {
    const passage = this.stack.router.route(this.stack, {
      protocol: "udp",
      source: this.#bound,
      destination: remote,
    });
    if (passage.kind === "no-route") throw new FileError(passage.error);
    this.local = { address: passage.local, port: this.local.port };
    this.remote = remote;
  }

  get #bound(): string | undefined {
    const { address } = this.local;
    return address === "0.0.0.0" || address === "::" ? undefined : address;
  }

  /** Sends a datagram. @throws {FileError} */
  send(
    data: Uint8Array,
    to: SocketAddress | undefined,
    { ttl = 64, from, device, mayFragment = false }: PacketOptions = {},
  ): void {
    this.#report();
    const asked = to ?? this.remote;
    if (!asked) throw new FileError("EDESTADDRREQ");
    const destination = { address: destinationOf(asked.address), port: asked.port };
    if (data.length > largest) throw new FileError("EMSGSIZE");
    const { stack } = this;
    const reply = stack.replies.get(connectionKey(this.local, destination));
    if (reply && !reply.to.closed) {
      this.#answer(reply, destination, data, ttl);
      return;
    }
    const passage = stack.router.route(stack, {
      protocol: "udp",
      source: from ?? this.#bound,
      destination,
      device,
    });
    if (passage.kind === "no-route") throw new FileError(passage.error);
    const source = { address: passage.local, port: this.local.port };
    const sent = { source, destination, ttl, ...(mayFragment && { dontFragment: false }) };
    const packet = (): UdpPacket => ({ ...packetOf(source, destination, ttl, data.slice()), ...sent });
    const bytes = data.length + headers[familyOf(source.address)];
    stack.meet(passage.out, "out");
    if (passage.kind !== "unresolved" || passage.out.mac !== "") {
      stack.pass(passage.out, "out", bytes, packet);
    }
    const about = {
      protocol: "udp" as const,
      to: destination.address,
      identifier: 0,
      sequence: 0,
      port: destination.port,
      sourcePort: source.port,
    };
    const failed = (code: FileErrorCode): void => {
      const { remote } = this;
      if (remote?.address === destination.address && remote.port === destination.port) this.#fail(code);
    };
    if (ttl <= passage.routers.length || passage.kind !== "delivered") {
      reject(stack, passage, ttl, about, packet, failed);
      return;
    }
    const refuse = (): void => reject(stack, passage, ttl, about, packet, failed);
    // What waits on its way must not change with its owner's buffer.
    const carried = passage.there ? data.slice() : data;
    carry(stack.time, passage.there, bytes, () => this.#arriveAt(passage, sent, carried, refuse));
  }

  #arriveAt(passage: Delivered, sent: Sent, data: Uint8Array, refuse: () => void): void {
    const { to, routers } = passage;
    const { source, destination, ttl } = sent;
    const seenFrom = { address: passage.source, port: source.port };
    to.meet(passage.in, "in");
    to.pass(passage.in, "in", data.length + headers[familyOf(seenFrom.address)], () => ({
      ...packetOf(seenFrom, passage.destination, ttl - routers.length, data.slice()),
      ...(sent.dontFragment === false && { dontFragment: false }),
    }));
    const socket = to.closed ? undefined : to.udpAt(passage.destination, seenFrom);
    if (!socket) {
      refuse();
      return;
    }
    if (isTranslated(passage, source, destination) || routers.length > 0 || to.hasEveryAddress) {
      if (to.replies.size >= mostReplies) to.replies.delete(to.replies.keys().next().value as string);
      to.replies.set(connectionKey({ address: socket.local.address, port: socket.local.port }, seenFrom), {
        to: this.stack,
        local: passage.destination,
        source: destination,
        destination: source,
        out: passage.in,
        in: passage.out,
        line: passage.back,
      });
    }
    socket.arrive({ data: data.slice(), from: seenFrom, at: passage.destination.address });
  }

  /** Sends an answer back the way that the question came, with the addresses of the question. */
  #answer(way: ReplyWay, seen: SocketAddress, data: Uint8Array, ttl: number): void {
    const { to, source, destination } = way;
    const bytes = data.length + headers[familyOf(source.address)];
    const content = data.slice();
    this.stack.pass(way.out, "out", bytes, () => packetOf(way.local, seen, ttl, content));
    carry(to.time, way.line, bytes, () => {
      to.pass(way.in, "in", bytes, () => packetOf(source, destination, ttl, content));
      to.udpAt(destination, source)?.arrive({ data: content, from: source, at: destination.address });
    });
  }

  /** Takes a datagram in, or loses it when too much waits. */
  arrive(datagram: Datagram): void {
    if (this.closed || this.#bytes + datagram.data.length > receiveBuffer) return;
    this.#bytes += datagram.data.length;
    this.#waiting.push(datagram);
    this.#notify();
  }

  /** Takes the next datagram, if one waits. @throws {FileError} */
  take(): Datagram | undefined {
    const datagram = this.#waiting.shift();
    if (datagram) {
      this.#bytes -= datagram.data.length;
      return datagram;
    }
    this.#report();
    if (this.closed) throw new FileError("EBADF");
    return undefined;
  }

  /** Resolves when there is a datagram or an error to take. */
  readable(): Promise<void> {
    if (this.closed || this.error || this.#waiting.length > 0) return Promise.resolve();
    return new Promise((resolve) => this.#wake.push(resolve));
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    const others = (this.stack.udp.get(this.local.port) ?? []).filter((each) => each !== this);
    if (others.length > 0) this.stack.udp.set(this.local.port, others);
    else this.stack.udp.delete(this.local.port);
    this.#notify();
  }

  #fail(code: FileErrorCode): void {
    this.error = code;
    this.#notify();
  }

  #report(): void {
    const { error } = this;
    if (!error) return;
    this.error = undefined;
    throw new FileError(error);
  }

  #notify(): void {
    for (const wake of this.#wake.splice(0)) wake();
  }

  info(): SocketInfo {
    return {
      protocol: "udp",
      family: familyOf(this.local.address),
      local: this.local,
      remote: this.remote,
      state: this.remote ? "ESTABLISHED" : "CLOSE",
      unread: this.#bytes,
      unsent: 0,
      pid: this.pid,
    };
  }
}

function isTranslated(passage: Delivered, source: SocketAddress, destination: SocketAddress): boolean {
  return (
    passage.source !== source.address ||
    passage.destination.address !== destination.address ||
    passage.destination.port !== destination.port
  );
}

function packetOf(
  source: SocketAddress,
  destination: SocketAddress,
  ttl: number,
  data: Uint8Array,
): UdpPacket {
  const family = familyOf(source.address);
  const identification = identificationOf(family, `${source.port} ${destination.address} ${data.length}`);
  return {
    protocol: "udp",
    family,
    source,
    destination,
    ttl,
    identification,
    dontFragment: family === 4,
    data,
  };
}
