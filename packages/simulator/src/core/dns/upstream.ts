import type { Question, Reply } from "./question.js";

/**
 * Where a question leaves from: the host itself, a container with a way out, or a container that
 * is on internal networks only, or on none.
 */
export type Vantage = "host" | "container" | "isolated";

/**
 * What comes back: a reply, nothing (`silent`), or word at once that there is nobody
 * (`unreachable`: no route, or ICMP says so).
 */
export type UpstreamReply = Reply | "silent" | "unreachable";

/** The DNS servers outside of the engine. Pure: the same question gets the same reply. */
export interface Upstream {
  /** Asks the server at `address`. */
  ask(address: string, question: Question, from: Vantage): UpstreamReply;
}

/** A host without an uplink: no server can be reached. */
export const noUplink: Upstream = { ask: () => "unreachable" };
