// Questions to the name servers of /etc/resolv.conf, as musl's res_msend asks them: all servers at once, all questions at
// once, and the first answer wins.
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

const dnsPort = 53;

interface Question {
  readonly id: number;
  readonly message: Uint8Array;
  answer: DnsMessage | undefined;
  /** Whether its answer was too long for UDP, and is asked for over TCP. */
  isLong: boolean;
}

/**
 * Asks for records of a name. Resolves to the answers in the order of the types, with `undefined` for one that did not come
 * in time.
 *
 * @throws {DnsMessageError} DNS cannot ask for the name.
 */
export async function askNameServers(
  asker: Asker,
  configuration: ResolverConfiguration,
  name: string,
  types: readonly DnsType[],
): Promise<readonly (DnsMessage | undefined)[]> {
  const questions = questionsFor(asker, name, types);
  const isSix = configuration.servers.some((server) => server.includes(":"));
  const socket = asker.network.udp({ address: isSix ? "::" : "0.0.0.0" });
  try {
    await new Round(asker, configuration, questions, socket).run();
  } finally {
    socket.close();
  }
  return questions.map(({ answer }) => answer);
}

function questionsFor(asker: Asker, name: string, types: readonly DnsType[]): readonly Question[] {
  // The identifiers come from the clock, and differ.
  const first = Number((asker.now() / 65_537n) & 0xffffn);
  return types.map((type, at) => {
    const id = (first + at * 256) & 0xffff;
    return { id, message: encodeMessage(standardQuery(name, type, id)), answer: undefined, isLong: false };
  });
}

class Round {
  readonly #asker: Asker;
  readonly #servers: readonly string[];
  readonly #questions: readonly Question[];
  readonly #socket: UdpSocket;
  /** In nanoseconds since 1970. */
  readonly #end: bigint;
  readonly #interval: bigint;
  /** How often a server that failed is asked again at once. */
  #secondChances = 0;

  constructor(
    asker: Asker,
    { servers, timeout, attempts }: ResolverConfiguration,
    questions: readonly Question[],
    socket: UdpSocket,
  ) {
    this.#asker = asker;
    this.#servers = servers;
    this.#questions = questions;
    this.#socket = socket;
    const milliseconds = timeout * 1000;
    this.#end = asker.now() + BigInt(milliseconds) * 1_000_000n;
    this.#interval = BigInt(Math.floor(milliseconds / Math.max(1, attempts))) * 1_000_000n;
  }

  async run(): Promise<void> {
    let next = this.#asker.now();
    while (this.#asker.now() < this.#end && this.#questions.some(({ answer }) => !answer)) {
      if (this.#asker.now() >= next) {
        for (const question of this.#questions) if (!question.answer && !question.isLong) this.#ask(question);
        next = this.#asker.now() + this.#interval;
        this.#secondChances = 2 * this.#questions.length;
      }
      if (!(await this.#hear(next))) return;
    }
  }

  #ask({ message }: Question, servers = this.#servers): void {
    for (const server of servers) {
      try {
        this.#socket.send(message, { address: server, port: dnsPort });
      } catch (error) {
        // A server without a route gets no question, and nobody is told.
        if (!(error instanceof FileError)) throw error;
      }
    }
  }

  /** Takes what arrives until a time. Resolves to `false` where asking over TCP has failed, which ends it all. */
  async #hear(until: bigint): Promise<boolean> {
    const left = Number((until < this.#end ? until : this.#end) - this.#asker.now()) / 1e6;
    try {
      const { data, from } = await this.#socket.receive({ within: Math.max(0, left) });
      const server = this.#servers.find((each) => each.split("%")[0] === from.address);
      return server === undefined ? true : await this.#take(data, server);
    } catch (error) {
      if (error instanceof FileError) return true;
      throw error;
    }
  }

  /** Takes an answer. Only names that are there or are not count; a failure is asked about again at once. */
  async #take(data: Uint8Array, server: string): Promise<boolean> {
    const message = decoded(data);
    const question = this.#questions.find(
      ({ id, answer, isLong }) => id === message?.id && !answer && !isLong,
    );
    if (!message || !question) return true;
    if (message.code === responseCodes.serverFailure && this.#secondChances > 0) {
      this.#secondChances--;
      this.#ask(question, [server]);
    }
    if (!isAccepted(message)) return true;
    if (!message.truncated) {
      question.answer = message;
      return true;
    }
    question.isLong = true;
    question.answer = await this.#askOverTcp(question, server);
    return question.answer !== undefined;
  }

  async #askOverTcp({ message, id }: Question, server: string): Promise<DnsMessage | undefined> {
    const within = Math.max(0, Number(this.#end - this.#asker.now()) / 1e6);
    try {
      const connection = await this.#asker.network.connect(server, dnsPort, { within });
      try {
        await connection.write(frameMessage(message));
        const frames = new MessageFrames();
        for (;;) {
          const left = Math.max(0, Number(this.#end - this.#asker.now()) / 1e6);
          const data = await connection.read(undefined, { within: left });
          if (!data) return undefined;
          const [first] = frames.push(data);
          const answer = first && decoded(first);
          if (answer) return answer.id === id && isAccepted(answer) ? answer : undefined;
        }
      } finally {
        connection.close();
      }
    } catch (error) {
      if (error instanceof FileError) return undefined;
      throw error;
    }
  }
}

function isAccepted({ code }: DnsMessage): boolean {
  return code === responseCodes.noError || code === responseCodes.noSuchName;
}

function decoded(data: Uint8Array): DnsMessage | undefined {
  try {
    const message = decodeMessage(data);
    return message.response ? message : undefined;
  } catch (error) {
    if (error instanceof DnsMessageError) return undefined;
    throw error;
  }
}
