import { responseCodes, type SocketAddress, typeNumbers } from "@dryharbor/kernel";
import type { Question, Reply } from "./question.js";

/**
 * The place from which a question is asked: the host itself (`host`), a container with a way outside
 * (`container`), a container that reaches only the host's own addresses (`gateway-only`, on internal networks
 * of 20.10), or a container without any route (`isolated`).
 */
export type Vantage = "host" | "container" | "gateway-only" | "isolated";

/**
 * What comes back: a reply, nothing in time (`silent`), or the immediate error that no route leads there
 * (`no-route`).
 */
export type UpstreamReply = Reply | "silent" | "no-route";

/** The DNS servers outside of the engine. Pure: the same question always gets the same reply. */
export interface Upstream {
  /** Asks the server at `address`. */
  ask(address: string, question: Question, from: Vantage): UpstreamReply;
  /**
   * Tells what becomes of packets to an address and port outside: a host is there, nobody answers (`silent`),
   * or no route leads there.
   */
  reaches(destination: SocketAddress, from: Vantage): "there" | "silent" | "no-route";
}

/** The servers of a host without an uplink: none can be reached. */
export const noUplink: Upstream = { ask: () => "no-route", reaches: () => "no-route" };

/** The records that a server has for one name. A type that is absent gives an answer without data. */
export interface ZoneEntry {
  readonly A?: readonly string[];
  readonly AAAA?: readonly string[];
  readonly CNAME?: string;
  readonly PTR?: string;
  /** What the server does instead of answering. `SILENT`: it sends no reply. */
  readonly status?: "NXDOMAIN" | "SERVFAIL" | "REFUSED" | "SILENT";
}

/** A server's names, in lower case and without the trailing dot. For every other name it replies NXDOMAIN. */
export type Zone = Readonly<Record<string, ZoneEntry>>;

/** One DNS server, as data. */
export interface UpstreamServer {
  readonly address: string;
  readonly zone: Zone;
  /**
   * Where the server is.
   *
   * - `world` (default): the host and containers with a way outside reach it.
   * - `host`: its address is one of the host's own, so 20.10's internal networks reach it, too.
   */
  readonly place?: "world" | "host";
}

/** In seconds. */
const ttl = 60;

const codes = {
  NXDOMAIN: responseCodes.noSuchName,
  SERVFAIL: responseCodes.serverFailure,
  REFUSED: responseCodes.refused,
};

/** Creates servers that answer from tables. Every other address is silent. */
export function upstreamServers(servers: readonly UpstreamServer[]): Upstream {
  const byAddress = new Map(servers.map((server) => [server.address, server]));
  const seen = (address: string, from: Vantage): UpstreamServer | undefined => {
    const server = byAddress.get(address);
    return from === "gateway-only" && server?.place !== "host" ? undefined : server;
  };
  return {
    ask(address, question, from) {
      if (from === "isolated") return "no-route";
      const server = seen(address, from);
      return server ? answerFrom(server.zone, question) : "silent";
    },
    reaches({ address }, from) {
      if (from === "isolated") return "no-route";
      return seen(address, from) ? "there" : "silent";
    },
  };
}

function answerFrom(zone: Zone, question: Question): UpstreamReply {
  const owner = question.name.endsWith(".") ? question.name : `${question.name}.`;
  const entry = entryOf(zone, owner);
  if (!entry) return { code: responseCodes.noSuchName, answers: [] };
  if (entry.status === "SILENT") return "silent";
  if (entry.status) return { code: codes[entry.status], answers: [] };
  if (entry.CNAME === undefined || question.type === typeNumbers.CNAME) {
    return { code: responseCodes.noError, answers: recordsOf(entry, owner, question.type) };
  }
  const target = `${entry.CNAME}.`;
  const alias = { owner, type: typeNumbers.CNAME, ttl, data: target };
  const targets = recordsOf(entryOf(zone, target) ?? {}, target, question.type);
  return { code: responseCodes.noError, answers: [alias, ...targets] };
}

function entryOf(zone: Zone, name: string): ZoneEntry | undefined {
  const key = name.toLowerCase().slice(0, -1);
  return Object.hasOwn(zone, key) ? zone[key] : undefined;
}

function recordsOf(entry: ZoneEntry, owner: string, type: number): Reply["answers"] {
  const data =
    type === typeNumbers.A
      ? (entry.A ?? [])
      : type === typeNumbers.AAAA
        ? (entry.AAAA ?? [])
        : type === typeNumbers.PTR && entry.PTR !== undefined
          ? [`${entry.PTR}.`]
          : type === typeNumbers.CNAME && entry.CNAME !== undefined
            ? [`${entry.CNAME}.`]
            : [];
  return data.map((text) => ({ owner, type, ttl, data: text }));
}
