// The network as a process sees it: sockets of the namespace's stack that belong to the process. A process
// that stands still or has ended gets nothing from them, and its end closes them.
import { FileError } from "../files/file-error.js";
import { resolveNeighbour } from "../network/arp.js";
import { captureOf, type PacketCapture } from "../network/capture.js";
import { IcmpPort } from "../network/icmp-socket.js";
import type { NetworkNamespace } from "../network/namespace.js";
import type {
  Capture,
  CapturedPacket,
  Connection,
  ConnectOptions,
  Datagram,
  EchoRequest,
  IcmpMessage,
  IcmpSocket,
  Listener,
  ListenOptions,
  Neighbour,
  Network,
  PacketOptions,
  SocketAddress,
  SocketInfo,
  UdpOptions,
  UdpSocket,
  WaitOptions,
} from "../network/sockets.js";
import type { NetworkStack } from "../network/stack.js";
import { connectTcp } from "../network/tcp-connect.js";
import { TcpListener } from "../network/tcp-listener.js";
import type { TcpSocket } from "../network/tcp-socket.js";
import { UdpPort } from "../network/udp-socket.js";
import type { OpenFile } from "./open-file.js";
import type { SocketOwner } from "./socket-owner.js";

/** A socket that something can be taken from. */
interface Source<T> {
  /** Takes what is there, or returns `undefined`. @throws {FileError} */
  take(): T | undefined;
  readable(): Promise<void>;
}

/** The network of one process. */
export class ProcessNetwork implements Network {
  constructor(
    readonly stack: NetworkStack,
    readonly owner: SocketOwner,
  ) {}

  get namespace(): NetworkNamespace {
    return this.stack.counted();
  }

  neighbours(): readonly Neighbour[] {
    return this.stack.neighbours();
  }

  sockets(): readonly SocketInfo[] {
    return this.stack.sockets();
  }

  async connect(address: string, port: number, options: ConnectOptions = {}): Promise<Connection> {
    await this.owner.running();
    const { stack, owner } = this;
    const { within, from = {} } = options;
    const source = from.address === undefined ? {} : { address: stack.address(from.address) };
    const remote = { address: stack.address(address), port };
    const attempt = connectTcp(stack, remote, { ...from, ...source }, owner.pid);
    const connection = new ProcessConnection(this, attempt.socket);
    try {
      const source: Source<true> = {
        take: () => (attempt.socket.state === "SYN_SENT" ? undefined : true),
        readable: () => attempt.settled,
      };
      await this.next(source, { within }, "ETIMEDOUT");
      const { error } = attempt.socket;
      if (error) throw new FileError(error);
      return connection;
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  listen(
    port: number,
    { address = "0.0.0.0", backlog = 128, onlyIPv6 = false }: ListenOptions = {},
  ): Listener {
    const local = { address: this.stack.address(address), port };
    return new ProcessListener(this, new TcpListener(this.stack, local, backlog, this.owner.pid, onlyIPv6));
  }

  udp({ address = "0.0.0.0", port = 0 }: UdpOptions = {}): UdpSocket {
    const local = { address: this.stack.address(address), port };
    return new ProcessUdp(this, new UdpPort(this.stack, local, this.owner.pid));
  }

  icmp(family: 4 | 6): IcmpSocket {
    return new ProcessIcmp(this, new IcmpPort(this.stack, family, this.owner.pid));
  }

  async arp(device: string, address: string, within: number): Promise<string | undefined> {
    const mac = resolveNeighbour(this.stack, device, this.stack.address(address));
    if (mac !== undefined) return mac;
    await this.next(
      { take: () => undefined, readable: () => new Promise(() => {}) },
      { within },
      "EAGAIN",
    ).catch(() => {});
    return undefined;
  }

  capture(): Capture {
    return new ProcessCapture(this, captureOf(this.stack));
  }

  /** Takes the next thing from a socket while the process runs. @throws {FileError} `late` where `within` has passed */
  async next<T>(
    source: Source<T>,
    { within }: { readonly within?: number | undefined },
    late: "EAGAIN" | "ETIMEDOUT",
  ): Promise<T> {
    let isLate = within !== undefined && within <= 0;
    let expire = (): void => {};
    const expired = new Promise<void>((resolve) => {
      expire = resolve;
    });
    const cancel =
      within === undefined || isLate
        ? undefined
        : this.stack.time.after(within, () => {
            isLate = true;
            expire();
          });
    try {
      for (;;) {
        await this.owner.running();
        const taken = source.take();
        if (taken !== undefined) return taken;
        if (isLate) throw new FileError(late);
        await (cancel ? Promise.race([source.readable(), expired]) : source.readable());
      }
    } finally {
      cancel?.();
    }
  }
}

class ProcessConnection implements Connection {
  readonly #letGo: () => void;
  #closed = false;

  constructor(
    readonly network: ProcessNetwork,
    readonly socket: TcpSocket,
  ) {
    socket.hold();
    this.#letGo = network.owner.atEnd(() => socket.drop());
  }

  get local(): SocketAddress {
    return this.socket.local;
  }

  get remote(): SocketAddress {
    return this.socket.remote;
  }

  get file(): OpenFile {
    return this.socket;
  }

  async read(limit = Number.POSITIVE_INFINITY, options: WaitOptions = {}): Promise<Uint8Array | undefined> {
    if (this.#closed) throw new FileError("EBADF");
    const { socket } = this;
    const source = { take: () => socket.take(limit), readable: () => socket.readable() };
    const data = await this.network.next(source, options, "EAGAIN");
    return data.length > 0 ? data : undefined;
  }

  get input(): AsyncIterable<Uint8Array> {
    return { [Symbol.asyncIterator]: () => this.#pieces() };
  }

  async *#pieces(): AsyncGenerator<Uint8Array, void, undefined> {
    for (;;) {
      const data = await this.read();
      if (!data) return;
      yield data;
    }
  }

  async write(data: Uint8Array): Promise<void> {
    const waiting = this.network.owner.running();
    if (waiting) await waiting;
    if (this.#closed) throw new FileError("EBADF");
    this.socket.write(data);
    for (let room = this.socket.writable(); room; room = this.socket.writable()) {
      await room;
      if (this.socket.error) this.socket.write(data);
    }
  }

  end(): void {
    this.socket.end();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#letGo();
    this.socket.drop();
  }

  reset(): void {
    this.socket.reset();
    this.close();
  }
}

class ProcessListener implements Listener {
  readonly #letGo: () => void;

  constructor(
    readonly network: ProcessNetwork,
    readonly listener: TcpListener,
  ) {
    this.#letGo = network.owner.atEnd(() => listener.close());
  }

  get local(): SocketAddress {
    return this.listener.local;
  }

  async accept(options: WaitOptions = {}): Promise<Connection> {
    const socket = await this.network.next(this.listener, options, "EAGAIN");
    socket.pid = this.network.owner.pid;
    return new ProcessConnection(this.network, socket);
  }

  close(): void {
    this.#letGo();
    this.listener.close();
  }
}

class ProcessUdp implements UdpSocket {
  readonly #letGo: () => void;

  constructor(
    readonly network: ProcessNetwork,
    readonly port: UdpPort,
  ) {
    this.#letGo = network.owner.atEnd(() => port.close());
  }

  get local(): SocketAddress {
    return this.port.local;
  }

  connect(address: string, port: number): void {
    this.port.connect({ address: this.network.stack.address(address), port });
  }

  send(data: Uint8Array, to?: SocketAddress, options?: PacketOptions): void {
    const { stack } = this.network;
    this.port.send(data, to && { address: stack.address(to.address), port: to.port }, options);
  }

  receive(options: WaitOptions = {}): Promise<Datagram> {
    return this.network.next(this.port, options, "EAGAIN");
  }

  close(): void {
    this.#letGo();
    this.port.close();
  }
}

class ProcessIcmp implements IcmpSocket {
  readonly #letGo: () => void;

  constructor(
    readonly network: ProcessNetwork,
    readonly port: IcmpPort,
  ) {
    this.#letGo = network.owner.atEnd(() => port.close());
  }

  send(request: EchoRequest, options?: PacketOptions): void {
    this.port.send({ ...request, to: this.network.stack.address(request.to) }, options);
  }

  receive(options: WaitOptions = {}): Promise<IcmpMessage> {
    return this.network.next(this.port, options, "EAGAIN");
  }

  close(): void {
    this.#letGo();
    this.port.close();
  }
}

class ProcessCapture implements Capture {
  readonly #letGo: () => void;

  constructor(
    readonly network: ProcessNetwork,
    readonly packets: PacketCapture,
  ) {
    this.#letGo = network.owner.atEnd(() => packets.close());
  }

  next(options: WaitOptions = {}): Promise<CapturedPacket> {
    return this.network.next(this.packets, options, "EAGAIN");
  }

  close(): void {
    this.#letGo();
    this.packets.close();
  }
}
