// DNS servers as sockets: the embedded one in a container's namespace, and those outside.

import { frameMessage, MessageFrames } from "@dryharbor/kernel/dns-message";
import { type NetworkStack, TcpListener, type TcpSocket, UdpPort } from "@dryharbor/kernel/network";
import type { DnsServer } from "../../core/dns/server.js";
import { firstWithin, mostMessages, nextWithin } from "../../core/dns/service-limits.js";

/** The ports at which a server listens. */
export interface DnsPorts {
  readonly tcp: number;
  readonly udp: number;
}

/** How many connections may wait: `net.core.somaxconn`, which Go asks for. */
const backlog = 4_096;

/**
 * Lets a DNS server listen in a namespace, until the namespace ends.
 *
 * @param port 0 for ephemeral ports
 */
export function listenForDns(
  stack: NetworkStack,
  address: string,
  port: number,
  server: DnsServer,
): DnsPorts {
  const datagrams = new UdpPort(stack, { address, port }, 0);
  const listener = new TcpListener(stack, { address, port }, backlog, 0);
  answerDatagrams(datagrams, server);
  acceptConnections(listener, server);
  return { tcp: listener.local.port, udp: datagrams.local.port };
}

async function answerDatagrams(port: UdpPort, server: DnsServer): Promise<void> {
  while (!port.closed) {
    const datagram = port.take();
    if (!datagram) {
      await port.readable();
      continue;
    }
    const reply = server(datagram.data, "udp");
    const send = (): void => {
      if (reply && !port.closed) port.send(reply.message, datagram.from);
    };
    if (reply && reply.after > 0) port.stack.time.after(reply.after, send);
    else send();
  }
}

async function acceptConnections(listener: TcpListener, server: DnsServer): Promise<void> {
  while (!listener.closed) {
    const socket = listener.take();
    if (socket) answerConnection(socket, server).catch(() => socket.close());
    else await listener.readable();
  }
}

/** Answers one message after another. */
async function answerConnection(socket: TcpSocket, server: DnsServer): Promise<void> {
  const { time } = socket.stack;
  const frames = new MessageFrames();
  let answered = 0;
  let stopWaiting = time.after(firstWithin, () => socket.close());
  socket.whenOver(() => stopWaiting());
  while (socket.state !== "CLOSE") {
    const data = socket.take(Number.POSITIVE_INFINITY);
    if (!data) {
      await socket.readable();
      continue;
    }
    if (data.length === 0) break;
    for (const message of frames.push(data)) {
      const reply = server(message, "tcp");
      stopWaiting();
      if (reply && reply.after > 0) await new Promise<void>((resolve) => time.after(reply.after, resolve));
      if (reply) socket.write(frameMessage(reply.message));
      if (++answered === mostMessages) {
        socket.close();
        return;
      }
      stopWaiting = time.after(nextWithin, () => socket.close());
    }
  }
  stopWaiting();
  socket.close();
}
