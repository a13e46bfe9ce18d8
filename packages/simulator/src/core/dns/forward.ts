import { responseCodes } from "@dryharbor/kernel/dns-message";
import type { Daemon } from "../daemon.js";
import type { Question, Reply } from "./question.js";
import type { UpstreamReply, Vantage } from "./upstream.js";

/** A server to which a question is forwarded, and the place from which it is asked. */
export interface AskedServer {
  readonly address: string;
  readonly from: Vantage;
}

/** The reply SERVFAIL. */
export const failure: Reply = { code: responseCodes.serverFailure, madeUp: true, answers: [] };

/** Asks one server. A server on a container's own loopback is silent, because nothing listens there. */
export function askServer(daemon: Daemon, server: AskedServer, question: Question): UpstreamReply {
  return isOwnLoopback(server) ? "silent" : daemon.upstream.ask(server.address, question, server.from);
}

/** Returns whether a server's address is on the loopback of the container that asks. */
export function isOwnLoopback({ address, from }: AskedServer): boolean {
  return from !== "host" && (address.startsWith("127.") || address === "::1");
}

/** What came of a question. */
export interface Heard {
  /** `undefined` when the client gets no reply. */
  readonly reply: Reply | undefined;
  /** The milliseconds until the reply, without the time on the way. */
  readonly after: number;
  /** Whether another server made the reply. */
  readonly isRelayed?: boolean;
}

/** How long the embedded resolver waits for a server, in milliseconds. Seen on 26.1 and 28.5. */
const patience = 4_000;

/** Asks the servers in turn until one answers. Returns what the client gets. */
export function forward(daemon: Daemon, servers: readonly AskedServer[], question: Question): Heard {
  const rules = daemon.release.dns;
  let last: Reply | undefined;
  let after = 0;
  for (const server of servers) {
    const reply = askServer(daemon, server, question);
    if (reply === "no-route") continue;
    if (reply === "silent") {
      if (!isOwnLoopback(server)) after += patience;
      last = undefined;
      continue;
    }
    if (isFinal(reply, rules.asksOnAfterNameError)) return { reply, after, isRelayed: true };
    last = reply;
  }
  if (last && rules.relaysFailure) return { reply: last, after, isRelayed: true };
  return { reply: rules.silentWithoutReply ? undefined : failure, after };
}

function isFinal(reply: Reply, asksOnAfterNameError: boolean): boolean {
  if (reply.code === responseCodes.noError) return true;
  if (!asksOnAfterNameError) {
    return reply.code !== responseCodes.serverFailure && reply.code !== responseCodes.refused;
  }
  return reply.code === responseCodes.noSuchName && reply.authoritative === true;
}
