import { addressBytes, addressText } from "./address.js";
import type { ByteReader, ByteWriter } from "./bytes.js";
import { DnsMessageError } from "./error.js";
import { readName, type WrittenNames, writeName } from "./name.js";
import { typeNumbers } from "./numbers.js";

/** A record type: its name, or its number when it has no name here. */
export type DnsType = keyof typeof typeNumbers | number;

/** The number of the Internet class, the only class in use. */
export const classInternet = 1;

/** One option of an {@link DnsOptRecord}. */
export interface DnsOption {
  code: number;
  data: Uint8Array;
}

/** The data of a record, by type. For a type without a name here, `data` holds the bytes. */
export type DnsRecordData =
  | { type: "A" | "AAAA"; address: string }
  | { type: "NS" | "CNAME" | "PTR"; target: string }
  | { type: "MX"; preference: number; exchange: string }
  | { type: "TXT"; texts: Uint8Array[] }
  | { type: "SRV"; priority: number; weight: number; port: number; target: string }
  | {
      type: "SOA";
      primary: string;
      mailbox: string;
      serial: number;
      refresh: number;
      retry: number;
      expire: number;
      minimum: number;
    }
  | { type: number; data: Uint8Array };

/** A resource record. */
export type DnsResourceRecord = {
  name: string;
  class: number;
  /** The time to live in seconds. */
  ttl: number;
} & DnsRecordData;

/** An OPT record (EDNS): the capabilities of the sender. It has no name, class or time to live. */
export interface DnsOptRecord {
  type: "OPT";
  /** The largest UDP message that the sender accepts, in bytes. */
  udpPayloadSize: number;
  /** The upper 8 bits of the response code. */
  extendedCode: number;
  version: number;
  dnssecOk: boolean;
  options: DnsOption[];
}

/** A record in a section of a message. */
export type DnsRecord = DnsResourceRecord | DnsOptRecord;

/** Converts a number of a record type to a {@link DnsType}. */
export function typeFromNumber(number: number): DnsType {
  for (const [name, value] of Object.entries(typeNumbers)) {
    if (value === number) return name as keyof typeof typeNumbers;
  }
  return number;
}

/** Converts a record type to its number. */
export function typeToNumber(type: DnsType): number {
  return typeof type === "number" ? type : typeNumbers[type];
}

/** Reads a record. @throws {DnsMessageError} The bytes are not a record. */
export function readRecord(reader: ByteReader): DnsRecord {
  const name = readName(reader);
  const type = typeFromNumber(reader.u16());
  const class_ = reader.u16();
  const ttl = reader.u32();
  const data = reader.part(reader.u16());
  const record: DnsRecord =
    type === "OPT" ? readOpt(name, class_, ttl, data) : { name, class: class_, ttl, ...readData(type, data) };
  if (!data.atEnd) throw new DnsMessageError(`a record of type ${type} is longer than what it says`);
  return record;
}

function readOpt(name: string, class_: number, ttl: number, data: ByteReader): DnsOptRecord {
  if (name !== "") throw new DnsMessageError(`an OPT record has the name "${name}"`);
  const options: DnsOption[] = [];
  while (!data.atEnd) options.push({ code: data.u16(), data: data.take(data.u16()).slice() });
  return {
    type: "OPT",
    udpPayloadSize: class_,
    extendedCode: Math.floor(ttl / 0x100_0000),
    version: Math.floor(ttl / 0x1_0000) % 0x100,
    dnssecOk: Math.floor(ttl / 0x8000) % 2 === 1,
    options,
  };
}

function readData(type: Exclude<DnsType, "OPT">, data: ByteReader): DnsRecordData {
  switch (type) {
    case "A":
      return { type, address: addressText(data.take(4)) };
    case "AAAA":
      return { type, address: addressText(data.take(16)) };
    case "NS":
    case "CNAME":
    case "PTR":
      return { type, target: readName(data) };
    case "MX":
      return { type, preference: data.u16(), exchange: readName(data) };
    case "TXT": {
      const texts: Uint8Array[] = [];
      while (!data.atEnd) texts.push(data.take(data.u8()).slice());
      return { type, texts };
    }
    case "SRV":
      return { type, priority: data.u16(), weight: data.u16(), port: data.u16(), target: readName(data) };
    case "SOA":
      return {
        type,
        primary: readName(data),
        mailbox: readName(data),
        serial: data.u32(),
        refresh: data.u32(),
        retry: data.u32(),
        expire: data.u32(),
        minimum: data.u32(),
      };
    default:
      return { type, data: data.rest().slice() };
  }
}

/** Writes a record. @param written the names that the message has so far, for compression */
export function writeRecord(writer: ByteWriter, record: DnsRecord, written?: WrittenNames): void {
  if (record.type === "OPT") {
    writeOpt(writer, record);
    return;
  }
  writeName(writer, record.name, written);
  writer.u16(typeToNumber(record.type));
  writer.u16(record.class);
  writer.u32(record.ttl);
  writer.counted(() => writeData(writer, record, written));
}

function writeOpt(writer: ByteWriter, record: DnsOptRecord): void {
  writeName(writer, "");
  writer.u16(typeNumbers.OPT);
  writer.u16(record.udpPayloadSize);
  writer.u8(record.extendedCode);
  writer.u8(record.version);
  writer.u16(record.dnssecOk ? 0x8000 : 0);
  writer.counted(() => {
    for (const { code, data } of record.options) {
      writer.u16(code);
      writer.counted(() => writer.put(data));
    }
  });
}

function writeData(writer: ByteWriter, record: DnsRecordData, written?: WrittenNames): void {
  switch (record.type) {
    case "A":
      writer.put(bytesOf(record.address, 4));
      break;
    case "AAAA":
      writer.put(bytesOf(record.address, 16));
      break;
    case "NS":
    case "CNAME":
    case "PTR":
      writeName(writer, record.target, written);
      break;
    case "MX":
      writer.u16(record.preference);
      writeName(writer, record.exchange, written);
      break;
    case "TXT":
      for (const text of record.texts) {
        writer.u8(text.length);
        writer.put(text);
      }
      break;
    case "SRV":
      writer.u16(record.priority);
      writer.u16(record.weight);
      writer.u16(record.port);
      // RFC 2782 forbids compression of this name.
      writeName(writer, record.target);
      break;
    case "SOA":
      writeName(writer, record.primary, written);
      writeName(writer, record.mailbox, written);
      for (const time of [record.serial, record.refresh, record.retry, record.expire, record.minimum]) {
        writer.u32(time);
      }
      break;
    default:
      writer.put(record.data);
  }
}

function bytesOf(address: string, length: 4 | 16): Uint8Array {
  const bytes = addressBytes(address);
  if (bytes?.length === length) return bytes;
  throw new DnsMessageError(
    `"${address}" is not an address for a record of type ${length === 4 ? "A" : "AAAA"}`,
  );
}
