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
  /** Resolves once status and headers are there; names of headers as they were spelt. */
  readonly head: Promise<{ readonly status: number; readonly reason: string; readonly headers: Headers }>;
  /** What has come behind the head, whatever was around it to carry it taken off. */
  readonly received: () => Uint8Array;
  /** Resolves when the engine has ended the connection or the answer. */
  readonly ended: Promise<void>;
  send(text: string): void;
  halfClose(): void;
  leave(): void;
}

/** Who answers: a real engine on its socket, or the simulator's table of routes. */
export interface Peer {
  request(request: Request): Exchange;
}
