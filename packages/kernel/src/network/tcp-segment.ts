// What a segment looks like to those who capture. Nobody else needs its numbers, so they are made here.
import { identificationOf, numberOf } from "./identification.js";
import type { SocketAddress, TcpOptions, TcpPacket } from "./sockets.js";
import { familyOf } from "./stack.js";

/** A segment, as the socket that sends it knows it. */
export interface Segment {
  readonly from: SocketAddress;
  readonly to: SocketAddress;
  /** Whether its sender has answered the greeting. */
  readonly isAnswering: boolean;
  /** The routers that it has passed. */
  readonly hops: number;
  readonly flags: string;
  /** Its place in what its sender sends. The SYN is 0. */
  readonly sequence: number;
  /** The place in what the other side sends that comes next. */
  readonly acknowledged: number;
  /** How much more its sender takes, in bytes. */
  readonly room: number;
  readonly data: Uint8Array;
  /** In nanoseconds since 1970. */
  readonly time: bigint;
}

/** Text by which the numbers of both ends are chosen: of the sender, and of the receiver. */
export interface Ends {
  readonly own: string;
  readonly other: string;
}

/** How often a window is doubled: what follows from `net.ipv4.tcp_rmem`. */
const windowScale = 7;

/** What a connection sends at most in one packet by family, in bytes. Those of the loopback interface are larger. */
const segmentSizes = { 4: 1_460, 6: 1_440 } as const;
const localSegmentSizes = { 4: 65_495, 6: 65_476 } as const;

/** The length of the time stamps in a header. */
const stampsLength = 12;

/** Makes the packet of a segment. */
export function segmentOf(segment: Segment, ends: Ends): TcpPacket {
  const { from, to, isAnswering, hops, flags, sequence, acknowledged, room, data, time } = segment;
  const family = familyOf(from.address);
  const isLocal = from.address === to.address || from.address.startsWith("127.");
  const largest = (isLocal ? localSegmentSizes : segmentSizes)[family];
  // The first window is a whole number of segments, those of the answering side with time stamps in them.
  const unit = isAnswering ? largest - stampsLength : largest;
  const first = Math.floor(0xffff / unit) * unit;
  const isGreeting = flags.startsWith("S");
  const isBare = flags === "R";
  const options: TcpOptions = {
    ...(isGreeting && { segmentSize: largest, windowScale }),
    ...(!isBare && {
      times: { value: clockOf(ends.own, time), echo: flags === "S" ? 0 : clockOf(ends.other, time) },
    }),
  };
  return {
    protocol: "tcp",
    family,
    source: from,
    destination: to,
    ttl: 64 - hops,
    identification: family === 4 && (flags === "S." || isBare) ? 0 : idOf(family, ends.own, sequence, flags),
    dontFragment: family === 4,
    flags,
    sequence: (numberOf(ends.own) + sequence) >>> 0,
    acknowledgement: flags.includes(".") ? (numberOf(ends.other) + acknowledged) >>> 0 : 0,
    window: isBare ? 0 : isGreeting ? first : Math.ceil(Math.min(room, first) / 2 ** windowScale),
    options,
    data,
  };
}

/** Makes the reset that answers a request for a connection where nobody listens. */
export function refusalOf(asked: TcpPacket, hops = 0): TcpPacket {
  return {
    ...asked,
    source: asked.destination,
    destination: asked.source,
    ttl: 64 - hops,
    identification:
      asked.family === 6 ? identificationOf(6, `${asked.destination.address} ${asked.source.port}`) : 0,
    flags: "R.",
    sequence: 0,
    acknowledgement: (asked.sequence + 1) >>> 0,
    window: 0,
    options: {},
  };
}

function idOf(family: 4 | 6, own: string, sequence: number, flags: string): number {
  // A flow label is that of the whole connection.
  if (family === 6) return identificationOf(6, own);
  return (identificationOf(4, own) + sequence + flags.length) & 0xffff;
}

/** The time stamp of a host: milliseconds since a moment of its own. */
function clockOf(key: string, time: bigint): number {
  return (numberOf(`clock ${key}`) + Number((time / 1_000_000n) & 0xffff_ffffn)) >>> 0;
}
