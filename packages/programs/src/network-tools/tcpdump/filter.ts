// Filter expressions as libpcap reads them: which frames tcpdump shows.
import { contains, type Prefix, parseAddress } from "@dryharbor/kernel";
import { readRelation } from "./filter-relation.js";
import { FilterError, FilterTokens } from "./filter-tokens.js";
import { ethernetLength, etherTypes, protocols } from "./frame.js";
import { addressAt, type FrameView, macAt, portsOf } from "./view.js";

/** Returns whether a frame is shown. */
export type Filter = (frame: FrameView) => boolean;

/** How names in an expression get numbers. */
export interface FilterNames {
  /** The addresses of a host. Empty where nobody knows it. */
  host(name: string): Promise<readonly string[]>;
  port(name: string): number | undefined;
}

/** Reads an expression. @throws {FilterError} */
export async function readFilter(text: string, names: FilterNames): Promise<Filter> {
  const tokens = new FilterTokens(text);
  if (tokens.next === undefined) return () => true;
  const filter = await new FilterParser(tokens, names).expression();
  if (tokens.next !== undefined) throw new FilterError();
  return filter;
}

type Protocol = "ip" | "ip6" | "arp" | "tcp" | "udp" | "icmp" | "icmp6" | "ether";
type Direction = "src" | "dst" | "both" | "either";
type Kind = "host" | "net" | "port" | "portrange" | "proto";

interface Qualifiers {
  readonly protocol: Protocol | undefined;
  readonly direction: Direction;
  readonly kind: Kind | undefined;
}

const protocolWords = ["ip", "ip6", "arp", "tcp", "udp", "icmp", "icmp6", "ether"] as const;
const kindWords = ["host", "net", "port", "portrange", "proto"] as const;

class FilterParser {
  readonly #tokens: FilterTokens;
  readonly #names: FilterNames;
  /** What a word without qualifiers gets: those of the word before it. */
  #last: Qualifiers = { protocol: undefined, direction: "either", kind: undefined };

  constructor(tokens: FilterTokens, names: FilterNames) {
    this.#tokens = tokens;
    this.#names = names;
  }

  /** `and` and `or` bind alike, from the left. */
  async expression(): Promise<Filter> {
    let left = await this.#term();
    for (;;) {
      const operator = this.#tokens.takeIf("and", "or", "&&", "||");
      if (!operator) return left;
      const [one, other] = [left, await this.#term()];
      left =
        operator === "and" || operator === "&&"
          ? (frame) => one(frame) && other(frame)
          : (frame) => one(frame) || other(frame);
    }
  }

  async #term(): Promise<Filter> {
    const tokens = this.#tokens;
    if (tokens.takeIf("not", "!")) {
      const negated = await this.#term();
      return (frame) => !negated(frame);
    }
    const relation = readRelation(tokens);
    if (relation) return relation;
    if (tokens.takeIf("(")) {
      const inner = await this.expression();
      tokens.expect(")");
      return inner;
    }
    return this.#primitive();
  }

  async #primitive(): Promise<Filter> {
    const tokens = this.#tokens;
    if (tokens.takeIf("broadcast")) return ({ bytes }) => macAt(bytes, 0) === "ff:ff:ff:ff:ff:ff";
    if (tokens.takeIf("multicast")) return ({ bytes }) => ((bytes[0] ?? 0) & 1) === 1;
    if (tokens.takeIf("inbound")) return ({ direction }) => direction === "in";
    if (tokens.takeIf("outbound")) return ({ direction }) => direction === "out";
    const size = tokens.takeIf("less", "greater");
    if (size) {
      const limit = numberIn(tokens.take());
      return ({ bytes }) => (size === "less" ? bytes.length <= limit : bytes.length >= limit);
    }
    const protocol = tokens.takeIf(...protocolWords) as Protocol | undefined;
    if (protocol === "ether" || (protocol !== undefined && tokens.next === "broadcast")) {
      if (tokens.takeIf("broadcast")) return ({ bytes }) => macAt(bytes, 0) === "ff:ff:ff:ff:ff:ff";
      if (tokens.takeIf("multicast")) return ({ bytes }) => ((bytes[0] ?? 0) & 1) === 1;
    }
    const direction = this.#direction();
    const kind = tokens.takeIf(...kindWords) as Kind | undefined;
    const isQualified = protocol !== undefined || direction !== undefined || kind !== undefined;
    if (protocol && !direction && !kind && this.#isOver) {
      this.#last = { protocol, direction: "either", kind: undefined };
      return (frame) => isOf(frame, protocol);
    }
    const qualifiers: Qualifiers = isQualified
      ? { protocol, direction: direction ?? "either", kind }
      : this.#last;
    // What nothing says a word about is an error, as is a word behind a protocol alone.
    if (!isQualified && this.#last.kind === undefined && this.#last.direction === "either") {
      throw new FilterError();
    }
    this.#last = qualifiers;
    return this.#about(qualifiers, tokens.take());
  }

  get #isOver(): boolean {
    const { next } = this.#tokens;
    return next === undefined || ["and", "or", "&&", "||", ")"].includes(next);
  }

  #direction(): Direction | undefined {
    const tokens = this.#tokens;
    const first = tokens.takeIf("src", "dst");
    if (!first) return undefined;
    const { next, afterNext } = tokens;
    const isPair = (next === "or" || next === "and") && (afterNext === "src" || afterNext === "dst");
    if (!isPair) return first as Direction;
    const word = tokens.take();
    tokens.take();
    return word === "or" ? "either" : "both";
  }

  #about(qualifiers: Qualifiers, id: string): Promise<Filter> | Filter {
    if (/^[()[\]&|=!<>]/.test(id)) throw new FilterError();
    const { protocol, kind } = qualifiers;
    if (protocol === "ether") return etherFilter(qualifiers, id);
    switch (kind) {
      case "port":
        return portFilter(qualifiers, [this.#port(id), this.#port(id)]);
      case "portrange": {
        const [, first, last] = /^(\w+)-(\w+)$/.exec(id) ?? [];
        if (first === undefined || last === undefined) throw new FilterError();
        const [low, high] = [this.#port(first), this.#port(last)].sort((one, other) => one - other);
        return portFilter(qualifiers, [low!, high!]);
      }
      case "proto": {
        const number = protocols[id as keyof typeof protocols] ?? (/^\d/.test(id) ? numberIn(id) : undefined);
        if (number === undefined) throw new FilterError(`unknown ip proto '${id}'`);
        return (frame) => frame.ip?.protocol === number && (protocol === undefined || isOf(frame, protocol));
      }
      case "net":
        return addressFilter(qualifiers, [netIn(id)]);
      default:
        return this.#host(qualifiers, id);
    }
  }

  #port(text: string): number {
    const number = /^\d+$/.test(text) ? Number(text) : this.#names.port(text);
    if (number === undefined) throw new FilterError(`unknown port '${text}'`);
    if (number > 0xffff) throw new FilterError(`illegal port number ${number} > 65535`);
    return number;
  }

  async #host(qualifiers: Qualifiers, text: string): Promise<Filter> {
    if (qualifiers.kind === undefined && /\//.test(text)) return addressFilter(qualifiers, [netIn(text)]);
    const address = parseAddress(text);
    if (address) return addressFilter(qualifiers, [{ address, bits: address.family === 4 ? 32 : 128 }]);
    // A word that nothing says is a host has to look like one.
    if (qualifiers.kind === undefined && qualifiers.direction === "either") throw new FilterError();
    const found = await this.#names.host(text);
    if (found.length === 0) throw new FilterError(`unknown host '${text}'`);
    const prefixes = found.flatMap((each): Prefix[] => {
      const parsed = parseAddress(each);
      return parsed ? [{ address: parsed, bits: parsed.family === 4 ? 32 : 128 }] : [];
    });
    return addressFilter(qualifiers, prefixes);
  }
}

/** Reads a network: `10.0.0.0/8`, `fd00::/16`, or the first numbers of one (`10.0`). */
function netIn(text: string): Prefix {
  const [name = "", length] = text.split("/");
  const parts = name.split(".");
  const isShort = !name.includes(":") && parts.length < 4;
  const address = parseAddress(isShort ? [...parts, "0", "0", "0"].slice(0, 4).join(".") : name);
  if (!address) throw new FilterError(name.includes(":") ? undefined : `unknown network '${text}'`);
  const most = address.family === 4 ? 32 : 128;
  const bits = length === undefined ? (isShort ? 8 * parts.length : most) : numberIn(length);
  if (bits > most) throw new FilterError(`mask length must be <= ${most}`);
  const hostBits = BigInt(most - bits);
  if ((address.value >> hostBits) << hostBits !== address.value) {
    throw new FilterError(`non-network bits set in "${text}"`);
  }
  return { address, bits };
}

function numberIn(text: string): number {
  if (!/^(?:0x[\da-f]+|\d+)$/i.test(text)) throw new FilterError();
  return Number(text);
}

/** Returns whether a frame is of a protocol. */
function isOf({ etherType, ip }: FrameView, protocol: Protocol): boolean {
  switch (protocol) {
    case "ether":
      return true;
    case "arp":
      return etherType === etherTypes.arp;
    case "ip":
      return ip?.family === 4;
    case "ip6":
      return ip?.family === 6;
    case "icmp":
      return ip?.family === 4 && ip.protocol === protocols.icmp;
    default:
      return ip?.protocol === protocols[protocol];
  }
}

function matches<T>(
  direction: Direction,
  [source, destination]: readonly [T, T],
  is: (end: T) => boolean,
): boolean {
  switch (direction) {
    case "src":
      return is(source);
    case "dst":
      return is(destination);
    case "both":
      return is(source) && is(destination);
    case "either":
      return is(source) || is(destination);
  }
}

function portFilter({ protocol, direction }: Qualifiers, [low, high]: readonly [number, number]): Filter {
  return (frame) => {
    if (protocol && !isOf(frame, protocol)) return false;
    const ports = portsOf(frame);
    return ports !== undefined && matches(direction, ports, (port) => port >= low && port <= high);
  };
}

function addressFilter({ protocol, direction }: Qualifiers, wanted: readonly Prefix[]): Filter {
  const is = (text: string): boolean => {
    const address = parseAddress(text);
    return address !== undefined && wanted.some((each) => contains(each, address));
  };
  return (frame) => {
    if (protocol && !isOf(frame, protocol)) return false;
    const ends = endsOf(frame);
    return ends !== undefined && matches(direction, ends, is);
  };
}

/** The addresses of a frame: those of its IP header, or those that ARP speaks of. */
function endsOf({ bytes, etherType, ip }: FrameView): readonly [string, string] | undefined {
  if (ip) return [ip.source, ip.destination];
  if (etherType !== etherTypes.arp) return undefined;
  return [addressAt(bytes, ethernetLength + 14, 4), addressAt(bytes, ethernetLength + 24, 4)];
}

function etherFilter({ direction, kind }: Qualifiers, id: string): Filter {
  if (kind === "proto") {
    const number = etherTypes[id as keyof typeof etherTypes] ?? numberIn(id);
    return ({ etherType }) => etherType === number;
  }
  if (!/^[\da-f]{1,2}(?::[\da-f]{1,2}){5}$/i.test(id)) throw new FilterError();
  const mac = id
    .toLowerCase()
    .split(":")
    .map((part) => part.padStart(2, "0"))
    .join(":");
  return ({ bytes }) => matches(direction, [macAt(bytes, 6), macAt(bytes, 0)], (each) => each === mac);
}
