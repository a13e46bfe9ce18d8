// DNS messages as tcpdump prints them.
import { typeNumbers } from "@dryharbor/kernel/dns-message";
import { addressAt, u16At, u32At } from "./view.js";

const operations = ["", " inv_q", " stat", " op3", " notify", " update", " op6", " op7", " op8"];
const codes = [
  "",
  " FormErr",
  " ServFail",
  " NXDomain",
  " NotImp",
  " Refused",
  " YXDomain",
  " YXRRSet",
  " NXRRSet",
  " NotAuth",
  " NotZone",
  " Resp11",
  " Resp12",
  " Resp13",
  " Resp14",
  " NoChange",
];

const typeNames: Readonly<Record<number, string>> = {
  ...Object.fromEntries(Object.entries(typeNumbers).map(([name, number]) => [number, name])),
  13: "HINFO",
  17: "RP",
  18: "AFSDB",
  24: "SIG",
  25: "KEY",
  29: "LOC",
  35: "NAPTR",
  37: "CERT",
  39: "DNAME",
  43: "DS",
  44: "SSHFP",
  46: "RRSIG",
  47: "NSEC",
  48: "DNSKEY",
  50: "NSEC3",
  52: "TLSA",
  249: "TKEY",
  250: "TSIG",
  251: "IXFR",
  252: "AXFR",
  255: "ANY",
  256: "URI",
  257: "CAA",
};

const classNames: Readonly<Record<number, string>> = { 1: "IN", 3: "CHAOS", 4: "HS", 255: "ANY" };

/** Thrown where a message ends too early. */
class Truncated extends Error {}

/** Formats a message, with a blank before it. */
export function dnsText(message: Uint8Array, verbosity: number): string {
  if (message.length < 12) return ` [|domain]`;
  const printer = new DnsPrinter(message, verbosity);
  try {
    printer.print();
  } catch (error) {
    if (!(error instanceof Truncated)) throw error;
    return `${printer.text} [|domain]`;
  }
  return `${printer.text} (${message.length})`;
}

class DnsPrinter {
  text = "";
  readonly #bytes: Uint8Array;
  readonly #verbosity: number;
  #at = 12;

  constructor(bytes: Uint8Array, verbosity: number) {
    this.#bytes = bytes;
    this.#verbosity = verbosity;
  }

  print(): void {
    const bytes = this.#bytes;
    const flags = u16At(bytes, 2);
    const [questions, answers, authorities, additionals] = [4, 6, 8, 10].map((at) => u16At(bytes, at)) as [
      number,
      number,
      number,
      number,
    ];
    const operation = operations[(flags >> 11) & 0xf] ?? ` op${(flags >> 11) & 0xf}`;
    const isSet = (bit: number) => (flags & bit) !== 0;
    this.text = ` ${u16At(bytes, 0)}${operation}`;
    if (isSet(0x8000)) {
      this.text += codes[flags & 0xf] ?? "";
      this.text += `${isSet(0x400) ? "*" : ""}${isSet(0x80) ? "" : "-"}${isSet(0x200) ? "|" : ""}${isSet(0x20) ? "$" : ""}`;
      if (questions !== 1) this.text += ` [${questions}q]`;
      for (let index = 0; index < questions; index++) {
        const question = this.#question();
        if (this.#verbosity > 1) this.text += `${index === 0 ? " q:" : ","}${question}`;
      }
      this.text += ` ${answers}/${authorities}/${additionals}`;
      this.#records("", answers);
      if (this.#verbosity > 1) this.#others(authorities, additionals);
      return;
    }
    this.text += `${isSet(0x100) ? "+" : ""}${isSet(0x10) ? "%" : ""}`;
    if ((flags & 0x6cf) !== 0) this.text += ` [b2&3=0x${flags.toString(16)}]`;
    if (answers > 0) this.text += ` [${answers}a]`;
    if (authorities > 0) this.text += ` [${authorities}n]`;
    if (additionals > 0) this.text += ` [${additionals}au]`;
    if (questions !== 1) this.text += ` [${questions}q]`;
    for (let index = 0; index < questions; index++) this.text += `${index > 0 ? "," : ""}${this.#question()}`;
    if (this.#verbosity > 1) {
      this.#records(" an:", answers);
      this.#others(authorities, additionals);
    }
  }

  #others(authorities: number, additionals: number): void {
    this.#records(" ns:", authorities);
    this.#records(" ar:", additionals);
  }

  #records(title: string, count: number): void {
    for (let index = 0; index < count; index++) {
      const record = this.#record();
      this.text += `${index === 0 ? title : ","}${record}`;
    }
  }

  #question(): string {
    const name = this.#name();
    const [type, class_] = [this.#u16(), this.#u16()];
    return ` ${typeText(type)}${class_ === 1 ? "" : ` ${classText(class_)}`}? ${name}`;
  }

  #record(): string {
    const name = this.#name();
    const [type, class_] = [this.#u16(), this.#u16()];
    const ttl = this.#u32();
    const length = this.#u16();
    const start = this.#at;
    if (start + length > this.#bytes.length) throw new Truncated();
    const isOpt = type === typeNumbers.OPT;
    const owner = this.#verbosity > 0 ? ` ${name}` : "";
    const shownClass = class_ === 1 || isOpt ? "" : ` ${classText(class_)}`;
    const time = this.#verbosity > 2 && !isOpt ? ` [${timeText(ttl)}]` : "";
    const data = this.#data(type, class_, start, length);
    this.#at = start + length;
    return `${owner}${shownClass}${time} ${typeText(type)}${data}`;
  }

  #data(type: number, class_: number, start: number, length: number): string {
    const bytes = this.#bytes;
    switch (typeNames[type]) {
      case "A":
        return length === 4 ? ` ${addressAt(bytes, start, 4)}` : "";
      case "AAAA":
        return length === 16 ? ` ${addressAt(bytes, start, 6)}` : "";
      case "NS":
      case "CNAME":
      case "DNAME":
      case "PTR":
        return ` ${this.#name()}`;
      case "MX": {
        const preference = this.#u16();
        return ` ${this.#name()} ${preference}`;
      }
      case "TXT":
        return ` ${this.#texts(start + length)}`;
      case "SRV": {
        const [priority, weight, port] = [this.#u16(), this.#u16(), this.#u16()];
        return ` ${this.#name()}:${port} ${priority} ${weight}`;
      }
      case "SOA": {
        if (this.#verbosity === 0) return "";
        const names = ` ${this.#name()} ${this.#name()}`;
        const numbers = [this.#u32(), this.#u32(), this.#u32(), this.#u32(), this.#u32()];
        return `${names} ${numbers.join(" ")}`;
      }
      case "OPT":
        return ` UDPsize=${class_}${this.#options(start + length)}`;
      default:
        return "";
    }
  }

  #options(end: number): string {
    const parts: string[] = [];
    while (this.#at + 4 <= end) {
      const [code, length] = [this.#u16(), this.#u16()];
      const data = this.#bytes.subarray(this.#at, this.#at + length);
      this.#at += length;
      if (code === 10) {
        const hexadecimal = [...data].map((byte) => byte.toString(16).padStart(2, "0")).join("");
        parts.push(`COOKIE ${hexadecimal}`);
      } else parts.push(`Opt${code}`);
    }
    return parts.length === 0 ? "" : ` [${parts.join(",")}]`;
  }

  #texts(end: number): string {
    const parts: string[] = [];
    while (this.#at < end) {
      const length = this.#bytes[this.#at++] ?? 0;
      const text = [...this.#bytes.subarray(this.#at, this.#at + length)].map(shownByte).join("");
      parts.push(`"${text}"`);
      this.#at += length;
    }
    return parts.join(" ");
  }

  /** Reads a name and follows its pointers. */
  #name(): string {
    const bytes = this.#bytes;
    const labels: string[] = [];
    let at = this.#at;
    let isBehind = false;
    for (let steps = 0; steps < 128; steps++) {
      const length = bytes[at];
      if (length === undefined) throw new Truncated();
      if (length >= 0xc0) {
        if (!isBehind) this.#at = at + 2;
        isBehind = true;
        at = u16At(bytes, at) & 0x3fff;
        continue;
      }
      at++;
      if (length === 0) {
        if (!isBehind) this.#at = at;
        return labels.length === 0 ? "." : `${labels.join(".")}.`;
      }
      if (at + length > bytes.length) throw new Truncated();
      labels.push([...bytes.subarray(at, at + length)].map(shownByte).join(""));
      at += length;
    }
    throw new Truncated();
  }

  #u16(): number {
    if (this.#at + 2 > this.#bytes.length) throw new Truncated();
    this.#at += 2;
    return u16At(this.#bytes, this.#at - 2);
  }

  #u32(): number {
    if (this.#at + 4 > this.#bytes.length) throw new Truncated();
    this.#at += 4;
    return u32At(this.#bytes, this.#at - 4);
  }
}

function typeText(type: number): string {
  return typeNames[type] ?? `Type${type}`;
}

function classText(class_: number): string {
  return classNames[class_] ?? `Class${class_}`;
}

/** Formats a byte. One that cannot be printed is shown as `^A` and `M-^A`. */
function shownByte(byte: number): string {
  const isHigh = byte >= 0x80;
  const low = byte & 0x7f;
  const text = low < 0x20 || low === 0x7f ? `^${String.fromCharCode(low ^ 0x40)}` : String.fromCharCode(low);
  return isHigh ? `M-${text}` : text;
}

/** Formats seconds in weeks, days, hours, minutes and seconds. */
function timeText(seconds: number): string {
  if (seconds === 0) return "0s";
  let rest = seconds;
  let text = "";
  for (const [unit, length] of [
    ["w", 604_800],
    ["d", 86_400],
    ["h", 3_600],
    ["m", 60],
    ["s", 1],
  ] as const) {
    const count = Math.floor(rest / length);
    if (count > 0) text += `${count}${unit}`;
    rest %= length;
  }
  return text;
}
