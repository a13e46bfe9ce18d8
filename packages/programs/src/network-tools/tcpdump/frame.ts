// A captured packet as the bytes of its Ethernet frame, which is what tcpdump reads.

import type { ArpPacket, CapturedPacket, NeighbourPacket, Packet, TcpOptions } from "@dryharbor/kernel";
import { parseAddress } from "@dryharbor/kernel";
import { joined } from "../../bytes.js";

export const etherTypes = { ip: 0x0800, arp: 0x0806, ip6: 0x86dd } as const;
export const protocols = { icmp: 1, tcp: 6, udp: 17, icmp6: 58 } as const;

/** The bits of the flags of a TCP segment. */
export const tcpFlags = { fin: 1, syn: 2, rst: 4, push: 8, ack: 16, urg: 32, ece: 64, cwr: 128 } as const;

/** The length of the header of Ethernet, in bytes. */
export const ethernetLength = 14;

/** An ICMP error quotes at most so much of the packet that it is about, in bytes. */
const longestQuote = { 4: 548, 6: 1_232 } as const;

/** Returns the bytes of the frame that a packet is in. */
export function frameOf({ frame, packet }: CapturedPacket): Uint8Array {
  const type =
    packet.protocol === "arp" ? etherTypes.arp : packet.family === 4 ? etherTypes.ip : etherTypes.ip6;
  return joined([
    macBytes(frame.destination),
    macBytes(frame.source),
    u16(type),
    packet.protocol === "arp" ? arpBytes(packet, frame) : ipBytes(packet),
  ]);
}

function arpBytes({ kind, target, sender, mac }: ArpPacket, frame: CapturedPacket["frame"]): Uint8Array {
  const isRequest = kind === "request";
  return joined([
    new Uint8Array([0, 1, 8, 0, 6, 4, 0, isRequest ? 1 : 2]),
    macBytes(isRequest ? frame.source : mac),
    addressBytes(isRequest ? sender : target),
    isRequest ? new Uint8Array(6) : macBytes(frame.destination),
    addressBytes(isRequest ? target : sender),
  ]);
}

type IpPacket = Exclude<Packet, ArpPacket>;

function ipBytes(packet: IpPacket): Uint8Array {
  const { family, source, destination, ttl, identification, dontFragment } = packet;
  const [from, to] = [addressBytes(source.address), addressBytes(destination.address)];
  const protocol =
    packet.protocol === "tcp" || packet.protocol === "udp"
      ? protocols[packet.protocol]
      : family === 4
        ? protocols.icmp
        : protocols.icmp6;
  const payload = payloadOf(packet, (length) => pseudoHeader(from, to, protocol, length));
  if (family === 6) {
    return joined([
      u32(0x6000_0000 + identification),
      u16(payload.length),
      new Uint8Array([protocol, ttl]),
      from,
      to,
      payload,
    ]);
  }
  const header = joined([
    // What the kernel says of errors has precedence.
    new Uint8Array([0x45, packet.protocol === "icmp" && packet.about ? 0xc0 : 0]),
    u16(20 + payload.length),
    u16(identification),
    u16(dontFragment ? 0x4000 : 0),
    new Uint8Array([ttl, protocol, 0, 0]),
    from,
    to,
  ]);
  header.set(u16(checksum(header)), 10);
  return joined([header, payload]);
}

function payloadOf(packet: IpPacket, pseudo: (length: number) => Uint8Array): Uint8Array {
  switch (packet.protocol) {
    case "tcp":
      return tcpBytes(packet, pseudo);
    case "udp": {
      const { source, destination, data } = packet;
      const length = 8 + data.length;
      const header = joined([
        u16(source.port),
        u16(destination.port),
        u16(length),
        u16(partialSum(pseudo(length))),
      ]);
      return joined([header, data]);
    }
    case "neighbour":
      return summed(neighbourBytes(packet), pseudo);
    case "icmp":
      return packet.family === 4 ? summed(icmpBytes(packet)) : summed(icmpBytes(packet), pseudo);
  }
}

function tcpBytes(
  packet: Extract<Packet, { protocol: "tcp" }>,
  pseudo: (length: number) => Uint8Array,
): Uint8Array {
  const { source, destination, flags, sequence, acknowledgement, window, options, data } = packet;
  const optionBytes = tcpOptions(options, flags);
  const length = 20 + optionBytes.length + data.length;
  return joined([
    u16(source.port),
    u16(destination.port),
    u32(sequence),
    u32(acknowledgement),
    new Uint8Array([((20 + optionBytes.length) / 4) << 4, flagBits(flags)]),
    u16(window),
    u16(partialSum(pseudo(length))),
    u16(0),
    optionBytes,
    data,
  ]);
}

const flagLetters: Readonly<Record<string, number>> = {
  F: tcpFlags.fin,
  S: tcpFlags.syn,
  R: tcpFlags.rst,
  P: tcpFlags.push,
  ".": tcpFlags.ack,
};

function flagBits(flags: string): number {
  return [...flags].reduce((bits, letter) => bits | (flagLetters[letter] ?? 0), 0);
}

/** The options as Linux puts them: those of a greeting fill 20 bytes, the time stamps alone 12. */
function tcpOptions({ segmentSize, windowScale, times }: TcpOptions, flags: string): Uint8Array {
  const stamps = times
    ? joined([new Uint8Array([8, 10]), u32(times.value), u32(times.echo)])
    : new Uint8Array();
  if (!flags.includes("S")) return times ? joined([new Uint8Array([1, 1]), stamps]) : stamps;
  return joined([
    new Uint8Array([2, 4]),
    u16(segmentSize ?? 0),
    new Uint8Array([4, 2]),
    stamps,
    new Uint8Array([1, 3, 3, windowScale ?? 0]),
  ]);
}

const icmpTypes = {
  4: { "echo-request": 8, "echo-reply": 0, unreachable: 3, "time-exceeded": 11 },
  6: { "echo-request": 128, "echo-reply": 129, unreachable: 1, "time-exceeded": 3 },
} as const;

/** Codes of "destination unreachable" in IPv6, by those of IPv4. */
const codes6: Readonly<Record<number, number>> = { 0: 0, 1: 3, 3: 4, 9: 1, 10: 1, 13: 1 };

function icmpBytes(packet: Extract<Packet, { protocol: "icmp" }>): Uint8Array {
  const { family, kind, code, identifier, sequence, about, data } = packet;
  const type = icmpTypes[family][kind];
  const isUnreachable6 = family === 6 && kind === "unreachable";
  const head = new Uint8Array([type, isUnreachable6 ? (codes6[code] ?? code) : code, 0, 0]);
  if (!about || about.protocol === "arp") return joined([head, u16(identifier), u16(sequence), data]);
  return joined([head, u32(0), ipBytes(about).subarray(0, longestQuote[family])]);
}

function neighbourBytes({ kind, target, mac }: NeighbourPacket): Uint8Array {
  const isQuestion = kind === "solicitation";
  // The flags of an answer: it was asked for, and it counts more than what was known.
  const flags = isQuestion ? 0 : 0x6000_0000;
  return joined([
    new Uint8Array([isQuestion ? 135 : 136, 0, 0, 0]),
    u32(flags),
    addressBytes(target),
    new Uint8Array([isQuestion ? 1 : 2, 1]),
    macBytes(mac),
  ]);
}

/** Fills the checksum in, at the third byte. */
function summed(
  message: Uint8Array,
  pseudo: (length: number) => Uint8Array = () => new Uint8Array(),
): Uint8Array {
  message.set(u16(checksum(joined([pseudo(message.length), message]))), 2);
  return message;
}

function pseudoHeader(from: Uint8Array, to: Uint8Array, protocol: number, length: number): Uint8Array {
  return joined([from, to, u16(protocol), u16(length)]);
}

/** The sum of the pseudo header alone, which Linux leaves in a segment for the network card to complete. */
function partialSum(pseudo: Uint8Array): number {
  return ~checksum(pseudo) & 0xffff;
}

/** Returns the checksum of the Internet: 0 for bytes that hold their own one. */
export function checksum(bytes: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) sum += (bytes[at]! << 8) | (bytes[at + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}

function macBytes(mac: string): Uint8Array {
  return Uint8Array.from(mac.split(":"), (part) => Number.parseInt(part, 16));
}

function addressBytes(text: string): Uint8Array {
  const address = parseAddress(text);
  if (!address) throw new TypeError(`not an address: ${text}`);
  const bytes = new Uint8Array(address.family === 4 ? 4 : 16);
  let { value } = address;
  for (let at = bytes.length - 1; at >= 0; at--) {
    bytes[at] = Number(value & 0xffn);
    value >>= 8n;
  }
  return bytes;
}

function u16(value: number): Uint8Array {
  return new Uint8Array([(value >>> 8) & 0xff, value & 0xff]);
}

function u32(value: number): Uint8Array {
  return joined([u16(value >>> 16), u16(value & 0xffff)]);
}
