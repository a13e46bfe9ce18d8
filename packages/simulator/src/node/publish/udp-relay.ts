// Relays the datagrams that come to one port of this machine to the simulated host, and the answers back.

import type { Socket } from "node:dgram";
import type { Network, SocketAddress, UdpSocket } from "@dryharbor/kernel";

/** How long a client's socket is kept after its last datagram, in milliseconds, as the engine's proxy does. */
const idleTime = 90_000;

/** The sockets on the simulated host that stand for the clients of one port. */
export class UdpRelay {
  readonly #clients = new Map<string, { readonly socket: UdpSocket; readonly idle: NodeJS.Timeout }>();

  constructor(
    readonly socket: Socket,
    readonly network: Network,
    readonly to: SocketAddress,
    readonly keepFor = idleTime,
  ) {
    socket.on("message", (data, { address, port }) => {
      try {
        this.#clientAt(address, port).send(data);
      } catch {
        // What cannot be passed on is lost, as datagrams are.
      }
    });
  }

  /** The number of clients that are remembered. */
  get size(): number {
    return this.#clients.size;
  }

  /** Forgets all clients. */
  close(): void {
    for (const { socket, idle } of this.#clients.values()) {
      clearTimeout(idle);
      socket.close();
    }
    this.#clients.clear();
  }

  #clientAt(address: string, port: number): UdpSocket {
    const key = `${address} ${port}`;
    const known = this.#clients.get(key);
    if (known) {
      known.idle.refresh();
      return known.socket;
    }
    const { to } = this;
    const socket = this.network.udp({ address: to.address.includes(":") ? "::" : "0.0.0.0" });
    socket.connect(to.address, to.port);
    const idle = setTimeout(() => {
      this.#clients.delete(key);
      socket.close();
    }, this.keepFor);
    idle.unref();
    this.#clients.set(key, { socket, idle });
    this.#answer(socket, { address, port }, () => this.#clients.get(key)?.socket === socket, idle);
    return socket;
  }

  async #answer(
    socket: UdpSocket,
    { address, port }: SocketAddress,
    isOpen: () => boolean,
    idle: NodeJS.Timeout,
  ): Promise<void> {
    while (isOpen()) {
      try {
        const { data } = await socket.receive();
        idle.refresh();
        this.socket.send(data, port, address);
      } catch {
        // Nobody listens there, or the socket has been closed.
      }
    }
  }
}
