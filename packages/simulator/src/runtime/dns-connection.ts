import type { Connection } from "@dryharbor/kernel";
import type { Time } from "@dryharbor/kernel/host";
import { frameMessage, MessageFrames } from "@dryharbor/sdk/dns-message";
import type { DnsServer } from "../core/dns/server.js";
import { type Channel, channel } from "./channel.js";

/**
 * How long the server waits for the first message, and for each later one, in milliseconds. Seen on 20.10 and
 * 28.5.
 */
const firstWithin = 2_000;
const nextWithin = 8_000;

/** The number of messages after which a connection is closed. */
const most = 128;

/** A TCP connection to a DNS server, which answers one message after another, at once. */
export class DnsConnection implements Connection {
  readonly #server: DnsServer;
  readonly #time: Time;
  readonly #frames = new MessageFrames();
  readonly #answers: Channel<Uint8Array> = channel();
  #asked = 0;
  #stopWaiting: () => void;

  constructor(server: DnsServer, time: Time) {
    this.#server = server;
    this.#time = time;
    this.#stopWaiting = time.after(firstWithin, () => this.close());
  }

  readonly input: AsyncIterable<Uint8Array> = {
    [Symbol.asyncIterator]: () => ({
      next: async () => {
        const value = await this.#answers.receive();
        return value ? { done: false, value } : { done: true, value };
      },
    }),
  };

  write(data: Uint8Array): void {
    for (const message of this.#frames.push(data)) {
      if (this.#answers.ended) return;
      const answer = this.#server(message);
      if (answer) this.#answers.send(frameMessage(answer));
      this.#asked++;
      this.#stopWaiting();
      if (this.#asked === most) this.close();
      else this.#stopWaiting = this.#time.after(nextWithin, () => this.close());
    }
  }

  end(): void {
    this.close();
  }

  /** Closes the connection. Answers that were sent before can still be read. */
  close(): void {
    this.#stopWaiting();
    this.#answers.end();
  }
}
