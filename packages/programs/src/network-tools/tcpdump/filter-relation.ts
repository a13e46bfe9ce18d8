// Comparisons in filter expressions: `tcp[tcpflags] & tcp-syn != 0`, `ip[8] < 5`, `len > 100`.

import { FilterError, type FilterTokens } from "./filter-tokens.js";
import { ethernetLength, etherTypes, protocols, tcpFlags } from "./frame.js";
import type { FrameView } from "./view.js";

/** A number in a frame. `undefined` where the frame does not have it. */
type Value = (frame: FrameView) => number | undefined;

const accessible = ["ether", "ip", "ip6", "arp", "tcp", "udp", "icmp", "icmp6"] as const;
type Accessible = (typeof accessible)[number];

/** The numbers that have names. */
const names: Readonly<Record<string, number>> = {
  tcpflags: 13,
  icmptype: 0,
  icmpcode: 1,
  icmp6type: 0,
  icmp6code: 1,
  ...Object.fromEntries(Object.entries(tcpFlags).map(([name, bit]) => [`tcp-${name}`, bit])),
  "icmp-echoreply": 0,
  "icmp-unreach": 3,
  "icmp-sourcequench": 4,
  "icmp-redirect": 5,
  "icmp-echo": 8,
  "icmp-routeradvert": 9,
  "icmp-routersolicit": 10,
  "icmp-timxceed": 11,
  "icmp-paramprob": 12,
  "icmp-tstamp": 13,
  "icmp-tstampreply": 14,
  "icmp-ireq": 15,
  "icmp-ireqreply": 16,
  "icmp-maskreq": 17,
  "icmp-maskreply": 18,
  "icmp6-destinationunreach": 1,
  "icmp6-packettoobig": 2,
  "icmp6-timeexceeded": 3,
  "icmp6-parameterproblem": 4,
  "icmp6-echo": 128,
  "icmp6-echoreply": 129,
  "icmp6-routersolicit": 133,
  "icmp6-routeradvert": 134,
  "icmp6-neighborsolicit": 135,
  "icmp6-neighboradvert": 136,
  "icmp6-redirect": 137,
};

const comparisons: Readonly<Record<string, (one: number, other: number) => boolean>> = {
  "=": (one, other) => one === other,
  "==": (one, other) => one === other,
  "!=": (one, other) => one !== other,
  "<": (one, other) => one < other,
  "<=": (one, other) => one <= other,
  ">": (one, other) => one > other,
  ">=": (one, other) => one >= other,
};

/** The operators, those that bind least first. */
const levels: readonly Readonly<Record<string, (one: number, other: number) => number>>[] = [
  { "|": (one, other) => (one | other) >>> 0, "^": (one, other) => (one ^ other) >>> 0 },
  { "&": (one, other) => (one & other) >>> 0 },
  { "<<": (one, other) => (one << other) >>> 0, ">>": (one, other) => one >>> other },
  { "+": (one, other) => (one + other) >>> 0, "-": (one, other) => (one - other) >>> 0 },
  {
    "*": (one, other) => Math.imul(one, other) >>> 0,
    "/": (one, other) => (other === 0 ? 0 : Math.floor(one / other)),
    "%": (one, other) => (other === 0 ? 0 : one % other),
  },
];

/** Reads a comparison, if one begins here. @throws {FilterError} */
export function readRelation(tokens: FilterTokens): ((frame: FrameView) => boolean) | undefined {
  const { next = "", afterNext } = tokens;
  // What a parenthesis holds shows only behind it.
  if (next === "(") return tokens.attempt(() => readComparison(tokens));
  const begins =
    next === "len" ||
    (isAccessible(next) && afterNext === "[") ||
    (/^(?:0x[\da-f]+|\d+)$/i.test(next) && afterNext !== undefined && isOperator(afterNext));
  return begins ? readComparison(tokens) : undefined;
}

function readComparison(tokens: FilterTokens): (frame: FrameView) => boolean {
  const left = readValue(tokens, 0);
  const compare = comparisons[tokens.take()];
  if (!compare) throw new FilterError();
  const right = readValue(tokens, 0);
  return (frame) => {
    const [one, other] = [left(frame), right(frame)];
    return one !== undefined && other !== undefined && compare(one, other);
  };
}

function isAccessible(text: string): text is Accessible {
  return accessible.includes(text as Accessible);
}

function isOperator(text: string): boolean {
  return Object.hasOwn(comparisons, text) || levels.some((level) => Object.hasOwn(level, text));
}

function readValue(tokens: FilterTokens, level: number): Value {
  const operators = levels[level];
  if (!operators) return readOperand(tokens);
  let left = readValue(tokens, level + 1);
  for (;;) {
    const sign = tokens.takeIf(...Object.keys(operators));
    const operate = sign === undefined ? undefined : operators[sign];
    if (!operate) return left;
    const [one, other] = [left, readValue(tokens, level + 1)];
    left = (frame) => {
      const [first, second] = [one(frame), other(frame)];
      return first === undefined || second === undefined ? undefined : operate(first, second);
    };
  }
}

function readOperand(tokens: FilterTokens): Value {
  if (tokens.takeIf("(")) {
    const inner = readValue(tokens, 0);
    tokens.expect(")");
    return inner;
  }
  const token = tokens.take();
  if (token === "len") return ({ bytes }) => bytes.length;
  if (isAccessible(token)) return readAccess(tokens, token);
  const named = Object.hasOwn(names, token) ? names[token] : undefined;
  if (named !== undefined) return () => named;
  if (!/^(?:0x[\da-f]+|\d+)$/i.test(token)) throw new FilterError();
  const number = Number(token);
  return () => number;
}

/** Reads `[13]` or `[0:2]` behind a protocol. */
function readAccess(tokens: FilterTokens, protocol: Accessible): Value {
  tokens.expect("[");
  const place = readValue(tokens, 0);
  const size = tokens.takeIf(":") ? Number(tokens.take()) : 1;
  tokens.expect("]");
  if (size !== 1 && size !== 2 && size !== 4) throw new FilterError("data size must be 1, 2, or 4");
  return (frame) => {
    const start = startOf(frame, protocol);
    const at = place(frame);
    if (start === undefined || at === undefined || start + at + size > frame.bytes.length) return undefined;
    let value = 0;
    for (const byte of frame.bytes.subarray(start + at, start + at + size)) value = value * 0x100 + byte;
    return value;
  };
}

/** Where the header of a protocol begins. As in libpcap those of TCP, UDP and ICMP are found over IPv4 alone. */
function startOf({ etherType, ip }: FrameView, protocol: Accessible): number | undefined {
  switch (protocol) {
    case "ether":
      return 0;
    case "arp":
      return etherType === etherTypes.arp ? ethernetLength : undefined;
    case "ip":
      return ip?.family === 4 ? ip.start : undefined;
    case "ip6":
      return ip?.family === 6 ? ip.start : undefined;
    case "icmp6":
      return ip?.family === 6 && ip.protocol === protocols.icmp6 ? ip.transport : undefined;
    default:
      return ip?.family === 4 && ip.protocol === protocols[protocol] ? ip.transport : undefined;
  }
}
