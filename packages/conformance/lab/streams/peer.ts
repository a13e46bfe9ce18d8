import type { Headers } from "./scenario.js";

/** A request as a client sends it. */
export interface Request {
  readonly method: string;
  readonly target: string;
  readonly headers: Headers;
  readonly body: string;
}

/** A connection with a request on it. */
export interface Exchange {
  /** Resolves when status and headers have come. Names of headers keep their case. */
  readonly head: Promise<{ readonly status: number; readonly reason: string; readonly headers: Headers }>;
  /** Returns the bytes that followed the head, without the framing of chunks. */
  readonly received: () => Uint8Array;
  /** Resolves when the engine has ended the connection or the answer. */
  readonly ended: Promise<void>;
  send(text: string): void;
  halfClose(): void;
  leave(): void;
}

/** A party that answers requests: a real engine on its socket, or the simulator's table of routes. */
export interface Peer {
  request(request: Request): Exchange;
}
