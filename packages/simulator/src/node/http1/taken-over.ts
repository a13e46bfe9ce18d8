import type { Duplex } from "node:stream";
import type { RawConnection } from "../../http/message.js";
import type { Input } from "./input.js";

/** What the carrier tells of a connection that has been taken over. */
export interface Carrier {
  readonly socket: Duplex;
  readonly input: Input;
  readonly signal: AbortSignal;
  /** Resolves when more has come; false: nothing more will. */
  more(): Promise<boolean>;
  /** Sends what is written and closes. */
  close(): void;
  readonly unsentBytes: number;
  /** Milliseconds between the head, which has been sent, and what is written first. */
  readonly headStart: number;
}

/** The engine's end of a connection on which HTTP is over. */
export class TakenOver implements RawConnection {
  readonly #carrier: Carrier;
  #ended = false;
  #started: Promise<void> | undefined;

  constructor(carrier: Carrier) {
    this.#carrier = carrier;
    if (carrier.headStart === 0) return;
    // What is written while it is corked waits.
    carrier.socket.cork();
    this.#started = new Promise((resolve) => {
      setTimeout(() => {
        carrier.socket.uncork();
        this.#started = undefined;
        resolve();
      }, carrier.headStart);
    });
  }

  get signal(): AbortSignal {
    return this.#carrier.signal;
  }

  get input(): AsyncIterable<Uint8Array> {
    const { input } = this.#carrier;
    const more = (): Promise<boolean> => this.#carrier.more();
    return {
      async *[Symbol.asyncIterator]() {
        do {
          while (input.length > 0) yield input.take(input.length);
        } while (await more());
      },
    };
  }

  write(data: Uint8Array): boolean {
    const { socket, unsentBytes } = this.#carrier;
    if (this.#ended || socket.destroyed || socket.writableEnded) return true;
    const room = socket.write(data);
    if (socket.writableLength > unsentBytes) socket.destroy();
    return room && !this.#started;
  }

  async drained(): Promise<void> {
    await this.#started;
    await drained(this.#carrier.socket);
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    // An end would send at once what waits.
    if (this.#started) void this.#started.then(() => this.#carrier.close());
    else this.#carrier.close();
  }
}

/** Resolves when what was written has left, or never will. */
export function drained(socket: Duplex): Promise<void> {
  if (!socket.writableNeedDrain || socket.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      socket.off("drain", done);
      socket.off("close", done);
      resolve();
    };
    socket.on("drain", done);
    socket.on("close", done);
  });
}
