// A connection that the engine has taken over for attach or exec: raw bytes both ways, without HTTP.

import type { Duplex } from "node:stream";
import type { RawConnection } from "../../http/message.js";
import type { Input } from "./input.js";

/** The part of a `Connection` that a taken-over connection uses. */
export interface Carrier {
  readonly socket: Duplex;
  readonly input: Input;
  readonly signal: AbortSignal;
  /** Resolves to true when more bytes have come, and to false if none will. */
  more(): Promise<boolean>;
  /** Sends what has been written and closes. */
  close(): void;
  readonly unsentBytes: number;
  /** Milliseconds between the head, which has been sent, and the first output. */
  readonly headStart: number;
}

/** The engine's end of a connection that it has taken over. */
export class TakenOver implements RawConnection {
  readonly #carrier: Carrier;
  #ended = false;
  #started: Promise<void> | undefined;

  constructor(carrier: Carrier) {
    this.#carrier = carrier;
    if (carrier.headStart === 0) return;
    // While the socket is corked, what is written waits.
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
    // Ending the socket now would send at once what waits.
    if (this.#started) void this.#started.then(() => this.#carrier.close());
    else this.#carrier.close();
  }
}

/** Resolves when what was written has been sent, or never will be. */
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
