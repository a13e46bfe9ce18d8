// Messages as dig and host print them.
import {
  type DnsMessage,
  type DnsOptRecord,
  type DnsQuestion,
  type DnsRecord,
  typeToNumber,
} from "@dryharbor/kernel/dns-message";
import { absolute, classText, codeText, operations, typeText } from "./names.js";

/** Which parts of a record are shown, and in which columns. */
export interface RecordStyle {
  readonly showsTtl: boolean;
  readonly showsClass: boolean;
  readonly ttlUnits: boolean;
  readonly isMultiline: boolean;
}

export const plainStyle: RecordStyle = {
  showsTtl: true,
  showsClass: true,
  ttlUnits: false,
  isMultiline: false,
};

/** The two lines about the header. */
export function headerText(message: DnsMessage): string {
  const { opcode, code, id, questions, answers, authorities, additionals } = message;
  const flags = (
    [
      ["qr", message.response],
      ["aa", message.authoritative],
      ["tc", message.truncated],
      ["rd", message.recursionDesired],
      ["ra", message.recursionAvailable],
      ["ad", message.authenticData],
      ["cd", message.checkingDisabled],
    ] as const
  ).flatMap(([name, isSet]) => (isSet ? [` ${name}`] : []));
  const operation = operations[opcode] ?? `RESERVED${opcode}`;
  return `;; ->>HEADER<<- opcode: ${operation}, status: ${codeText(code)}, id: ${id}\n;; flags:${flags.join("")}; QUERY: ${questions.length}, ANSWER: ${answers.length}, AUTHORITY: ${authorities.length}, ADDITIONAL: ${additionals.length}\n`;
}

/** The record about EDNS, without a title. */
export function optText({ version, dnssecOk, udpPayloadSize, options }: DnsOptRecord): string {
  const lines = options.map(({ code, data }) => {
    const hexadecimal = [...data].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return code === 10 ? `; COOKIE: ${hexadecimal}\n` : `; OPT=${code}: ${hexadecimal}\n`;
  });
  return `; EDNS: version: ${version}, flags:${dnssecOk ? " do" : ""}; udp: ${udpPayloadSize}\n${lines.join("")}`;
}

/** A question as a line. */
export function questionText({ name, type, class: class_ }: DnsQuestion, style: RecordStyle): string {
  const line = new Columns(absolute(name));
  const columns = columnsOf(style);
  if (style.showsClass) line.at(columns.class, classText(class_));
  line.at(columns.type, typeText(typeToNumber(type)));
  return `;${line.text}\n`;
}

/** A record as a line. */
export function recordText(record: Exclude<DnsRecord, DnsOptRecord>, style: RecordStyle): string {
  const columns = columnsOf(style);
  const line = new Columns(absolute(record.name));
  if (style.showsTtl) line.at(columns.ttl, style.ttlUnits ? timeText(record.ttl) : String(record.ttl));
  if (style.showsClass) line.at(columns.class, classText(record.class));
  line.at(columns.type, typeText(typeToNumber(record.type)));
  line.at(columns.data, dataText(record));
  return `${line.text}\n`;
}

function columnsOf({ showsTtl, showsClass, isMultiline }: RecordStyle) {
  if (isMultiline) return { ttl: 24, class: 24, type: 24, data: 32 };
  const class_ = showsTtl ? 32 : 24;
  const type = showsClass ? class_ + 8 : class_;
  return { ttl: 24, class: class_, type, data: type + 8 };
}

/** A line with columns, which tabs lead to. */
class Columns {
  text: string;
  #at: number;

  constructor(start: string) {
    this.text = start;
    this.#at = start.length;
  }

  /** Adds a word at a column, or one place further where the line is longer already. */
  at(column: number, word: string): void {
    const to = Math.max(column, this.#at + 1);
    const tabs = Math.max(0, Math.floor(to / 8) - Math.floor(this.#at / 8));
    const from = tabs > 0 ? Math.floor(to / 8) * 8 : this.#at;
    this.text += `${"\t".repeat(tabs)}${" ".repeat(to - from)}${word}`;
    this.#at = to + word.length;
  }
}

/** What a record says. */
export function dataText(record: Exclude<DnsRecord, DnsOptRecord>): string {
  switch (record.type) {
    case "A":
    case "AAAA":
      return record.address;
    case "NS":
    case "CNAME":
    case "PTR":
      return absolute(record.target);
    case "MX":
      return `${record.preference} ${absolute(record.exchange)}`;
    case "SRV":
      return `${record.priority} ${record.weight} ${record.port} ${absolute(record.target)}`;
    case "TXT":
      return record.texts.map(quoted).join(" ");
    case "SOA": {
      const { primary, mailbox, serial, refresh, retry, expire, minimum } = record;
      return `${absolute(primary)} ${absolute(mailbox)} ${serial} ${refresh} ${retry} ${expire} ${minimum}`;
    }
    default: {
      const hexadecimal = [...record.data].map((byte) => byte.toString(16).padStart(2, "0").toUpperCase());
      return `\\# ${record.data.length}${hexadecimal.length > 0 ? ` ${hexadecimal.join("")}` : ""}`;
    }
  }
}

function quoted(text: Uint8Array): string {
  const shown = [...text].map((byte) => {
    const character = String.fromCharCode(byte);
    if (character === '"' || character === "\\") return `\\${character}`;
    return byte < 0x20 || byte >= 0x7f ? `\\${String(byte).padStart(3, "0")}` : character;
  });
  return `"${shown.join("")}"`;
}

function timeText(seconds: number): string {
  let rest = seconds;
  let text = "";
  for (const [unit, length] of [
    ["w", 604_800],
    ["d", 86_400],
    ["h", 3_600],
    ["m", 60],
  ] as const) {
    const count = Math.floor(rest / length);
    if (count > 0) text += `${count}${unit}`;
    rest %= length;
  }
  return rest > 0 || text === "" ? `${text}${rest}s` : text;
}

/** Returns whether records of an answer belong to another class than its question, which BIND takes as malformed. */
export function isMalformed({ questions, answers }: DnsMessage): boolean {
  const [question] = questions;
  return answers.some(
    (record) =>
      record.type !== "OPT" &&
      question !== undefined &&
      record.class !== question.class &&
      question.class !== 255,
  );
}

/** Bytes in lines of 16, with their characters behind them. */
export function packetDump(bytes: Uint8Array): string {
  let text = `${bytes.length} bytes\n`;
  for (let at = 0; at < bytes.length; at += 16) {
    const line = [...bytes.subarray(at, at + 16)];
    const hexadecimal = line.map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
    const shown = line.map((byte) => (byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ".")).join("");
    text += `${hexadecimal.padEnd(48)}         ${shown}\n`;
  }
  return text;
}
