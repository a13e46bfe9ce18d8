import type { EngineEvent } from "@dryharbor/sdk";

/** What has happened: the last events, and who wants to hear of the next. */
export interface EventLog {
  /** Oldest first; the engine keeps 256. */
  readonly past: readonly EngineEvent[];
  emit(event: Omit<EngineEvent, "scope" | "time" | "timeNano">): void;
  /** Calls `listener` with each event from now on, until the returned function is called. */
  subscribe(listener: (event: EngineEvent) => void): () => void;
}
