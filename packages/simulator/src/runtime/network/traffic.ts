// Tells of the packets of a whole engine: each once, with where it came from and where it went. What both kernels show
// to those who capture is put together here: a packet that leaves one namespace and at once arrives in another one.
import type { CapturedPacket, Packet } from "@dryharbor/kernel";
import { DnsMessageError, decodeMessage, responseCodes } from "@dryharbor/kernel/dns-message";
import type { NetworkStack } from "@dryharbor/kernel/network";
import type { Daemon } from "../../core/daemon.js";
import { embeddedAddress } from "../../core/dns/resolve.js";
import { decide } from "../../core/traffic/decide.js";
import type { LossReason, Place } from "../../core/traffic/place.js";

/**
 * A packet that somebody has sent, as {@link Simulator.watchTraffic} tells of it. Plain data. A question who has an address on a link
 * (`arp`, `neighbour`) is told of where nobody answers.
 */
export interface ObservedPacket {
  /** In milliseconds since 1970. */
  readonly time: number;
  readonly protocol: "tcp" | "udp" | "icmp" | "arp" | "neighbour";
  /** Who sent it, with the address that the sender knows itself by. */
  readonly from: PacketEnd;
  /** Who received it, with the address at which it was seen to arrive. Absent where it was lost. */
  readonly to?: PacketEnd;
  /** The address and port that the sender has sent it to. */
  readonly sentTo: { readonly address: string; readonly port: number };
  /**
   * What it is: of TCP the flags as tcpdump writes them (`S`, `S.`, `P.`, `F.`, `R.`), of ICMP and ARP its kind
   * (`echo-request`, `unreachable`, `request`), else empty.
   */
  readonly kind: string;
  /** The bytes that it carries. */
  readonly size: number;
  /** What it says where it is a DNS message. */
  readonly dns?: ObservedDns;
  /** Why it did not arrive; absent where it did. */
  readonly lost?: LossReason;
}

/** One end of an {@link ObservedPacket}. */
export interface PacketEnd {
  /** The name of a container; `undefined` for the host and for machines outside. */
  readonly container: string | undefined;
  readonly place: Place["kind"];
  readonly address: string;
  /** 0 where the protocol has no ports. */
  readonly port: number;
}

/** A DNS message: a question, or what was answered to it. */
export interface ObservedDns {
  readonly name: string;
  /** E.g. `A`, `AAAA`, `PTR`. */
  readonly type: string;
  /** Absent in a question. `no-data`: the name has no record of the type. */
  readonly status?: "found" | "no-such-name" | "no-data" | "server-failure" | "refused";
  /** The answers as text: addresses, or names. */
  readonly records: readonly string[];
}

/** A packet that has left its namespace. */
interface Departure {
  readonly place: Place;
  readonly captured: CapturedPacket;
}

/** Watches stacks, and calls a listener with each packet. */
export class TrafficWatch {
  readonly #daemon: Daemon;
  readonly #tell: (packet: ObservedPacket) => void;
  readonly #leave = new Map<NetworkStack, () => void>();
  readonly #departed = new Map<"asking" | "sent", Departure>();

  constructor(daemon: Daemon, tell: (packet: ObservedPacket) => void) {
    this.#daemon = daemon;
    this.#tell = tell;
  }

  /** Watches one more namespace. */
  add(stack: NetworkStack, place: Place): void {
    for (const known of this.#leave.keys()) if (known.closed) this.#leave.delete(known);
    const see = (captured: CapturedPacket): void => this.#see(place, captured);
    stack.captures.add(see);
    this.#leave.set(stack, () => stack.captures.delete(see));
  }

  close(): void {
    for (const leave of this.#leave.values()) leave();
    this.#leave.clear();
    this.#departed.clear();
  }

  #see(place: Place, captured: CapturedPacket): void {
    const { packet, direction, device } = captured;
    if (isOfLink(packet)) {
      // Neighbours ask each other before their first packet. What is of interest is that nobody answers.
      if (direction === "out" && isQuestion(packet)) this.#depart("asking", { place, captured });
      else if (direction === "in" && !isQuestion(packet)) this.#departed.delete("asking");
      return;
    }
    if (direction === "out") {
      this.#depart("sent", { place, captured });
      return;
    }
    const departed = this.#departed.get("sent");
    if (device === "lo") {
      this.#report(place, captured, { place, captured });
    } else if (departed && isSame(departed.captured.packet, packet)) {
      this.#departed.delete("sent");
      this.#report(departed.place, departed.captured, { place, captured });
    } else {
      // What a router on the way says has left no namespace of ours but the host's.
      this.#report({ kind: "host" }, captured, { place, captured });
    }
  }

  /** Remembers what has left its namespace: it arrives in the same turn, or never. */
  #depart(what: "asking" | "sent", departed: Departure): void {
    this.#giveUp(what);
    this.#departed.set(what, departed);
    queueMicrotask(() => {
      if (this.#departed.get(what) === departed) this.#giveUp(what);
    });
  }

  #giveUp(what: "asking" | "sent"): void {
    const departed = this.#departed.get(what);
    this.#departed.delete(what);
    if (departed) this.#report(departed.place, departed.captured, undefined);
  }

  #report(from: Place, { time, packet }: CapturedPacket, arrival: Departure | undefined): void {
    const sentTo = destinationOf(packet);
    const lost = arrival ? undefined : this.#lossOf(from, packet);
    const dns = dnsOf(packet);
    this.#tell({
      time: Number(time / 1_000_000n),
      protocol: packet.protocol,
      from: endOf(from, sourceOf(packet)),
      ...(arrival && { to: endOf(arrival.place, destinationOf(arrival.captured.packet)) }),
      sentTo,
      kind: packet.protocol === "tcp" ? packet.flags : "kind" in packet ? packet.kind : "",
      size: "data" in packet ? packet.data.length : 0,
      ...(dns && { dns }),
      ...(lost && { lost }),
    });
  }

  #lossOf(from: Place, packet: Packet): LossReason {
    if (isOfLink(packet)) return "nobody";
    const { protocol } = packet;
    const verdict = decide(this.#daemon, from, {
      protocol,
      source: undefined,
      destination: destinationOf(packet),
    });
    return "why" in verdict ? verdict.why : "nobody";
  }
}

type PacketOfLink = Extract<Packet, { readonly protocol: "arp" | "neighbour" }>;

function isOfLink(packet: Packet): packet is PacketOfLink {
  return packet.protocol === "arp" || packet.protocol === "neighbour";
}

function isQuestion({ kind }: PacketOfLink): boolean {
  return kind === "request" || kind === "solicitation";
}

/** Whether what arrives is what has just left. Addresses may have been translated on the way. */
function isSame(one: Packet, other: Packet): boolean {
  if (one.protocol === "tcp" && other.protocol === "tcp") return one.flags === other.flags;
  if ("kind" in one && "kind" in other) return one.kind === other.kind;
  return one.protocol === other.protocol;
}

function sourceOf(packet: Packet): { readonly address: string; readonly port: number } {
  return packet.protocol === "arp" ? { address: packet.sender, port: 0 } : packet.source;
}

function destinationOf(packet: Packet): { readonly address: string; readonly port: number } {
  return isOfLink(packet) ? { address: packet.target, port: 0 } : packet.destination;
}

function endOf(
  place: Place,
  { address, port }: { readonly address: string; readonly port: number },
): PacketEnd {
  const container = place.kind === "container" ? place.container.name : undefined;
  return { container, place: place.kind, address, port };
}

const dnsPort = 53;

/** Reads a DNS message. The embedded server listens at a port that only its own namespace knows. */
function dnsOf(packet: Packet): ObservedDns | undefined {
  if (packet.protocol !== "udp") return undefined;
  const isDns = [packet.source, packet.destination].some(
    ({ address, port }) => port === dnsPort || address === embeddedAddress,
  );
  if (!isDns) return undefined;
  try {
    const { response, code, questions, answers } = decodeMessage(packet.data);
    const [question] = questions;
    if (!question) return undefined;
    const records = answers.flatMap((record) => {
      if (record.type !== question.type) return [];
      if ("address" in record) return [record.address];
      return "target" in record ? [record.target.replace(/\.$/, "")] : [];
    });
    const { name, type } = question;
    const asked = { name: name.replace(/\.$/, ""), type: `${type}`, records };
    return response ? { ...asked, status: statusOf(code, records) } : asked;
  } catch (error) {
    if (error instanceof DnsMessageError) return undefined;
    throw error;
  }
}

function statusOf(code: number, records: readonly string[]): NonNullable<ObservedDns["status"]> {
  switch (code) {
    case responseCodes.noError:
      return records.length > 0 ? "found" : "no-data";
    case responseCodes.noSuchName:
      return "no-such-name";
    case responseCodes.refused:
      return "refused";
    default:
      return "server-failure";
  }
}
