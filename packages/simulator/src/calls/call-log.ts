// The record of what clients did: `simulator.calls`. The port (`engine/watched.ts`) and HTTP (`http/handle.ts`)
// write it.

import type { Time } from "@dryharbor/kernel/host";
import { EngineError } from "@dryharbor/sdk/port";
import type { FaultControl } from "../faults/control.js";
import type { CallName } from "./call-name.js";

/** A call that a client made. Plain data. */
export interface RecordedCall {
  /** By which way it came: over the port, in this process, or as a request of the Engine API. */
  readonly via: "port" | "http";
  /** The operation of the port that it is. `undefined` for a route that the port does not have. */
  readonly call: CallName | undefined;
  /**
   * What it was given, as the operation of the port takes it, whichever way it came. Options that were not given
   * are left out; those of a request are texts as the client wrote them. Streams, functions and signals are `null`,
   * and what is longer than 65,536 characters is cut off.
   *
   * @example ["frontend", { Container: "redis" }]
   */
  readonly arguments: readonly unknown[];
  /** What came over HTTP. `undefined` for a call of the port. */
  readonly request: RecordedRequest | undefined;
  /** When it was made, in milliseconds since 1970, by the simulator's time. */
  readonly at: number;
  /**
   * What became of it.
   * - `pending`: it has no answer yet
   * - `answered`: the engine did it. A stream has begun
   * - `refused`: the engine said no, with {@link status} and {@link message}
   * - `failed`: there was no answer: the connection broke, or the client gave up
   */
  readonly outcome: "pending" | "answered" | "refused" | "failed";
  /** The status of the answer over HTTP; of a call of the port only that of a refusal. */
  readonly status: number | undefined;
  /** Why it was refused or failed. */
  readonly message: string | undefined;
  /** The number of the fault that struck it; see {@link Simulator.faults}. */
  readonly fault: number | undefined;
}

/** A request as it came over HTTP. */
export interface RecordedRequest {
  /** @example "POST" */
  readonly method: string;
  /** Path and query as on the request line. @example "/v1.51/networks/frontend/connect" */
  readonly target: string;
  /** The route that answers it. `undefined` where the engine has none. @example "POST /networks/{id}/connect" */
  readonly route: string | undefined;
  /** The body as JSON. `undefined` for one that is none, or has not come. */
  readonly body: unknown;
}

/** The calls that a simulator has recorded, oldest first. It goes on while clients make calls. */
export interface RecordedCalls extends ReadonlyArray<RecordedCall> {
  /** Forgets all calls until now. */
  clear(): void;
}

/** How many calls are kept where nobody says otherwise. */
export const defaultKept = 1_000;

/** How much is kept of one call: characters of its texts and fields, together. */
export const longestRecord = 65_536;

/** A record that is being written. */
export type OpenRecord = { -readonly [Field in keyof RecordedCall]: RecordedCall[Field] };

/** Writes the record of calls. */
export class CallLog {
  readonly calls: RecordedCalls;
  /** What strikes calls, or its being loaded. `undefined` as long as there are no faults. */
  faults: FaultControl | Promise<FaultControl> | undefined;
  readonly #calls: RecordedCall[] = [];
  readonly #most: number;
  readonly #time: Time;

  /** @param most how many calls are kept; 0 for none */
  constructor(time: Time, most: number) {
    this.#time = time;
    this.#most = most;
    // Not enumerable, so that it compares as an array.
    this.calls = Object.defineProperty(this.#calls, "clear", {
      value: () => this.#calls.splice(0),
    }) as unknown as RecordedCalls;
  }

  /** Begins the record of a call. */
  begin(via: RecordedCall["via"], call: CallName | undefined, given: readonly unknown[]): OpenRecord {
    const record: OpenRecord = {
      via,
      call,
      arguments: given.length === 0 ? given : recorded(given),
      request: undefined,
      at: 0,
      outcome: "pending",
      status: undefined,
      message: undefined,
      fault: undefined,
    };
    if (this.#most > 0) {
      record.at = Number(this.#time.now() / 1_000_000n);
      this.#calls.push(record);
      if (this.#calls.length > this.#most) this.#calls.shift();
    }
    return record;
  }
}

/** Notes why a call has no answer, or a refusal. */
export function failed(record: OpenRecord, error: unknown): void {
  const isRefusal = error instanceof EngineError;
  record.outcome = isRefusal ? "refused" : "failed";
  if (isRefusal) record.status = error.status;
  record.message = String((error as Error)?.message);
}

let room = 0;

/** Returns a copy of what a call was given, as far as it is data, without what was left out at its end. */
function recorded(given: readonly unknown[]): readonly unknown[] {
  room = longestRecord;
  const copies = given.map(copyOf);
  while (copies.length > 0 && copies.at(-1) === undefined) copies.pop();
  return copies;
}

function copyOf(value: unknown): unknown {
  if (typeof value === "string") {
    room -= value.length;
    return room < 0 ? `${value.slice(0, Math.max(0, value.length + room))}…` : value;
  }
  if (typeof value !== "object" || value === null) return typeof value === "function" ? null : value;
  if (Array.isArray(value)) return value.map((each) => (room < 0 ? "…" : copyOf(each)));
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return null;
  const copy: Record<string, unknown> = {};
  for (const key in value) {
    room -= key.length;
    if (room < 0) break;
    const own = (value as Record<string, unknown>)[key];
    if (own !== undefined) copy[key] = copyOf(own);
  }
  return copy;
}
