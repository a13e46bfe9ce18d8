import {
  classInternet,
  type DnsMessage,
  DnsMessageError,
  type DnsRecord,
  decodeMessage,
  encodeMessage,
  responseCodes,
  typeFromNumber,
  typeToNumber,
} from "@dryharbor/kernel/dns-message";
import type { Container } from "../containers/container.js";
import type { Daemon } from "../daemon.js";
import type { Heard } from "./forward.js";
import type { Question, Reply, ResourceRecord } from "./question.js";
import { ask } from "./resolve.js";
import type { Vantage } from "./upstream.js";

/** How a message comes: as a datagram or over a connection. */
type Transport = "udp" | "tcp";

/** An answer of a DNS server. */
interface DnsReply {
  readonly message: Uint8Array;
  /** The milliseconds that the server takes, because it asks others. */
  readonly after: number;
}

/** A DNS server as a container reaches it: takes a whole message, and returns nothing where it is silent. */
export type DnsServer = (message: Uint8Array, transport: Transport) => DnsReply | undefined;

const headerLength = 12;
const query = 0;
const notify = 4;

/** Returns the embedded DNS server of a container's namespace. The asker must run. */
export function embeddedServer(daemon: Daemon, asker: Container): DnsServer {
  const style = daemon.release.dns.compressesLongAnswers ? "compressed-if-long" : "never-compressed";
  return serverOf((question) => ask(daemon, asker, question), style);
}

/** Returns the DNS server at an address outside, as it is seen from a place. */
export function outsideServer(daemon: Daemon, address: string, from: () => Vantage): DnsServer {
  return serverOf((question) => {
    const reply = daemon.upstream.ask(address, question, from());
    return { reply: typeof reply === "string" ? undefined : reply, after: 0 };
  }, "compressed");
}

/** Whether names of an answer are compressed. */
type Style = "compressed" | "compressed-if-long" | "never-compressed";

function serverOf(answer: (question: Question) => Heard, style: Style): DnsServer {
  return (bytes, transport) => {
    const message = read(bytes);
    if (message === "nothing") return undefined;
    if (message === "unreadable") return refusalOf(bytes, responseCodes.formatError);
    const [question] = message.questions;
    const known = message.opcode === query || message.opcode === notify;
    if (!known) return refusalOf(bytes, responseCodes.notImplemented);
    if (!question || message.questions.length > 1) return refusalOf(bytes, responseCodes.formatError);
    const { reply, after } = answer({ name: question.name, type: typeToNumber(question.type) });
    return reply && { message: encoded(replyTo(message, reply), limitOf(message, transport), style), after };
  };
}

/** The longest answer over UDP to a client that names no size (EDNS), in bytes. */
const shortest = 512;
const longest = 0xffff;

/** Returns how long the answer to a message may be, in bytes. */
function limitOf({ additionals }: DnsMessage, transport: Transport): number {
  if (transport === "tcp") return longest;
  const size = additionals.find((record) => record.type === "OPT")?.udpPayloadSize ?? shortest;
  return Math.max(shortest, size);
}

/** Encodes an answer. Records that do not fit are left out, and the answer says that it is truncated. */
function encoded(message: DnsMessage, limit: number, style: Style): Uint8Array {
  const whole = encodeMessage(message, { compress: style === "compressed" });
  if (whole.length <= limit) return whole;
  const compress = style !== "never-compressed";
  for (let count = message.answers.length; ; count--) {
    const truncated = count < message.answers.length;
    const part = encodeMessage(
      { ...message, truncated, answers: message.answers.slice(0, count) },
      { compress },
    );
    if (part.length <= limit || count === 0) return part;
  }
}

/** Reads a message. Text too short for a header is no message, and a response needs no answer. */
function read(bytes: Uint8Array): DnsMessage | "nothing" | "unreadable" {
  if (bytes.length < headerLength || (bytes[2]! & 0x80) !== 0) return "nothing";
  try {
    return decodeMessage(bytes);
  } catch (error) {
    if (error instanceof DnsMessageError) return "unreadable";
    throw error;
  }
}

/** Makes a refusal: the header alone, with the asker's id and flags and the code. Seen on all three. */
function refusalOf(bytes: Uint8Array, code: number): DnsReply {
  const header = new Uint8Array(headerLength);
  header.set(bytes.subarray(0, 4));
  header[2]! |= 0x80;
  header[3] = code;
  return { message: header, after: 0 };
}

function replyTo(asked: DnsMessage, reply: Reply): DnsMessage {
  const { id, opcode, questions } = asked;
  return {
    id,
    response: true,
    opcode,
    authoritative: reply.authoritative ?? false,
    truncated: false,
    recursionDesired: opcode === query && asked.recursionDesired,
    recursionAvailable: true,
    authenticData: false,
    checkingDisabled: opcode === query && asked.checkingDisabled,
    code: reply.code,
    questions,
    answers: reply.answers.flatMap(recordOf),
    authorities: [],
    additionals: [],
  };
}

/** Makes the record, or none for a type whose data is neither an address nor a name. */
function recordOf({ owner: name, type, ttl, data }: ResourceRecord): DnsRecord[] {
  const record = { name, class: classInternet, ttl };
  const known = typeFromNumber(type);
  if (known === "A" || known === "AAAA") return [{ ...record, type: known, address: data }];
  if (known === "NS" || known === "CNAME" || known === "PTR") {
    return [{ ...record, type: known, target: data }];
  }
  return [];
}
