// Filters of ss: `state established`, `sport = :80`, `dst 10.0.0.0/8`.
import { contains, type Prefix, parseAddress, type SocketInfo, type TcpState } from "@dryharbor/kernel";

/** Returns whether a socket is shown. */
export type SsFilter = (socket: SocketInfo) => boolean;

/** Thrown for a filter that is wrong. */
export class SsFilterError extends Error {
  constructor(
    message: string,
    readonly code: number,
  ) {
    super(message);
  }
}

const stateNames: Readonly<Record<string, TcpState>> = {
  established: "ESTABLISHED",
  "syn-sent": "SYN_SENT",
  "syn-recv": "SYN_RECV",
  "fin-wait-1": "FIN_WAIT1",
  "fin-wait-2": "FIN_WAIT2",
  "time-wait": "TIME_WAIT",
  closed: "CLOSE",
  unconnected: "CLOSE",
  "close-wait": "CLOSE_WAIT",
  "last-ack": "LAST_ACK",
  listening: "LISTEN",
  listen: "LISTEN",
  closing: "CLOSING",
};

const everyState: readonly TcpState[] = [...new Set(Object.values(stateNames))];
const without = (...left: readonly TcpState[]) => everyState.filter((state) => !left.includes(state));

/** The states that are shown without `-a` and `-l`. */
export const connectedStates = without("LISTEN", "CLOSE", "TIME_WAIT", "SYN_RECV");

const groups: Readonly<Record<string, readonly TcpState[]>> = {
  all: everyState,
  connected: without("LISTEN", "CLOSE"),
  synchronized: without("LISTEN", "CLOSE", "SYN_SENT"),
  bucket: ["SYN_RECV", "TIME_WAIT"],
  big: without("SYN_RECV", "TIME_WAIT"),
};

/** Returns the states that a word means. @throws {SsFilterError} */
export function statesNamed(word: string): readonly TcpState[] {
  const lower = word.toLowerCase();
  if (Object.hasOwn(groups, lower)) return groups[lower] as readonly TcpState[];
  const state = Object.hasOwn(stateNames, lower) ? stateNames[lower] : undefined;
  if (!state) throw new SsFilterError(`ss: wrong state name: ${word}\n`, 255);
  return [state];
}

/** What an expression reads its names with. */
export interface SsNames {
  port(name: string): number | undefined;
}

/** Reads an expression. @throws {SsFilterError} */
export function readSsFilter(words: readonly string[], names: SsNames): SsFilter {
  const tokens = words.flatMap((word) => word.match(/[()!]|&&|\|\||[<>=!]=|[<>=]|[^\s()!&|<>=]+/g) ?? []);
  if (tokens.length === 0) return () => true;
  return new SsExpression(tokens, names).whole();
}

const syntax = "Error: syntax error\n";

class SsExpression {
  readonly #tokens: readonly string[];
  readonly #names: SsNames;
  #at = 0;

  constructor(tokens: readonly string[], names: SsNames) {
    this.#tokens = tokens;
    this.#names = names;
  }

  whole(): SsFilter {
    const filter = this.#either();
    if (this.#at < this.#tokens.length) throw new SsFilterError(syntax, 1);
    return filter;
  }

  #takeIf(...wanted: readonly string[]): boolean {
    const token = this.#tokens[this.#at];
    if (token === undefined || !wanted.includes(token)) return false;
    this.#at++;
    return true;
  }

  #either(): SsFilter {
    let left = this.#both();
    while (this.#takeIf("or", "|", "||")) {
      const [one, other] = [left, this.#both()];
      left = (socket) => one(socket) || other(socket);
    }
    return left;
  }

  /** What stands side by side holds together. */
  #both(): SsFilter {
    let left = this.#one();
    for (;;) {
      const next = this.#tokens[this.#at];
      if (next === undefined || next === ")" || next === "or" || next === "|" || next === "||") return left;
      this.#takeIf("and", "&", "&&");
      const [one, other] = [left, this.#one()];
      left = (socket) => one(socket) && other(socket);
    }
  }

  #one(): SsFilter {
    if (this.#takeIf("not", "!")) {
      const inner = this.#one();
      return (socket) => !inner(socket);
    }
    if (this.#takeIf("(")) {
      const inner = this.#either();
      if (!this.#takeIf(")")) throw new SsFilterError(syntax, 1);
      return inner;
    }
    const word = this.#tokens[this.#at++];
    switch (word) {
      case undefined:
        throw new SsFilterError(syntax, 1);
      case "sport":
      case "dport":
        return this.#port(word === "sport");
      case "src":
      case "dst": {
        this.#takeIf("=", "==", "eq");
        return this.#address(word === "src", this.#tokens[this.#at++] ?? "");
      }
      default:
        return this.#address(false, word);
    }
  }

  #port(isLocal: boolean): SsFilter {
    const sign = this.#tokens[this.#at++] ?? "";
    const compare = comparisons[sign];
    if (!compare) throw new SsFilterError(syntax, 1);
    const text = (this.#tokens[this.#at++] ?? "").replace(/^.*:/, "");
    const port = this.#portNamed(text);
    return (socket) => {
      const end = isLocal ? socket.local : socket.remote;
      return compare(end?.port ?? 0, port);
    };
  }

  #portNamed(text: string): number {
    const port = /^\d+$/.test(text) ? Number(text) : this.#names.port(text);
    if (port !== undefined) return port;
    throw new SsFilterError(
      `Error: "${text}" does not look like a port.\nCannot parse dst/src address.\n`,
      1,
    );
  }

  #address(isLocal: boolean, text: string): SsFilter {
    const { host, port } = split(text);
    const prefix = host === "" || host === "*" ? undefined : prefixIn(host);
    const wanted = port === undefined || port === "" || port === "*" ? undefined : this.#portNamed(port);
    return (socket) => {
      const end = isLocal ? socket.local : socket.remote;
      if (wanted !== undefined && end?.port !== wanted) return false;
      if (!prefix) return true;
      const address = end && parseAddress(end.address);
      return address !== undefined && contains(prefix, address);
    };
  }
}

const comparisons: Readonly<Record<string, (one: number, other: number) => boolean>> = {
  "=": (one, other) => one === other,
  "==": (one, other) => one === other,
  eq: (one, other) => one === other,
  "!=": (one, other) => one !== other,
  ne: (one, other) => one !== other,
  neq: (one, other) => one !== other,
  ">": (one, other) => one > other,
  gt: (one, other) => one > other,
  "<": (one, other) => one < other,
  lt: (one, other) => one < other,
  ">=": (one, other) => one >= other,
  ge: (one, other) => one >= other,
  geq: (one, other) => one >= other,
  "<=": (one, other) => one <= other,
  le: (one, other) => one <= other,
  leq: (one, other) => one <= other,
};

function split(text: string): { readonly host: string; readonly port: string | undefined } {
  const [, bracketed, behind] = /^\[([^\]]*)\](?:\/\d+)?(?::(.*))?$/.exec(text) ?? [];
  if (bracketed !== undefined) return { host: bracketed, port: behind };
  const at = text.lastIndexOf(":");
  if (at < 0 || text.indexOf(":") !== at) return { host: text, port: undefined };
  return { host: text.slice(0, at), port: text.slice(at + 1) };
}

function prefixIn(text: string): Prefix {
  const [name = "", length] = text.split("/");
  const address = parseAddress(name);
  if (!address) {
    throw new SsFilterError(
      `Error: an inet prefix is expected rather than "${text}".\nCannot parse dst/src address.\n`,
      1,
    );
  }
  const most = address.family === 4 ? 32 : 128;
  const bits = length === undefined ? most : Math.min(most, Number(length) || 0);
  const hostBits = BigInt(most - bits);
  return { address: { ...address, value: (address.value >> hostBits) << hostBits }, bits };
}
