// The client of the web server: node_redis 0.12 as the example uses it.
import { type Connection, FileError, LookupError, type ProcessContext } from "@dryharbor/kernel";
import { byteText, toBytes } from "../../busybox/byte-text.js";
import { encodeRequest } from "../redis/protocol/encode-request.js";
import { type Received, ReplyReader } from "../redis/protocol/received.js";
import {
  type Crash,
  connectionFailed,
  endedBeforeReady,
  endedWithinPage,
  errorWithoutCallback,
  notReady,
} from "./crash.js";

/** A command that waits for its reply. */
interface Command {
  readonly words: readonly string[];
  /** Gets the reply, or nothing in its place. Returns whether it can go on without one. */
  readonly replied: ((reply: Received | undefined) => boolean) | undefined;
}

const host = "redis";
const port = 6379;
/** In milliseconds: before a connection that has ended is opened anew. */
const retryAfter = 255;

/** Keeps a connection to Redis. What is asked before there is one waits. */
export class RedisClient {
  readonly #process: ProcessContext;
  readonly #crash: (crash: Crash) => void;
  #connection: Connection | undefined;
  #isReady = false;
  #unsent: Command[] = [];
  #sent: Command[] = [];

  /** @param crash is told of the error that ends the process */
  constructor(process: ProcessContext, crash: (crash: Crash) => void) {
    this.#process = process;
    this.#crash = crash;
    void this.#connect();
  }

  /**
   * Sends a command.
   *
   * @param replied gets the reply, or nothing where there is none; returns whether it can go on without one
   */
  send(words: readonly string[], replied?: Command["replied"]): void {
    const command = { words, replied };
    if (this.#isReady) this.#write(command);
    else this.#unsent.push(command);
  }

  async #connect(): Promise<void> {
    const connection = await this.#open();
    if (!connection) return;
    this.#connection = connection;
    this.#write({ words: ["info"], replied: () => true });
    await this.#receive(connection);
  }

  async #open(): Promise<Connection | undefined> {
    let address: string | undefined;
    try {
      [address] = (await this.#process.lookup(host, 4)).addresses;
      return await this.#process.network.connect(address as string, port);
    } catch (error) {
      if (error instanceof LookupError) {
        const isUnsure = error.code === "EAI_AGAIN";
        const problem = isUnsure ? "EAI_AGAIN" : `ENOTFOUND ${host}`;
        this.#fail(connectionFailed(`getaddrinfo ${problem} ${host}:${port}`, true));
      } else if (error instanceof FileError) {
        // Node adds the socket's own address where the system refused at once.
        const own = error.code === "ENETUNREACH" ? " - Local (0.0.0.0:0)" : "";
        this.#fail(connectionFailed(`connect ${error.code} ${address}:${port}${own}`, false));
      } else throw error;
      return undefined;
    }
  }

  #write(command: Command): void {
    this.#sent.push(command);
    // A connection that fails is told of where it is read.
    this.#connection?.write(toBytes(encodeRequest(command.words.map(byteText)))).catch(() => {});
  }

  async #receive(connection: Connection): Promise<void> {
    const replies = new ReplyReader();
    try {
      for await (const data of connection.input) {
        replies.add(data);
        for (let reply = replies.next(); reply; reply = replies.next()) this.#take(reply);
      }
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      this.#fail(connectionFailed(`read ${error.code}`, false));
      return;
    }
    await this.#ended();
  }

  #take(reply: Received): void {
    const command = this.#sent.shift();
    const problem = reply.kind === "error" ? reply.text : undefined;
    if (!this.#isReady) {
      if (problem !== undefined) {
        this.#crash(notReady(problem));
        return;
      }
      this.#isReady = true;
      for (const waiting of this.#unsent.splice(0)) this.#write(waiting);
    } else if (command?.replied) {
      command.replied(problem === undefined ? reply : undefined);
    } else if (problem !== undefined) {
      this.#process.stdout(`node_redis: no callback to send error: ${problem}\n`);
      this.#crash(errorWithoutCallback(problem));
    }
  }

  /** Tells what waits for a reply that there will be none. Returns whether it can go on, and whether it had been sent. */
  #flush(): { readonly stuck: "sent" | "unsent" | undefined } {
    const unsent = this.#unsent.splice(0).filter(({ replied }) => replied?.(undefined) === false);
    const sent = this.#sent.splice(0).filter(({ replied }) => replied?.(undefined) === false);
    return { stuck: unsent.length > 0 ? "unsent" : sent.length > 0 ? "sent" : undefined };
  }

  #fail(crash: Crash): void {
    this.#flush();
    this.#crash(crash);
  }

  async #ended(): Promise<void> {
    this.#connection?.close();
    const wasReady = this.#isReady;
    this.#isReady = false;
    const { stuck } = this.#flush();
    if (stuck) this.#crash(endedWithinPage(stuck === "sent"));
    else if (!wasReady) this.#crash(endedBeforeReady());
    else {
      await this.#process.sleep(retryAfter);
      await this.#connect();
    }
  }
}
