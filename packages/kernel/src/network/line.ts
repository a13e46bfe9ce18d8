// What befalls packets on their way in one direction: they are late, or get lost. A router that wants it says so in the
// passage; all others lose nothing, and lose no time.
import type { Time } from "../time/time.js";

/** A way in one direction on which packets are late or get lost. */
export interface Line {
  /** Sends a packet of so many bytes. Returns the milliseconds until it arrives; `undefined` where it gets lost. */
  pass(bytes: number): number | undefined;
  /** Whether every packet gets lost. */
  readonly isCut: boolean;
}

/** Does what a packet does when it arrives: at once without a line, later, or never. */
export function carry(time: Time, line: Line | undefined, bytes: number, arrive: () => void): void {
  if (!line) {
    arrive();
    return;
  }
  const after = line.pass(bytes);
  if (after === undefined) return;
  if (after > 0) time.after(after, arrive);
  else arrive();
}

/** The first time until a lost segment is sent again, in milliseconds; it doubles each time up to the longest. */
export const firstRetry = 200;
export const longestRetry = 120_000;
/** How often a lost segment is sent again: `net.ipv4.tcp_retries2`. */
export const mostRetries = 15;

/** What of a connection is under way in one direction. It arrives in the order in which it was sent. */
export class Flight {
  /** The bytes that have not arrived. */
  bytes = 0;
  readonly #time: Time;
  readonly #sent: { readonly bytes: number; readonly arrive: () => void; hasArrived: boolean }[] = [];

  constructor(time: Time) {
    this.#time = time;
  }

  /** Whether something is under way, so that what follows has to wait for it. */
  get isBusy(): boolean {
    return this.#sent.length > 0;
  }

  /**
   * Sends a segment, and sends it again where it gets lost.
   *
   * @param line returns the way of that moment
   * @param giveUp called when it was sent too often; `undefined` where nobody asks for it
   */
  send(bytes: number, line: () => Line | undefined, arrive: () => void, giveUp?: () => void): void {
    const segment = { bytes, arrive, hasArrived: false };
    this.#sent.push(segment);
    this.bytes += bytes;
    const land = (): void => {
      segment.hasArrived = true;
      this.#land();
    };
    const attempt = (tries: number): void => {
      const way = line();
      const after = way ? way.pass(bytes) : 0;
      if (after !== undefined) {
        if (after > 0) this.#time.after(after, land);
        else land();
      } else {
        this.#time.after(Math.min(firstRetry * 2 ** tries, longestRetry), () => {
          if (tries < mostRetries) attempt(tries + 1);
          else giveUp?.();
        });
      }
    };
    attempt(0);
  }

  #land(): void {
    while (this.#sent[0]?.hasArrived) {
      const { bytes, arrive } = this.#sent.shift()!;
      this.bytes -= bytes;
      arrive();
    }
  }
}
