// The log of packets and questions, in words. Several packets are one line where they are one conversation: a question
// and its answer, a request and its reply, the three packets of a handshake.
import type { Topology } from "@dryharbor/sdk/topology";
import type { ObservedPacket, PacketEnd } from "@dryharbor/simulator";
import { whyNoName } from "./why-no-name.js";

/** One line of the log. */
export interface LogLine {
  readonly id: number;
  readonly time: number;
  readonly kind: "dns" | "ping" | "tcp" | "udp" | "lost";
  /** Whether it went well. */
  readonly good: boolean;
  readonly text: string;
  /** How often the same happened in a row. */
  readonly count: number;
  /** The packets, to be shown again. */
  readonly packets: readonly ObservedPacket[];
}

/** How many packets a line keeps to show them again. */
const mostKept = 24;

/** How many lines are kept. */
const mostLines = 500;

interface Talk {
  readonly key: string;
  readonly first: ObservedPacket;
  readonly packets: ObservedPacket[];
  line: LogLine | undefined;
  bytes: number;
}

/** Makes lines of packets. */
export class TrafficLog {
  #lines: LogLine[] = [];
  #talks = new Map<string, Talk>();
  #ids = 0;

  /** The newest last. */
  get lines(): readonly LogLine[] {
    return this.#lines;
  }

  clear(): void {
    this.#lines = [];
    this.#talks.clear();
  }

  /** Takes a packet in. */
  add(packet: ObservedPacket, topology: Topology): void {
    const key = talkOf(packet);
    let talk = this.#talks.get(key);
    if (!talk || begins(packet, talk)) {
      talk = { key, first: packet, packets: [], line: undefined, bytes: 0 };
      this.#talks.set(key, talk);
      if (this.#talks.size > mostLines) this.#talks.delete(this.#talks.keys().next().value!);
    }
    if (talk.packets.length < mostKept) talk.packets.push(packet);
    talk.bytes += packet.protocol === "tcp" ? packet.size : 0;
    const said = sentence(packet, talk, topology);
    if (said) this.#put(talk, packet, said);
  }

  #put(
    talk: Talk,
    packet: ObservedPacket,
    { kind, good, text }: Pick<LogLine, "kind" | "good" | "text">,
  ): void {
    const last = this.#lines.at(-1);
    const line = (id: number, count: number): LogLine => {
      return { id, time: packet.time, kind, good, text, count, packets: talk.packets };
    };
    if (talk.line) {
      const at = this.#lines.findLastIndex(({ id }) => id === talk.line!.id);
      talk.line = line(talk.line.id, talk.line.count);
      if (at >= 0) this.#lines[at] = talk.line;
    } else if (last && last.text === text) {
      talk.line = line(last.id, last.count + 1);
      this.#lines[this.#lines.length - 1] = talk.line;
    } else {
      talk.line = line(this.#ids++, 1);
      this.#lines.push(talk.line);
      if (this.#lines.length > mostLines) this.#lines.shift();
    }
  }
}

function talkOf({ protocol, from, to, sentTo, dns }: ObservedPacket): string {
  if (dns) return `dns ${from.container ?? from.place} ${dns.name} ${dns.type}`;
  const ends = [who(from), to ? who(to) : sentTo.address].sort().join(" ");
  if (protocol !== "tcp") return `${protocol} ${ends}`;
  // The port of the side that listens is the same on both sides of a translation, or known by the first packet.
  const ports = [from.port, sentTo.port].sort((one, other) => other - one);
  return `tcp ${ends} ${ports[0]}`;
}

function begins({ protocol, kind, dns }: ObservedPacket, { line }: Talk): boolean {
  if (dns) return dns.status === undefined && line !== undefined;
  if (protocol === "icmp") return kind === "echo-request";
  return protocol === "tcp" && kind === "S";
}

type Sentence = Pick<LogLine, "kind" | "good" | "text">;

function sentence(packet: ObservedPacket, talk: Talk, topology: Topology): Sentence | undefined {
  const { dns, protocol } = packet;
  if (dns) return dns.status === undefined ? undefined : dnsSentence(packet, topology);
  if (packet.lost) {
    const text = lostSentence(packet);
    return text === undefined ? undefined : { kind: "lost", good: false, text };
  }
  if (protocol === "icmp") return icmpSentence(packet, talk);
  if (protocol === "tcp") return tcpSentence(packet, talk);
  if (protocol === "udp") {
    return {
      kind: "udp",
      good: true,
      text: `${who(packet.from)} sent ${destination(packet)} ${bytes(packet.size)} (UDP)`,
    };
  }
  return undefined;
}

function dnsSentence({ from, to, dns }: ObservedPacket, topology: Topology): Sentence | undefined {
  const { name, type, status, records } = dns!;
  const asker = to ? who(to) : who(from);
  const asked = `${asker} asked ${from.address || "127.0.0.11"} for ${type === "A" ? "" : `${type} of `}${name}`;
  if (status === "found") return { kind: "dns", good: true, text: `${asked}: ${records.join(", ")}` };
  // Most programs ask for both families, and the absence of one is no news.
  if (status === "no-data") return undefined;
  if (status === "no-such-name") {
    if (type === "AAAA") return undefined;
    const why = asker === "host" ? undefined : whyNoName(topology, asker, name);
    return { kind: "dns", good: false, text: `${asked}: no such name${why ? `, because ${why}` : ""}` };
  }
  if (type === "AAAA") return undefined;
  const words = { "server-failure": "the server failed", refused: "the server refused" }[status!];
  const why = asker === "host" ? "" : `, and ${whyNoName(topology, asker, name)}`;
  return { kind: "dns", good: false, text: `${asked}: ${words}${why}` };
}

function icmpSentence(packet: ObservedPacket, { first }: Talk): Sentence | undefined {
  const { kind, from } = packet;
  if (kind === "echo-request") {
    return { kind: "ping", good: true, text: `${who(from)} pings ${destination(packet)}` };
  }
  if (kind === "echo-reply") {
    return { kind: "ping", good: true, text: `${who(first.from)} pinged ${destination(first)}: it answered` };
  }
  if (kind === "unreachable") {
    return {
      kind: "lost",
      good: false,
      text: `${from.address} told ${packet.to ? who(packet.to) : "the sender"}: unreachable`,
    };
  }
  return undefined;
}

function tcpSentence({ kind, from }: ObservedPacket, talk: Talk): Sentence | undefined {
  const { first } = talk;
  const way = `${who(first.from)} connected to ${destination(first)}`;
  if (kind === "S") return undefined;
  if (kind.startsWith("R") && talk.bytes === 0 && talk.line === undefined) {
    const text = `${who(first.from)} was refused by ${destination(first)}: nobody listens there`;
    return { kind: "tcp", good: false, text };
  }
  if (kind.startsWith("S.")) return { kind: "tcp", good: true, text: way };
  if (kind.startsWith("P") || kind.startsWith("F") || from.port > 0) {
    return talk.bytes === 0
      ? undefined
      : { kind: "tcp", good: true, text: `${way}: ${bytes(talk.bytes)} went to and fro` };
  }
  return undefined;
}

const reasons: Readonly<Record<NonNullable<ObservedPacket["lost"]>, string>> = {
  nobody: "nobody has that address",
  "between-networks": "that is on another network, and the engine keeps networks apart",
  "no-inter-container-communication": "that network lets its containers not talk to each other",
  "published-elsewhere": "the published port leads to another network",
  fault: "a fault lets nothing pass",
  multicast: "nobody has joined that group",
  "outside-silent": "nobody outside answers",
  "outside-unreachable": "the host has no route to it",
};

function lostSentence({ from, sentTo, lost, protocol }: ObservedPacket): string | undefined {
  if (protocol === "arp" || protocol === "neighbour") {
    return `${who(from)} asked its link who has ${sentTo.address}: nobody answered`;
  }
  return `${who(from)} sent to ${written(sentTo)}, and it was lost: ${reasons[lost!]}`;
}

/** The name of whoever is at an end. */
function who({ container, place }: PacketEnd): string {
  return container ?? (place === "host" ? "host" : "outside");
}

function destination({ from, to, sentTo }: ObservedPacket): string {
  const address = written(sentTo);
  if (!to) return address;
  if (to.container === from.container && to.place === from.place) return `itself at ${address}`;
  return to.place === "outside" ? address : `${who(to)} at ${address}`;
}

/** An address, with the port where there is one. */
function written({ address, port }: ObservedPacket["sentTo"]): string {
  if (port === 0) return address;
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}

function bytes(count: number): string {
  return count === 1 ? "1 byte" : `${count} bytes`;
}
