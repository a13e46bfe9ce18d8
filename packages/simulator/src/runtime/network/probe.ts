// What `engine.traffic` of the simulator tries: connections and pings from a network namespace, as real ones.
// A connection takes its place in the backlog of whoever listens, and packets are counted and captured.

import { FileError, type FileErrorCode } from "@dryharbor/kernel";
import { parseIP } from "@dryharbor/kernel/host";
import { connectTcp, IcmpPort, type NetworkStack } from "@dryharbor/kernel/network";
import { type TrafficAnswer, type TrafficProbe, UsageError } from "@dryharbor/sdk/port";

/** The identifier of the pings. Nobody else pings before the answer is here. */
const identifier = 0xd4;

/**
 * Tries to reach an address from a namespace, and lets go of the connection at once. It does not wait: what has
 * not answered when this returns is silent.
 *
 * @throws {UsageError} for what is no IP address
 */
export function probe(stack: NetworkStack, { address, port }: TrafficProbe): TrafficAnswer {
  if (!parseIP(address)) throw new UsageError(`not an IP address: ${address}`);
  const destination = { address: stack.address(address), port: port ?? 0 };
  const passage = stack.router.route(stack, {
    protocol: port === undefined ? "icmp" : "tcp",
    source: undefined,
    destination,
  });
  // What is late under a fault is not lost.
  if (passage.kind === "delivered" && (passage.there || passage.back) && !passage.resets) {
    if (passage.back?.isCut) return "silent";
    return port === undefined || passage.to.listenerAt(passage.destination)?.hasRoom ? "answers" : "refused";
  }
  try {
    return port === undefined ? ping(stack, address) : connect(stack, { address, port });
  } catch (error) {
    if (error instanceof FileError) return answerOf(error.code);
    throw error;
  }
}

function connect(stack: NetworkStack, { address, port }: Required<TrafficProbe>): TrafficAnswer {
  const { socket } = connectTcp(stack, { address: stack.address(address), port }, {}, 0);
  const { error, state } = socket;
  socket.close();
  if (error) return answerOf(error);
  return state === "SYN_SENT" ? "silent" : "answers";
}

function ping(stack: NetworkStack, address: string): TrafficAnswer {
  const to = stack.address(address);
  const socket = new IcmpPort(stack, to.includes(":") ? 6 : 4, 0);
  try {
    socket.send({ to, identifier, sequence: 1, data: new Uint8Array(8) });
    const message = socket.take();
    if (message?.kind === "echo-reply") return "answers";
    return message?.kind === "unreachable" && message.code === 0 ? "no-route" : "silent";
  } finally {
    socket.close();
  }
}

function answerOf(error: FileErrorCode): TrafficAnswer {
  if (error === "ECONNREFUSED") return "refused";
  return noRoute.has(error) ? "no-route" : "silent";
}

const noRoute: ReadonlySet<FileErrorCode> = new Set(["ENETUNREACH", "EADDRNOTAVAIL", "EACCES"]);
