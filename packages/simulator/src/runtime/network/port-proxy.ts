// The engine's proxy for published ports: a listener on the host for each of them, which passes on what comes
// in to the container. Packets that the host translates on their way never reach it.

import {
  connectTcp,
  type NetworkStack,
  TcpListener,
  type TcpSocket,
  UdpPort,
} from "@dryharbor/kernel/network";
import type { Daemon } from "../../core/daemon.js";
import type { PublishedPort } from "../../core/ports/published.js";
import { addressOf } from "../../core/traffic/bridges.js";

/** How much is passed on at once, in bytes. */
const chunk = 65_536;

/** The proxies of the published ports. */
export class PortProxies {
  readonly #daemon: Daemon;
  readonly #host: NetworkStack;
  readonly #proxies = new Map<PublishedPort, () => void>();
  #version = -1;

  constructor(daemon: Daemon, host: NetworkStack) {
    this.#daemon = daemon;
    this.#host = host;
  }

  /** Opens the proxies of ports that are published now, and closes those of others. */
  update(): void {
    const { ports } = this.#daemon;
    if (ports.version === this.#version) return;
    this.#version = ports.version;
    const wanted = new Set([...ports.published.values()].flat());
    for (const [port, close] of this.#proxies) {
      if (wanted.has(port)) continue;
      this.#proxies.delete(port);
      close();
    }
    for (const port of wanted) if (!this.#proxies.has(port)) this.#proxies.set(port, this.#open(port));
  }

  #open(port: PublishedPort): () => void {
    try {
      if (port.protocol === "tcp") return proxyConnections(this.#host, port);
      if (port.protocol === "udp") return proxyDatagrams(this.#daemon, this.#host, port);
    } catch {
      // A program on the host's network has the port: the proxy's packets go to it instead.
    }
    return () => {};
  }
}

/** Returns where a proxy sends what comes in: to the endpoint's IPv4 address, if it has one. */
function target({ hostAddress, through, containerPort: port }: PublishedPort): {
  address: string;
  port: number;
} {
  const preferred = addressOf(through, hostAddress.includes(":") ? 6 : 4);
  return { address: preferred || through.ipv4 || through.ipv6, port };
}

function proxyConnections(host: NetworkStack, port: PublishedPort): () => void {
  const listener = new TcpListener(host, { address: port.hostAddress, port: port.hostPort }, 4096, 0, true);
  const open = new Set<TcpSocket>();
  const accept = async (): Promise<void> => {
    while (!listener.closed) {
      const client = listener.take();
      if (client) passOn(host, client, target(port), open);
      else await listener.readable();
    }
  };
  accept();
  return () => {
    listener.close();
    for (const socket of open) socket.close();
  };
}

async function passOn(
  host: NetworkStack,
  client: TcpSocket,
  to: { readonly address: string; readonly port: number },
  open: Set<TcpSocket>,
): Promise<void> {
  try {
    const { socket: server, settled } = connectTcp(host, to, {}, 0);
    for (const socket of [client, server]) {
      open.add(socket);
      socket.whenOver(() => open.delete(socket));
    }
    await settled;
    if (server.error) throw server.error;
    await Promise.all([copy(client, server), copy(server, client)]);
    server.close();
  } catch {
    // The container refuses, or has gone.
  }
  client.close();
}

/** Passes on what one side sends, and then its end. A reset is passed on as an end, as by the engine's proxy. */
async function copy(from: TcpSocket, to: TcpSocket): Promise<void> {
  try {
    for (;;) {
      const data = from.take(chunk);
      if (data === undefined) await from.readable();
      else if (data.length === 0) break;
      else {
        to.write(data);
        for (let room = to.writable(); room; room = to.writable()) await room;
      }
    }
  } catch {
    // One of the two is over. The other direction may go on.
  }
  to.end();
}

function proxyDatagrams(daemon: Daemon, host: NetworkStack, port: PublishedPort): () => void {
  const socket = new UdpPort(host, { address: port.hostAddress, port: port.hostPort }, 0, true);
  /** For each client a socket of its own towards the container. */
  const clients = new Map<string, UdpPort>();
  const { udpProxyAnswersWhereAsked } = daemon.release.traffic;
  const receive = async (): Promise<void> => {
    while (!socket.closed) {
      const datagram = socket.take();
      if (!datagram) {
        await socket.readable();
        continue;
      }
      const { from, at, data } = datagram;
      const key = `${from.address} ${from.port} ${at}`;
      try {
        let client = clients.get(key);
        if (!client) {
          const any = target(port).address.includes(":") ? "::" : "0.0.0.0";
          client = new UdpPort(host, { address: any, port: 0 }, 0);
          clients.set(key, client);
          client.connect(target(port));
          answer(client, socket, from, udpProxyAnswersWhereAsked ? at : undefined);
        }
        client.send(data, undefined);
      } catch {
        // What cannot be passed on is lost, as datagrams are.
      }
    }
  };
  receive();
  return () => {
    socket.close();
    for (const client of clients.values()) client.close();
  };
}

/** Passes the container's answers on to one client. */
async function answer(
  client: UdpPort,
  socket: UdpPort,
  to: { readonly address: string; readonly port: number },
  from: string | undefined,
): Promise<void> {
  while (!client.closed) {
    try {
      const datagram = client.take();
      if (datagram) socket.send(datagram.data, to, from === undefined ? {} : { from });
      else await client.readable();
    } catch {
      // The container refused a datagram before.
    }
  }
}
