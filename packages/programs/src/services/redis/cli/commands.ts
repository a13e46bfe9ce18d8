// What redis-cli does with one command: it sends it, shows the reply, and notes what the command changes.
import type { ProcessContext } from "@dryharbor/kernel";
import { type ByteText, toBytes } from "../../../busybox/byte-text.js";
import type { Received } from "../protocol/received.js";
import { type OutputMode, shownReply } from "./format.js";
import type { CliOptions } from "./options.js";
import { ServerClosed, type Session } from "./session.js";

/** Commands whose reply is a text for people. */
const textCommands: ReadonlySet<string> = new Set([
  "info",
  "lolwut",
  "client list",
  "client info",
  "cluster nodes",
  "cluster info",
  "memory malloc-stats",
  "memory doctor",
  "latency graph",
  "latency doctor",
]);

/** How a command went. */
export type Outcome = "ok" | "error reply" | "no connection";

/** The part of redis-cli that performs commands. */
export class Performer {
  readonly #process: ProcessContext;
  readonly #options: CliOptions;
  readonly session: Session;
  readonly output: OutputMode;

  constructor(process: ProcessContext, options: CliOptions, session: Session, output: OutputMode) {
    this.#process = process;
    this.#options = options;
    this.session = session;
    this.output = output;
  }

  print(reply: Received, words: readonly ByteText[]): void {
    const isText =
      textCommands.has((words[0] ?? "").toLowerCase()) ||
      textCommands.has(words.slice(0, 2).join(" ").toLowerCase());
    const shown = shownReply(reply, this.output, this.#options.delimiters, isText && reply.kind !== "error");
    if (reply.kind === "error" && this.#options.failsWithErrors)
      this.#process.stderr(toBytes(`${reply.text}\n`));
    else this.#process.stdout(toBytes(shown));
  }

  /** Performs a command as often as it is asked for. Below 0 that is without end. */
  async repeat(words: readonly ByteText[], times: number, isInteractive: boolean): Promise<Outcome> {
    const { interval } = this.#options;
    let outcome: Outcome = "ok";
    for (let left = times; left !== 0; left--) {
      outcome = await this.#withConnection(words, isInteractive);
      if (outcome === "no connection") return outcome;
      if (interval > 0) await this.#process.sleep(interval);
      await this.#process.caughtUp();
    }
    return outcome;
  }

  /** Performs a command. In the interactive mode a connection that was lost is made once more. */
  async #withConnection(words: readonly ByteText[], isInteractive: boolean): Promise<Outcome> {
    const { session } = this;
    if (!session.isConnected && !(await session.connect())) return "no connection";
    try {
      return await this.#perform(words);
    } catch (error) {
      if (!(error instanceof ServerClosed)) throw error;
      session.disconnect();
      if (/^(?:shutdown|quit)$/i.test(words[0] ?? "")) return "ok";
      if (!isInteractive) {
        this.#process.stderr(`Error: ${error.message}\n`);
        return "no connection";
      }
    }
    if (!(await session.connect())) return "no connection";
    try {
      return await this.#perform(words);
    } catch (error) {
      if (!(error instanceof ServerClosed)) throw error;
      this.#process.stderr(`Error: ${error.message}\n`);
      session.disconnect();
      return "no connection";
    }
  }

  async #perform(words: readonly ByteText[]): Promise<Outcome> {
    const { session } = this;
    const name = (words[0] ?? "").toLowerCase();
    await session.send(words);
    const expected = subscriptionReplies(name, words.length);
    let outcome: Outcome = "ok";
    for (let left = expected; left > 0; left--) {
      const reply = await session.receive();
      this.print(reply, words);
      if (reply.kind === "error") outcome = "error reply";
      this.#note(name, words, reply);
    }
    return outcome;
  }

  /** Notes what a command has changed on the connection. */
  #note(name: string, words: readonly ByteText[], reply: Received): void {
    const { session } = this;
    if (reply.kind === "error") {
      if (name === "exec") session.isInTransaction = false;
      return;
    }
    if (name === "select" && words.length === 2) {
      session.database = Number(words[1]);
      session.wantedDatabase = session.database;
    } else if (name === "multi") {
      session.isInTransaction = true;
    } else if (name === "exec" || name === "discard") {
      session.isInTransaction = false;
    } else if (name === "reset") {
      session.isInTransaction = false;
      session.isSubscribed = false;
      session.database = 0;
    } else if (/^[ps]?subscribe$/.test(name)) {
      session.isSubscribed = true;
    } else if (/^[ps]?unsubscribe$/.test(name) && (reply.kind === "array" || reply.kind === "push")) {
      const count = reply.items[2];
      if (count?.kind === "integer" && count.text === "0") session.isSubscribed = false;
    }
  }

  /** Shows what comes without end, such as the messages of a subscription. */
  async showAll(words: readonly ByteText[]): Promise<never> {
    for (;;) this.print(await this.session.receive(), words);
  }
}

/** The number of replies to a command: one for each channel of a subscription. */
function subscriptionReplies(name: string, words: number): number {
  return /^[ps]?(?:un)?subscribe$/.test(name) && words > 1 ? words - 1 : 1;
}

/** Whether a command goes on to send messages. */
export function sendsWithoutEnd(words: readonly ByteText[]): boolean {
  return /^(?:monitor|[ps]?subscribe)$/i.test(words[0] ?? "");
}
