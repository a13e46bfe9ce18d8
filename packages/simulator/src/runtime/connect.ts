import type { Connection, NoConnection } from "@dryharbor/kernel";
import type { Time } from "@dryharbor/kernel/host";
import type { Container } from "../core/containers/container.js";
import type { Daemon } from "../core/daemon.js";
import { dnsServerAt } from "../core/dns/server.js";
import { type Reached, reached } from "../core/endpoints/reach.js";
import { DnsConnection } from "./dns-connection.js";

/**
 * How `connect` fails when nothing listens, by what the address reaches. Times in milliseconds, as seen on
 * 20.10 and 28.5, on a host without an uplink.
 */
const failures: Readonly<Record<Reached, NoConnection>> = {
  itself: { problem: "Connection refused", milliseconds: 0 },
  neighbour: { problem: "Connection refused", milliseconds: 0 },
  nobody: { problem: "No route to host", milliseconds: 3_060 },
  dropped: { problem: "Connection timed out", milliseconds: 130_000 },
  outside: { problem: "Network is unreachable", milliseconds: 1_000 },
  "outside-from-host": { problem: "Network is unreachable", milliseconds: 0 },
  "no-route": { problem: "Network is unreachable", milliseconds: 0 },
};

const dnsPort = 53;

/**
 * Opens a TCP connection from a running container. The only listeners are DNS servers: the embedded one and
 * those outside.
 */
export function connect(
  daemon: Daemon,
  time: Time,
  container: Container,
  address: string,
  port: number,
): Connection | NoConnection {
  const whom = reached(daemon, container, address);
  const mayListen = whom === "itself" || whom.startsWith("outside");
  const server = port === dnsPort && mayListen ? dnsServerAt(daemon, container, address) : undefined;
  return server ? new DnsConnection(server, time) : failures[whom];
}
