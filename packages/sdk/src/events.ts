import type { CallOptions } from "./call.js";
import type { EventFilters } from "./filters.js";

/** What an event tells of. */
export interface EventActor {
  ID: string;
  /** Sorted by key. For a container: its labels, its name, its image, and what the action adds. */
  Attributes: Record<string, string>;
}

/** One line of `GET /events`. Container and image events also carry the older `status`, `id` and `from`. */
export interface EngineEvent {
  status?: string;
  id?: string;
  from?: string;
  Type: string;
  /** E.g. `create`, `connect`, `die`, `exec_create: sleep 1`. */
  Action: string;
  Actor: EventActor;
  scope: string;
  /** Unix seconds. */
  time: number;
  /** Unix nanoseconds; beyond 2^53, so read it for its order, not for its last digits. */
  timeNano: number;
}

/** What {@link Engine.events} takes. */
export interface EventsOptions extends CallOptions {
  /** Unix seconds, as a number or as `seconds.nanoseconds`: past events from here on come first. */
  since?: string | number;
  /** Unix seconds: the stream ends there. */
  until?: string | number;
  filters?: EventFilters;
}

/** The engine's events as they happen. Leaving the loop, or `close()`, ends the stream. */
export interface EventStream extends AsyncIterable<EngineEvent> {
  /** Resolves once the engine has taken the subscription; rejects where it refuses. */
  readonly opened: Promise<void>;
  /** Ends the stream: a loop over it ends without an error. */
  close(): void;
}
