// A port of this machine that is held for the simulator: at first only so that nobody else has it, and then, when
// a container publishes it, as the way to that container.

import { createSocket, type Socket as DatagramSocket } from "node:dgram";
import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import type { SocketAddress } from "@dryharbor/kernel";
import type { HostPort } from "../../core/ports/real-ports.js";
import type { SimulatedHost } from "../../host/host.js";
import { relayConnection, reset } from "./tcp-relay.js";
import { UdpRelay } from "./udp-relay.js";

/** A port that this process listens at. */
export interface Door {
  /** Relays what comes in to the simulated host from now on. Before, it is turned away. */
  open(host: SimulatedHost, to: SocketAddress): void;
  /** Stops listening. Connections that are open go on until their ends close them. */
  close(): void;
}

/** The number of connections that may wait to be accepted. The system may allow fewer. */
const backlog = 4096;

/**
 * Listens at a port.
 *
 * @param sockets the connections that are open; this adds to them
 * @throws the error of the system: EADDRINUSE, EACCES, EADDRNOTAVAIL
 */
export function takePort(port: HostPort, sockets: Set<Socket>): Promise<Door> {
  return port.protocol === "udp" ? takeUdp(port) : takeTcp(port, sockets);
}

async function takeTcp({ address, port }: HostPort, sockets: Set<Socket>): Promise<Door> {
  let relay = reset;
  const server: Server = createServer(
    { allowHalfOpen: true, pauseOnConnect: true, noDelay: true },
    (socket) => {
      sockets.add(socket);
      socket.on("close", () => sockets.delete(socket));
      relay(socket);
    },
  );
  server.listen({ host: address, port, backlog, exclusive: true, ipv6Only: true });
  await once(server, "listening");
  // Without a listener for them, errors of accepting would end the process. There is nobody to be told.
  server.on("error", () => {});
  return {
    open(host, to) {
      relay = (socket) => {
        relayConnection(socket, () => host.connect(to.port, to.address));
      };
    },
    close: () => void server.close(),
  };
}

async function takeUdp({ address, port }: HostPort): Promise<Door> {
  const socket: DatagramSocket = createSocket(
    address.includes(":") ? { type: "udp6", ipv6Only: true } : { type: "udp4" },
  );
  socket.bind({ address, port, exclusive: true });
  try {
    await once(socket, "listening");
  } catch (error) {
    socket.close();
    throw error;
  }
  // A client that has gone is told of by an error of the next datagram.
  socket.on("error", () => {});
  let relay: UdpRelay | undefined;
  let isClosed = false;
  return {
    async open(host, to) {
      const network = await host.network();
      if (!isClosed) relay ??= new UdpRelay(socket, network, to);
    },
    close() {
      isClosed = true;
      relay?.close();
      socket.close();
    },
  };
}
