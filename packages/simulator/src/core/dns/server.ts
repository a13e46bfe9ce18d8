import {
  classInternet,
  type DnsMessage,
  DnsMessageError,
  type DnsRecord,
  decodeMessage,
  encodeMessage,
  responseCodes,
  typeFromNumber,
  typeNumbers,
  typeToNumber,
} from "@dryharbor/kernel/dns-message";
import type { Container } from "../containers/container.js";
import type { Daemon } from "../daemon.js";
import { AnswerMemory } from "./answer-memory.js";
import type { Heard } from "./forward.js";
import type { Question, Reply, ResourceRecord } from "./question.js";
import { ask, heardUnder } from "./resolve.js";
import type { Vantage } from "./upstream.js";

/** How a message comes: as a datagram or over a connection. */
export type Transport = "udp" | "tcp";

/** An answer of a DNS server. */
export interface DnsReply {
  readonly message: Uint8Array;
  /** The milliseconds that the server takes, because it asks others. */
  readonly after: number;
}

/** A DNS server as a container reaches it: takes a whole message, and returns nothing where it is silent. */
export type DnsServer = (message: Uint8Array, transport: Transport) => DnsReply | undefined;

const headerLength = 12;
const nothing = new Uint8Array();
const query = 0;
const notify = 4;

/** Returns the embedded DNS server of a container's namespace. The asker must run. */
export function embeddedServer(daemon: Daemon, asker: Container): DnsServer {
  const style = daemon.release.dns.compressesLongAnswers ? "compressed-if-long" : "never-compressed";
  const { refusesHalfQuestions } = daemon.release.dns;
  const memory = new AnswerMemory(() => daemon.events.count);
  return serverOf(
    (question) => ask(daemon, asker, question),
    style,
    refusesHalfQuestions,
    memory,
    () => daemon.faults?.strikesNames === true,
  );
}

/**
 * Returns the DNS server at an address outside, as it is seen from a place.
 *
 * @param asker the container that asks; `undefined` for the host
 */
export function outsideServer(
  daemon: Daemon,
  address: string,
  from: () => Vantage,
  asker?: Container,
): DnsServer {
  return serverOf((question) => {
    const ask = (): Heard => {
      const reply = daemon.upstream.ask(address, question, from());
      return { reply: typeof reply === "string" ? undefined : reply, after: 0, isRelayed: true };
    };
    const struck = asker && daemon.faults?.strikeName?.(asker, question);
    return struck ? heardUnder(struck, ask) : ask();
  }, "compressed");
}

/** Whether names of an answer are compressed. What another server says is always relayed so. */
type Style = "compressed" | "compressed-if-long" | "never-compressed";

function serverOf(
  answer: (question: Question) => Heard,
  style: Style,
  refusesHalfQuestions = true,
  memory?: AnswerMemory,
  mayBeStruck: () => boolean = () => false,
): DnsServer {
  return (bytes, transport) => {
    // What a fault may strike is asked each time.
    const key = mayBeStruck() ? undefined : memory?.keyOf(bytes, transport);
    const known = key === undefined ? undefined : memory?.get(key, bytes);
    if (known) return { message: known, after: 0 };
    if (bytes.length < headerLength || (bytes[2]! & 0x80) !== 0) return undefined;
    const opcode = (bytes[2]! >> 3) & 0xf;
    if (opcode !== query && opcode !== notify) return refusalOf(bytes, responseCodes.notImplemented);
    if (count(bytes, 4) !== 1 || count(bytes, 6) > 1 || count(bytes, 8) > 1 || count(bytes, 10) > 2) {
      return refusalOf(bytes, responseCodes.formatError);
    }
    // Seen on all releases: a header that has lost its question gets no answer.
    if (bytes.length === headerLength) return undefined;
    const asked = readQuestion(bytes, refusesHalfQuestions);
    const [question] = asked?.message.questions ?? [];
    if (!asked || !question) return refusalOf(bytes, responseCodes.formatError);
    if (!recordsAreWhole(bytes, asked.end)) {
      return refusalOf(bytes, responseCodes.formatError, asked.bytes);
    }
    const heard = answer({ name: question.name, type: typeToNumber(question.type) });
    const { reply, after, isRelayed = false } = heard;
    if (!reply) return undefined;
    const answered = isRelayed
      ? relayed(asked.message, reply, asksWithEdns(bytes, asked.end))
      : replyTo(asked.message, reply);
    const shown = isRelayed ? "compressed" : style;
    const message = encoded(answered, limitOf(bytes, transport), shown);
    // Several addresses come in another order each time, and servers outside may change their minds.
    const isOwn = !isRelayed && !reply.madeUp && after === 0;
    if (key !== undefined && isOwn && reply.answers.length <= 1) memory?.set(key, message);
    return { message, after };
  };
}

/** The longest answer over UDP to a client that names no size (EDNS), in bytes. */
const shortest = 512;
const longest = 0xffff;

/** Returns how long the answer to a message may be, in bytes. */
function limitOf(bytes: Uint8Array, transport: Transport): number {
  if (transport === "tcp") return longest;
  if (count(bytes, 10) === 0) return shortest;
  try {
    const { additionals } = decodeMessage(bytes);
    const size = additionals.find((record) => record.type === "OPT")?.udpPayloadSize ?? shortest;
    return Math.max(shortest, size);
  } catch (error) {
    if (error instanceof DnsMessageError) return shortest;
    throw error;
  }
}

/** Encodes an answer. Records that do not fit are left out, and the answer says that it is truncated. */
function encoded(message: DnsMessage, limit: number, style: Style): Uint8Array {
  const whole = encodeMessage(message, { compress: style === "compressed" });
  if (whole.length <= limit) return whole;
  // Servers outside leave all records out.
  if (style === "compressed") return encodeMessage({ ...message, truncated: true, answers: [] });
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

function count(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 8) | bytes[at + 1]!;
}

/**
 * Reads the question. The message may end after its name or its type: what is missing counts as 0, as in the
 * engine's DNS library. `undefined` where it cannot be read.
 */
function readQuestion(
  bytes: Uint8Array,
  refusesHalfQuestions: boolean,
): { readonly message: DnsMessage; readonly bytes: Uint8Array; readonly end: number } | undefined {
  const nameEnd = endOfName(bytes, headerLength);
  const left = bytes.length - nameEnd;
  if (Number.isNaN(nameEnd) || left === 1 || (refusesHalfQuestions && left === 3)) return undefined;
  const alone = new Uint8Array(nameEnd + 4);
  alone.set(bytes.subarray(0, nameEnd + 4));
  alone.set([0, 1, 0, 0, 0, 0, 0, 0], 4);
  try {
    const end = Math.min(nameEnd + 4, bytes.length);
    return { message: decodeMessage(alone), bytes: alone.subarray(headerLength), end };
  } catch (error) {
    if (error instanceof DnsMessageError) return undefined;
    throw error;
  }
}

/** Returns whether the records are whole. A message with fewer than it says is taken as it is. */
function recordsAreWhole(bytes: Uint8Array, from: number): boolean {
  let at = from;
  for (let left = count(bytes, 6) + count(bytes, 8) + count(bytes, 10); left > 0; left--) {
    if (at === bytes.length) return true;
    const nameEnd = endOfName(bytes, at);
    if (!(nameEnd + 10 <= bytes.length)) return false;
    at = nameEnd + 10 + count(bytes, nameEnd + 8);
    if (at > bytes.length) return false;
    if (!dataIsWhole(count(bytes, nameEnd), bytes, nameEnd + 10, at)) return false;
  }
  return true;
}

/** The types whose data is one name: NS, MD, MF, CNAME, MB, MG, MR, PTR. */
const namedTypes: ReadonlySet<number> = new Set([2, 3, 4, 5, 7, 8, 9, 12]);

/** Returns whether the data of a record is what its type asks for. Data that is not there is taken as it is. */
function dataIsWhole(type: number, bytes: Uint8Array, from: number, end: number): boolean {
  if (from === end) return true;
  if (type === typeNumbers.OPT) return optionsAreWhole(bytes.subarray(from, end));
  if (type === typeNumbers.A) return end - from === 4;
  if (type === typeNumbers.AAAA) return end - from === 16;
  return !namedTypes.has(type) || endOfName(bytes, from) === end;
}

/** Returns whether the options of EDNS are whole. */
function optionsAreWhole(options: Uint8Array): boolean {
  let at = 0;
  while (at < options.length) {
    if (at + 4 > options.length) return false;
    at += 4 + count(options, at + 2);
  }
  return at === options.length;
}

/** Returns where a name ends, or NaN where it does not. */
function endOfName(bytes: Uint8Array, from: number): number {
  let at = from;
  for (;;) {
    const length = bytes[at];
    if (length === undefined) return Number.NaN;
    if (length === 0) return at + 1;
    if (length >= 0x40 && length < 0xc0) return Number.NaN;
    if (length >= 0xc0) return at + 2 <= bytes.length ? at + 2 : Number.NaN;
    at += 1 + length;
  }
}

/**
 * Makes a refusal: the asker's header with the code, without the flags AA and Z and, for a malformed message, with
 * the opcode of a query. Seen on 28.5.
 */
function refusalOf(bytes: Uint8Array, code: number, question: Uint8Array = nothing): DnsReply {
  const refusal = new Uint8Array(headerLength + question.length);
  refusal.set(bytes.subarray(0, 2));
  const kept = code === responseCodes.notImplemented ? 0x7b : 0x03;
  refusal[2] = 0x80 | (bytes[2]! & kept);
  refusal[3] = (bytes[3]! & 0xb0) | code;
  if (question.length > 0) refusal[5] = 1;
  refusal.set(question, headerLength);
  return { message: refusal, after: 0 };
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
    recursionAvailable: !reply.madeUp,
    authenticData: false,
    checkingDisabled: opcode === query && asked.checkingDisabled,
    code: reply.code,
    questions,
    answers: reply.answers.flatMap(recordOf),
    authorities: [],
    additionals: [],
  };
}

/** The largest datagram that servers outside accept, in bytes. */
const outsideSize = 1_232;

/** What a server outside answers: with its own flags, and with EDNS where the question has it. */
function relayed(asked: DnsMessage, reply: Reply, withEdns: boolean): DnsMessage {
  const opt: DnsRecord = {
    type: "OPT",
    udpPayloadSize: outsideSize,
    extendedCode: 0,
    version: 0,
    dnssecOk: false,
    options: [],
  };
  return {
    ...replyTo(asked, reply),
    opcode: query,
    recursionDesired: asked.recursionDesired,
    checkingDisabled: false,
    additionals: withEdns ? [opt] : [],
  };
}

/** Returns whether the record behind the question is that of EDNS. */
function asksWithEdns(bytes: Uint8Array, end: number): boolean {
  return count(bytes, 10) > 0 && bytes[end] === 0 && count(bytes, end + 1) === typeNumbers.OPT;
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
