// How BIND's tools ask servers: over UDP or TCP, again after a failure, and one server after the other.
import { FileError, LookupError, type ProcessContext } from "@dryharbor/kernel";
import {
  type DnsMessage,
  DnsMessageError,
  decodeMessage,
  frameMessage,
  MessageFrames,
} from "@dryharbor/kernel/dns-message";

/** A server: its address, and its name as the user wrote it. */
export interface Server {
  readonly address: string;
  readonly name: string;
}

/** How to ask. */
export interface Asking {
  readonly servers: readonly Server[];
  readonly port: number;
  readonly overTcp: boolean;
  /** How often a server is asked over UDP. */
  readonly tries: number;
  /** In seconds. */
  readonly timeout: number;
  /** Whether a SERVFAIL ends the matter. Otherwise the next server is asked. */
  readonly stopsAtServfail: boolean;
  /** Whether a truncated answer is taken as it is. */
  readonly ignoresTruncation: boolean;
  /** The address to ask from. */
  readonly from?: string | undefined;
  /** The name that is asked for, for messages. */
  readonly name: string;
}

/** An answer. */
export interface Answer {
  readonly bytes: Uint8Array;
  /** `undefined` where the bytes are no message. */
  readonly message: DnsMessage | undefined;
  readonly server: Server;
  readonly transport: "UDP" | "TCP";
  /** In microseconds. */
  readonly took: number;
}

/** Asks until a server answers. Resolves to `undefined` when none does. */
export async function ask(
  process: ProcessContext,
  query: Uint8Array,
  asking: Asking,
): Promise<Answer | undefined> {
  let left = asking.tries;
  let overTcp = asking.overTcp;
  for (let index = 0; index < asking.servers.length; ) {
    const server = asking.servers[index] as Server;
    const start = process.now();
    const outcome = overTcp
      ? await askOverTcp(process, query, server, asking)
      : await askOverUdp(process, query, server, asking);
    if (typeof outcome === "string") {
      process.stdout(
        overTcp
          ? `;; Connection to ${server.address}#${asking.port}(${server.name}) for ${asking.name} failed: ${outcome}.\n`
          : `;; communications error to ${server.address}#${asking.port}: ${outcome}\n`,
      );
      if (left > 1) left--;
      else index++;
      continue;
    }
    const took = Number((process.now() - start) / 1000n);
    const message = decoded(outcome);
    if (message?.truncated && !overTcp && !asking.ignoresTruncation) {
      process.stdout(";; Truncated, retrying in TCP mode.\n");
      overTcp = true;
      continue;
    }
    if (message?.code === 2 && !asking.stopsAtServfail) {
      process.stdout(`;; Got SERVFAIL reply from ${server.address}\n`);
      if (index + 1 < asking.servers.length) {
        index++;
        continue;
      }
    }
    return { bytes: outcome, message, server, transport: overTcp ? "TCP" : "UDP", took };
  }
  return undefined;
}

function decoded(bytes: Uint8Array): DnsMessage | undefined {
  try {
    return decodeMessage(bytes);
  } catch (error) {
    if (error instanceof DnsMessageError) return undefined;
    throw error;
  }
}

async function askOverUdp(
  { network, now }: ProcessContext,
  query: Uint8Array,
  server: Server,
  { port, timeout, from }: Asking,
): Promise<Uint8Array | string> {
  const socket = network.udp({ address: from ?? (server.address.includes(":") ? "::" : "0.0.0.0") });
  const until = Number(now() / 1_000_000n) + timeout * 1000;
  try {
    socket.connect(server.address, port);
    socket.send(query, undefined, { mayFragment: true });
    for (;;) {
      const within = until - Number(now() / 1_000_000n);
      const { data } = await socket.receive({ within: Math.max(0, within) });
      if (data[0] === query[0] && data[1] === query[1]) return data;
    }
  } catch (error) {
    return problemText(error);
  } finally {
    socket.close();
  }
}

async function askOverTcp(
  { network }: ProcessContext,
  query: Uint8Array,
  server: Server,
  { port, timeout, from }: Asking,
): Promise<Uint8Array | string> {
  const within = timeout * 1000;
  try {
    const connection = await network.connect(server.address, port, {
      within,
      ...(from !== undefined && { from: { address: from } }),
    });
    try {
      await connection.write(frameMessage(query));
      const frames = new MessageFrames();
      for (;;) {
        const data = await connection.read(undefined, { within });
        if (!data) return "end of file";
        const [message] = frames.push(data);
        if (message) return message;
      }
    } finally {
      connection.close();
    }
  } catch (error) {
    return problemText(error);
  }
}

/** Returns BIND's words for an error of a socket. */
function problemText(error: unknown): string {
  if (!(error instanceof FileError)) throw error;
  switch (error.code) {
    case "ECONNREFUSED":
      return "connection refused";
    case "EHOSTUNREACH":
      return "host unreachable";
    case "ENETUNREACH":
      return "network unreachable";
    case "ECONNRESET":
      return "connection reset";
    case "EADDRNOTAVAIL":
      return "address not available";
    default:
      return "timed out";
  }
}

/** What `/etc/resolv.conf` says. */
export interface ResolvConf {
  readonly servers: readonly Server[];
  readonly search: readonly string[];
  readonly ndots: number;
}

/** Reads `/etc/resolv.conf`. @param family the only one whose servers are asked */
export function readResolvConf({ files }: ProcessContext, family: 4 | 6 | undefined): ResolvConf {
  const text = files.exists("/etc/resolv.conf")
    ? new TextDecoder().decode(files.read("/etc/resolv.conf"))
    : "";
  const servers: Server[] = [];
  let search: readonly string[] = [];
  let ndots = 1;
  for (const line of text.split("\n")) {
    const [keyword = "", ...words] = line.trim().split(/\s+/);
    if (keyword === "nameserver" && words[0] !== undefined) {
      servers.push({ address: words[0], name: words[0] });
    } else if (keyword === "search" || keyword === "domain") search = words;
    else if (keyword === "options") {
      const [, number] = /\bndots:(\d+)/.exec(words.join(" ")) ?? [];
      if (number !== undefined) ndots = Number(number);
    }
  }
  const isWanted = ({ address }: Server) =>
    family === undefined || (address.includes(":") ? 6 : 4) === family;
  const wanted = servers.filter(isWanted);
  const local = [
    { address: "127.0.0.1", name: "127.0.0.1" },
    { address: "::1", name: "::1" },
  ].filter(isWanted);
  return { servers: wanted.length > 0 ? wanted : local, search, ndots };
}

/** Looks up the addresses of a server that a user names. Empty where there are none. */
export async function serversNamed(
  process: ProcessContext,
  name: string,
  family: 4 | 6 | undefined,
): Promise<readonly Server[]> {
  try {
    const { addresses } = await process.lookup(name, family);
    return addresses.map((address) => ({ address, name }));
  } catch (error) {
    if (error instanceof LookupError) return [];
    throw error;
  }
}

/** Returns the names that are asked for in turn until one is there. */
export function candidates(name: string, { search, ndots }: Omit<ResolvConf, "servers">): readonly string[] {
  if (name.endsWith(".")) return [name];
  // With no dots wanted the name is asked for as it is, and then once more: so BIND does it.
  if (ndots === 0) return [name, name];
  const searched = search.filter((domain) => domain !== ".").map((domain) => `${name}.${domain}`);
  return name.split(".").length - 1 >= ndots ? [name, ...searched] : [...searched, name];
}

/** Chooses the id of a message, 16 bits. */
export function idOf({ now, pid }: ProcessContext): number {
  const mixed = Math.imul(Number(now() & 0xffff_ffffn) ^ (pid << 16), 0x9e37_79b1);
  return (mixed >>> 16) & 0xffff;
}
