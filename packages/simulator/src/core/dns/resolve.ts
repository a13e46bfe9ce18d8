// The embedded DNS: decides what becomes of a container's question. It answers from the container's networks,
// forwards to an outside server, or stays silent. The engine driver and the resolver of processes call
// `resolve`; whole DNS messages of processes come through `server.ts`.

import {
  DnsMessageError,
  encodeMessage,
  nameFromText,
  responseCodes,
  reverseName,
  standardQuery,
  typeNumbers,
} from "@dryharbor/kernel/dns-message";
import { type DnsAnswer, type DnsQuery, UsageError } from "@dryharbor/sdk/port";
import type { Container } from "../containers/container.js";
import type { Daemon } from "../daemon.js";
import type { Attachment } from "../endpoints/endpoint.js";
import { orderedAttachments } from "../endpoints/order.js";
import type { StruckName } from "../faults.js";
import { isOrphaned, namespaceOwner } from "../files/namespace-owner.js";
import { resolvConf } from "../files/resolv-conf.js";
import { type AskedServer, askServer, failure, forward, type Heard, isOwnLoopback } from "./forward.js";
import { type Family, lookUpName } from "./names.js";
import type { Question, Reply, ResourceRecord } from "./question.js";
import { isWritable, reversedAddress } from "./reverse.js";
import type { Vantage } from "./upstream.js";

/** The time to live of the embedded resolver's records, in seconds. */
const ttl = 600;

/** The address at which the embedded resolver listens. */
export const embeddedAddress = "127.0.0.11";

/** A name of up to three labels of letters, digits, hyphens and underscores. */
const plainName = /^(?:[\w-]{1,63}\.){0,2}[\w-]{1,63}$/;

/** The largest number of servers that the embedded resolver uses. */
const maxServers = 3;

/** The embedded resolver's decision about a question. */
type Decision =
  | { readonly kind: "answer"; readonly reply: Reply }
  /** Ask these servers in turn, as {@link forward} does. */
  | { readonly kind: "forward"; readonly servers: readonly AskedServer[] }
  | { readonly kind: "silence" };

/**
 * Decides about a question to 127.0.0.11 in the asker's namespace. The asker must run, and its namespace must
 * have the embedded resolver.
 */
function decide(daemon: Daemon, asker: Container, question: Question): Decision {
  const container = namespaceOwner(daemon, asker);
  if (isOrphaned(daemon, asker)) return { kind: "silence" };
  const attachments = orderedAttachments(daemon, container);
  const name = question.name.endsWith(".") ? question.name : `${question.name}.`;
  switch (question.type) {
    case typeNumbers.A:
    case typeNumbers.AAAA: {
      const family = question.type === typeNumbers.A ? "ipv4" : "ipv6";
      const addresses = lookUpName(daemon, attachments, name, family);
      if (addresses) return answer(question, shuffled(daemon, addresses));
      if (resolvConf(daemon, container).ndotsSet && isSingleLabel(name)) return answer(question, []);
      break;
    }
    case typeNumbers.MX:
      // An empty answer for the mail exchanger makes mail go to the address itself (RFC 5321's implicit MX).
      if (knows(daemon, attachments, name)) return answer(question, []);
      break;
    case typeNumbers.PTR: {
      const address = reversedAddress(name, daemon.release.dns.lenientReverse);
      if (address === undefined && !daemon.release.dns.answersOddReverse) return { kind: "silence" };
      const host = address ? nameOf(attachments, address) : undefined;
      if (host === undefined) break;
      if (isWritable(host)) return answer(question, [`${nameFromText(host)}.`]);
      // The reply cannot be packed. Later releases then send a failure, and 20.10 sends nothing.
      return daemon.release.dns.silentWithoutReply ? { kind: "silence" } : { kind: "answer", reply: failure };
    }
  }
  return { kind: "forward", servers: serversOf(daemon, container, attachments) };
}

/** Asks 127.0.0.11 in the asker's namespace. */
export function ask(daemon: Daemon, asker: Container, question: Question): Heard {
  const struck = daemon.faults?.strikeName?.(asker, question);
  if (!struck) return askWithoutFaults(daemon, asker, question);
  return heardUnder(struck, () => askWithoutFaults(daemon, asker, question));
}

/** Returns what is heard of a question that a fault strikes. */
export function heardUnder({ reply, late }: StruckName, ask: () => Heard): Heard {
  if (reply === "silence") return { reply: undefined, after: 0 };
  // A made-up answer is kept by nobody.
  const heard: Heard = reply ? { reply: { ...reply, madeUp: true }, after: 0 } : ask();
  return { ...heard, after: heard.after + late };
}

function askWithoutFaults(daemon: Daemon, asker: Container, question: Question): Heard {
  const decision = decide(daemon, asker, question);
  if (decision.kind === "answer") return { reply: decision.reply, after: 0 };
  if (decision.kind === "silence") return { reply: undefined, after: 0 };
  return forward(daemon, decision.servers, question);
}

/**
 * Resolves a query with the first nameserver in the asker's resolv.conf: 127.0.0.11 on a user-defined
 * network, else a server outside. The asker must run.
 *
 * @throws {UsageError} for a query that DNS cannot carry
 */
export function resolve(daemon: Daemon, asker: Container, query: DnsQuery): DnsAnswer {
  const reply = replyTo(daemon, asker, questionOf(query));
  return reply ? answerOf(reply, typeNumbers[query.type ?? "A"]) : { status: "no-reply", records: [] };
}

function replyTo(daemon: Daemon, asker: Container, question: Question): Reply | undefined {
  const [server] = resolvConf(daemon, namespaceOwner(daemon, asker)).nameservers;
  return server === undefined ? undefined : answererAt(daemon, asker, server)?.(question);
}

/**
 * Returns the server at an address as seen from the asker's namespace: the embedded resolver, or a server
 * outside. Returns `undefined` where nothing listens. The asker must run.
 */
function answererAt(
  daemon: Daemon,
  asker: Container,
  address: string,
): ((question: Question) => Reply | undefined) | undefined {
  if (isOrphaned(daemon, asker)) return undefined;
  const container = namespaceOwner(daemon, asker);
  if (address === embeddedAddress && container.etc?.embedded) {
    return (question) => ask(daemon, container, question).reply;
  }
  const from = vantageOf(daemon, container, orderedAttachments(daemon, container));
  if (isOwnLoopback({ address, from })) return undefined;
  return (question) => {
    const ask = (): Heard => {
      const reply = askServer(daemon, { address, from }, question);
      return { reply: typeof reply === "string" ? undefined : reply, after: 0 };
    };
    const struck = daemon.faults?.strikeName?.(asker, question);
    return (struck ? heardUnder(struck, ask) : ask()).reply;
  };
}

function serversOf(daemon: Daemon, container: Container, attachments: readonly Attachment[]): AskedServer[] {
  const from = vantageOf(daemon, container, attachments);
  const mayAskFromHost = from === "container" || daemon.release.dns.isolatedAsksFromHost;
  return resolvConf(daemon, container)
    .servers.slice(0, maxServers)
    .filter((server) => mayAskFromHost || !server.fromHost)
    .map((server) => ({ address: server.address, from: server.fromHost ? "host" : from }));
}

/** Returns where packets leave from, for a container that has a network namespace of its own. */
export function vantageOf(daemon: Daemon, container: Container, attachments: readonly Attachment[]): Vantage {
  if (container.hostConfig.NetworkMode === "host") return "host";
  const wired = attachments.filter(({ network }) => network.driver !== "null");
  if (wired.some(({ network }) => !network.internal)) return "container";
  return wired.length > 0 && daemon.release.dns.internalHasGateway ? "gateway-only" : "isolated";
}

function knows(daemon: Daemon, attachments: readonly Attachment[], name: string): boolean {
  const families: Family[] = ["ipv4", "ipv6"];
  return families.some((family) => (lookUpName(daemon, attachments, name, family) ?? []).length > 0);
}

function nameOf(attachments: readonly Attachment[], address: string): string | undefined {
  for (const { network } of attachments) {
    const name = network.addresses.get(address)?.names[0];
    if (name !== undefined) return `${name}.${network.name}`;
  }
  return undefined;
}

function isSingleLabel(name: string): boolean {
  return !name.slice(0, -1).includes(".");
}

function answer(question: Question, data: readonly string[]): Decision {
  const records = data.map((text) => ({ owner: question.name, type: question.type, ttl, data: text }));
  return { kind: "answer", reply: { code: responseCodes.noError, answers: records } };
}

/** Shuffles addresses (Fisher-Yates). A single address uses no randomness. */
function shuffled(daemon: Daemon, addresses: string[]): string[] {
  for (let last = addresses.length - 1; last > 0; last--) {
    const other = daemon.random.below(last + 1);
    [addresses[last], addresses[other]] = [addresses[other] as string, addresses[last] as string];
  }
  return addresses;
}

/**
 * Reads a query, and refuses what the driver for a real engine refuses, with its message. Most names are
 * plain and need no check.
 */
function questionOf({ name, type = "A" }: DnsQuery): Question {
  if (type !== "PTR" && plainName.test(name)) return { name, type: typeNumbers[type] };
  const asked = type === "PTR" ? reverseName(name) : nameFromText(name);
  if (asked === undefined) throw new UsageError(`a PTR query takes an IPv4 or IPv6 address, not "${name}"`);
  try {
    encodeMessage(standardQuery(asked, type, 0));
  } catch (error) {
    if (!(error instanceof DnsMessageError)) throw error;
    throw new UsageError(`DNS cannot ask for "${name}": ${error.message}`, { cause: error });
  }
  return { name: asked, type: typeNumbers[type] };
}

function answerOf(reply: Reply, type: number): DnsAnswer {
  const records = reply.answers.filter((record) => record.type === type).map(textOf);
  switch (reply.code) {
    case responseCodes.noError:
      return { status: records.length > 0 ? "found" : "no-data", records };
    case responseCodes.noSuchName:
      return { status: "no-such-name", records: [] };
    case responseCodes.refused:
      return { status: "refused", records: [] };
    default:
      return { status: "server-failure", records: [] };
  }
}

function textOf({ type, data }: ResourceRecord): string {
  return type === typeNumbers.PTR ? data.replace(/\.$/, "") : data;
}
