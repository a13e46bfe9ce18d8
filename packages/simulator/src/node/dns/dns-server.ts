// `dnsServer`: the DNS server that a container has at 127.0.0.11, on a port of this machine, over UDP and TCP.

import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { frameMessage, MessageFrames } from "@dryharbor/kernel/dns-message";
import { UsageError } from "@dryharbor/sdk/port";
import { firstWithin, mostMessages, nextWithin } from "../../core/dns/service-limits.js";
import type { Resolver, Simulator } from "../../simulator.js";
import { ListenError } from "../listen/listen-error.js";

/** The options of {@link dnsServer}. */
export interface DnsServerOptions {
  /** The container as which names are asked for: its name or id. */
  readonly as: string;
  /** An IP address of this machine's loopback interface. Default: 127.0.0.1 */
  readonly address?: string;
  /** The port, for UDP and TCP. Default: 0, which takes any port that is free for both. */
  readonly port?: number;
  /** Allow an address that other machines can reach. */
  readonly allowRemote?: boolean;
}

/** A DNS server that listens. */
export interface ServedDns {
  readonly address: string;
  readonly port: number;
  /** Answers as the container of that name does in another simulator, from now on. */
  replace(simulator: Simulator): Promise<void>;
  /** Stops listening, and ends connections. */
  close(): Promise<void>;
}

/** How often another free port is tried where TCP cannot have the one that UDP has got. */
const attempts = 10;

/**
 * Serves the embedded DNS of a container on this machine. While there is no such container, and while it has none,
 * as when it is stopped or on the default bridge, queries get no answer.
 *
 * @throws {UsageError} other machines can reach the address, and that is not allowed
 * @throws {ListenError} the port is in use
 *
 * @example
 * const dns = await dnsServer(simulator, { as: "web" });
 * // dig @127.0.0.1 -p ${dns.port} db
 */
export async function dnsServer(simulator: Simulator, options: DnsServerOptions): Promise<ServedDns> {
  const { as, address = "127.0.0.1", port = 0, allowRemote = false } = options;
  if (!allowRemote && !/^(127\.[0-9.]+|::1)$/.test(address)) {
    throw new UsageError(
      `other machines can reach ${address}: give 127.0.0.1, or --allow-remote (in a program: allowRemote)`,
    );
  }
  let resolver = await simulator.resolver(as);
  const answer: Resolver = (message, transport) => resolver(message, transport);
  for (let attempt = 1; ; attempt++) {
    try {
      return {
        ...(await listenBoth(answer, address, port)),
        async replace(next) {
          resolver = await next.resolver(as);
        },
      };
    } catch (cause) {
      const code = (cause as NodeJS.ErrnoException).code ?? "";
      if (port === 0 && code === "EADDRINUSE" && attempt < attempts) continue;
      const why = code === "EADDRINUSE" ? "the port is in use. Give another one" : (cause as Error).message;
      throw new ListenError(`cannot listen for DNS on ${address}:${port}: ${why}`, {
        cause,
        inUse: code === "EADDRINUSE",
      });
    }
  }
}

async function listenBoth(
  answer: Resolver,
  address: string,
  wanted: number,
): Promise<Omit<ServedDns, "replace">> {
  const datagrams = createSocket(address.includes(":") ? { type: "udp6", ipv6Only: true } : { type: "udp4" });
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    answerConnection(socket, answer);
  });
  let over = false;
  try {
    datagrams.bind({ address, port: wanted, exclusive: true });
    await once(datagrams, "listening");
    const { port } = datagrams.address();
    server.listen({ host: address, port, exclusive: true, ipv6Only: true });
    await once(server, "listening");
    datagrams.on("message", (message, from) => {
      const reply = answer(message, "udp");
      if (!reply) return;
      const send = (): void => {
        if (!over) datagrams.send(reply.message, from.port, from.address);
      };
      if (reply.after > 0) setTimeout(send, reply.after).unref();
      else send();
    });
    // A client that has gone is told of by an error of the next datagram. There is nobody to tell.
    datagrams.on("error", () => {});
    server.on("error", () => {});
    return {
      address,
      port,
      async close() {
        over = true;
        const closed = Promise.all([once(server, "close"), once(datagrams, "close")]);
        server.close();
        datagrams.close();
        for (const socket of sockets) socket.destroy();
        await closed;
      },
    };
  } catch (error) {
    datagrams.close();
    throw error;
  }
}

/** Answers one message after another. */
function answerConnection(socket: Socket, answer: Resolver): void {
  const frames = new MessageFrames();
  let answered = 0;
  let patience = setTimeout(() => socket.destroy(), firstWithin);
  socket.on("error", () => {});
  socket.on("close", () => clearTimeout(patience));
  socket.on("drain", () => socket.resume());
  let turn = Promise.resolve();
  const answerNext = async (message: Uint8Array): Promise<void> => {
    if (answered === mostMessages || socket.destroyed) return;
    const reply = answer(message, "tcp");
    clearTimeout(patience);
    if (reply && reply.after > 0) await new Promise((resolve) => setTimeout(resolve, reply.after).unref());
    if (reply && !socket.write(frameMessage(reply.message))) socket.pause();
    if (++answered === mostMessages) socket.end();
    patience = setTimeout(() => socket.destroy(), answered === mostMessages ? firstWithin : nextWithin);
  };
  socket.on("data", (data) => {
    for (const message of frames.push(data)) turn = turn.then(() => answerNext(message));
  });
  socket.on("end", () => {
    turn = turn.then(() => {
      socket.end();
    });
  });
}
