import { ByteReader, ByteWriter } from "./bytes.js";
import { DnsMessageError } from "./error.js";
import { readName, type WrittenNames, writeName } from "./name.js";
import {
  type DnsRecord,
  type DnsType,
  readRecord,
  typeFromNumber,
  typeToNumber,
  writeRecord,
} from "./record.js";

/** A question of a message. */
export interface DnsQuestion {
  name: string;
  type: DnsType;
  class: number;
}

/** A DNS message: a query or a response (RFC 1035 section 4). */
export interface DnsMessage {
  /** The id, 16 bits. A response has the id of its query. */
  id: number;
  /** Whether the message is a response. Otherwise it is a query. */
  response: boolean;
  /** The kind of query. 0 is a standard query. */
  opcode: number;
  authoritative: boolean;
  truncated: boolean;
  recursionDesired: boolean;
  recursionAvailable: boolean;
  authenticData: boolean;
  checkingDisabled: boolean;
  /** The response code: one of {@link responseCodes}, or another number of 4 bits. */
  code: number;
  questions: DnsQuestion[];
  answers: DnsRecord[];
  authorities: DnsRecord[];
  additionals: DnsRecord[];
}

const flagBits = {
  response: 15,
  authoritative: 10,
  truncated: 9,
  recursionDesired: 8,
  recursionAvailable: 7,
  authenticData: 5,
  checkingDisabled: 4,
} as const;
const opcodeBit = 11;

/**
 * Encodes a message. Over TCP, its length precedes it, see `frameMessage`.
 * @param options `compress`: whether a repeated name is replaced by a pointer to its first place. Default:
 *   true.
 * @throws {DnsMessageError} A name, address or number cannot be encoded.
 */
export function encodeMessage(message: DnsMessage, { compress = true } = {}): Uint8Array {
  const writer = new ByteWriter();
  const written: WrittenNames | undefined = compress ? new Map() : undefined;
  writer.u16(message.id);
  writer.u16(flagsOf(message));
  writer.u16(message.questions.length);
  writer.u16(message.answers.length);
  writer.u16(message.authorities.length);
  writer.u16(message.additionals.length);
  for (const question of message.questions) {
    writeName(writer, question.name, written);
    writer.u16(typeToNumber(question.type));
    writer.u16(question.class);
  }
  for (const record of [...message.answers, ...message.authorities, ...message.additionals]) {
    writeRecord(writer, record, written);
  }
  return writer.bytes();
}

function flagsOf(message: DnsMessage): number {
  if (message.opcode > 0xf || message.code > 0xf) {
    throw new DnsMessageError(`opcode ${message.opcode} or code ${message.code} is more than 4 bits`);
  }
  let flags = message.opcode * 2 ** opcodeBit + message.code;
  for (const [flag, bit] of Object.entries(flagBits)) {
    if (message[flag as keyof typeof flagBits]) flags += 2 ** bit;
  }
  return flags;
}

/**
 * Decodes a message. Bytes behind the last record are ignored, as resolvers do.
 * @throws {DnsMessageError} The bytes are not a message.
 */
export function decodeMessage(bytes: Uint8Array): DnsMessage {
  const reader = new ByteReader(bytes);
  const id = reader.u16();
  const flags = reader.u16();
  const [questions, answers, authorities, additionals] = [
    reader.u16(),
    reader.u16(),
    reader.u16(),
    reader.u16(),
  ];
  const isSet = (flag: keyof typeof flagBits) => ((flags >> flagBits[flag]) & 1) === 1;
  return {
    id,
    response: isSet("response"),
    opcode: (flags >> opcodeBit) & 0xf,
    authoritative: isSet("authoritative"),
    truncated: isSet("truncated"),
    recursionDesired: isSet("recursionDesired"),
    recursionAvailable: isSet("recursionAvailable"),
    authenticData: isSet("authenticData"),
    checkingDisabled: isSet("checkingDisabled"),
    code: flags & 0xf,
    questions: several(questions, () => readQuestion(reader)),
    answers: several(answers, () => readRecord(reader)),
    authorities: several(authorities, () => readRecord(reader)),
    additionals: several(additionals, () => readRecord(reader)),
  };
}

function readQuestion(reader: ByteReader): DnsQuestion {
  return { name: readName(reader), type: typeFromNumber(reader.u16()), class: reader.u16() };
}

// A loop rather than Array.from with a length: a short message may claim 65535 records. The loop fails at the
// first missing one.
function several<Item>(count: number, read: () => Item): Item[] {
  const items: Item[] = [];
  while (items.length < count) items.push(read());
  return items;
}
