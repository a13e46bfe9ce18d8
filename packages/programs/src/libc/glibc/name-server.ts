// Questions to the name servers of /etc/resolv.conf: who is asked, how long an answer may take, and who is asked
// next. As glibc's res_send does it.
import { FileError, type LookupProcess, type UdpSocket } from "@dryharbor/kernel";
import {
  type DnsMessage,
  DnsMessageError,
  type DnsType,
  decodeMessage,
  encodeMessage,
  frameMessage,
  MessageFrames,
  responseCodes,
  standardQuery,
} from "@dryharbor/kernel/dns-message";
import type { ResolverConfiguration } from "./resolver-configuration.js";

type Asker = Pick<LookupProcess, "network" | "now">;

/** What came of asking all servers. */
export type Exchange =
  /** A server replied. Questions that it left open have no reply. */
  | { readonly kind: "replies"; readonly replies: readonly DnsMessage[] }
  | {
      readonly kind: "nothing";
      /** Whether any server was there: it was silent, or failed. */
      readonly heard: boolean;
      /** The response code of the last server that failed. */
      readonly lastCode: number | undefined;
    };

const dnsPort = 53;

/**
 * Asks the servers for records of a name, one server after the other, until one replies.
 *
 * @throws {DnsMessageError} DNS cannot ask for the name.
 */
export async function askNameServers(
  asker: Asker,
  { servers, timeout, attempts }: ResolverConfiguration,
  name: string,
  types: readonly DnsType[],
): Promise<Exchange> {
  const questions = questionsFor(asker, name, types);
  let heard = false;
  let lastCode: number | undefined;
  let isTruncated = false;
  // After a truncated reply, the servers are asked over TCP, and each at most once.
  for (let attempt = 0; attempt < attempts && !isTruncated; attempt++) {
    for (const [place, server] of servers.entries()) {
      const within = secondsFor(place, servers.length, timeout) * 1000;
      const overUdp: Said | undefined = isTruncated
        ? undefined
        : await askServer(asker, server, within, questions);
      isTruncated ||= overUdp?.end === "truncated";
      const said = overUdp && !isTruncated ? overUdp : await askOverTcp(asker, server, questions);
      if (said.replies.length > 0) return { kind: "replies", replies: said.replies };
      heard ||= said.end !== "unreachable";
      lastCode = said.failures.at(-1) ?? lastCode;
    }
  }
  return { kind: "nothing", heard, lastCode };
}

/** How long a server may take. A later server gets more time. */
function secondsFor(place: number, servers: number, timeout: number): number {
  const seconds = timeout * 2 ** place;
  return Math.max(1, place > 0 ? Math.floor(seconds / servers) : seconds);
}

interface Question {
  readonly id: number;
  readonly message: Uint8Array;
}

function questionsFor(asker: Asker, name: string, types: readonly DnsType[]): readonly Question[] {
  const first = Number((asker.now() / 1000n) & 0xffffn);
  return types.map((type, at) => {
    const id = (first + at) & 0xffff;
    return { id, message: encodeMessage(standardQuery(name, type, id)) };
  });
}

/** What one server said. */
interface Said {
  /** In the order in which they came. */
  readonly replies: DnsMessage[];
  /** The response codes with which it refused or failed to answer. */
  readonly failures: number[];
  end: "complete" | "silent" | "unreachable" | "truncated";
}

/**
 * How questions are sent: together, each after the reply to the one before, or each from a socket of its own. A
 * server that answers only one of two questions is asked again in the next way.
 */
const ways = ["together", "in-turn", "apart"] as const;

type Way = (typeof ways)[number];

async function askServer(
  asker: Asker,
  server: string,
  within: number,
  questions: readonly Question[],
): Promise<Said> {
  for (const way of ways) {
    const said = await askIn(way, asker, server, within, questions);
    const isHalf = said.end === "silent" && said.replies.length + said.failures.length > 0;
    if (!isHalf || way === "apart") return said;
  }
  throw new Error("not reached: the last way returns");
}

async function askIn(
  way: Way,
  asker: Asker,
  server: string,
  within: number,
  questions: readonly Question[],
): Promise<Said> {
  const said: Said = { replies: [], failures: [], end: "complete" };
  const until = asker.now() + BigInt(Math.round(within * 1e6));
  const rounds = way === "together" ? [questions] : questions.map((question) => [question]);
  let socket: UdpSocket | undefined;
  try {
    for (const round of rounds) {
      if (way === "apart") socket?.close();
      if (!socket || way === "apart") socket = connected(asker, server);
      for (const { message } of round) socket.send(message);
      if (!(await hear(asker, socket, until, round, said))) break;
    }
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    said.end = error.code === "EAGAIN" ? "silent" : "unreachable";
  } finally {
    socket?.close();
  }
  return said;
}

function connected({ network }: Asker, server: string): UdpSocket {
  const socket = network.udp({ address: server.includes(":") ? "::" : "0.0.0.0" });
  try {
    socket.connect(server, dnsPort);
  } catch (error) {
    socket.close();
    throw error;
  }
  return socket;
}

/** Takes the replies to questions. Resolves to `false` when one of them is truncated. */
async function hear(
  asker: Asker,
  socket: UdpSocket,
  until: bigint,
  questions: readonly Question[],
  said: Said,
): Promise<boolean> {
  const open = new Set(questions.map(({ id }) => id));
  while (open.size > 0) {
    const left = Number(until - asker.now()) / 1e6;
    const { data } = await socket.receive({ within: Math.max(0, left) });
    const reply = replyIn(data, open);
    if (!reply) continue;
    if (reply.truncated) {
      said.end = "truncated";
      return false;
    }
    open.delete(reply.id);
    if (isFailure(reply)) said.failures.push(reply.code);
    else said.replies.push(reply);
  }
  return true;
}

async function askOverTcp({ network }: Asker, server: string, questions: readonly Question[]): Promise<Said> {
  const said: Said = { replies: [], failures: [], end: "complete" };
  const open = new Set(questions.map(({ id }) => id));
  try {
    const connection = await network.connect(server, dnsPort);
    try {
      for (const { message } of questions) await connection.write(frameMessage(message));
      const frames = new MessageFrames();
      while (open.size > 0) {
        const data = await connection.read();
        if (!data) break;
        for (const message of frames.push(data)) {
          const reply = replyIn(message, open);
          if (reply) said.replies.push(reply);
          if (reply) open.delete(reply.id);
        }
      }
    } finally {
      connection.close();
    }
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    said.end = "unreachable";
  }
  return said;
}

/** Returns the reply to an open question, or `undefined` for anything else. */
function replyIn(data: Uint8Array, open: ReadonlySet<number>): DnsMessage | undefined {
  try {
    const message = decodeMessage(data);
    const isWhole = message.questions.length === 1 || (data.length === headerLength && isRefusal(message));
    return message.response && isWhole && open.has(message.id) ? message : undefined;
  } catch (error) {
    if (error instanceof DnsMessageError) return undefined;
    throw error;
  }
}

const failureCodes: readonly number[] = [
  responseCodes.serverFailure,
  responseCodes.notImplemented,
  responseCodes.refused,
];

/** A refusal may be a header alone, without the question. */
const headerLength = 12;

function isRefusal({ code }: DnsMessage): boolean {
  return failureCodes.includes(code);
}

/** Returns whether another server is to be asked: this one failed, or knows nothing and asks nobody. */
function isFailure(message: DnsMessage): boolean {
  if (isRefusal(message)) return true;
  const { code, answers, authoritative, recursionAvailable, additionals } = message;
  const isEmpty = code === responseCodes.noError && answers.length === 0 && additionals.length === 0;
  return isEmpty && !authoritative && !recursionAvailable;
}
