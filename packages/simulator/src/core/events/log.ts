import type { Clock } from "@dryharbor/kernel/host";
import type { EngineEvent } from "@dryharbor/sdk/port";

/** What has happened: the last events, and who wants to hear of the next. */
export interface EventLog {
  /** Oldest first; the engine keeps 256. */
  readonly past: readonly EngineEvent[];
  /** @param event of scope `local` unless it says otherwise */
  emit(event: Omit<EngineEvent, "scope" | "time" | "timeNano"> & { readonly scope?: string }): void;
  /** Calls `listener` with each event from now on, until the returned function is called. */
  subscribe(listener: (event: EngineEvent) => void): () => void;
}

/** How many events the engine keeps. */
export const keptEvents = 256;

const nanosecondsPerMicrosecond = 1_000n;

/**
 * An event log; `past` where it comes out of a snapshot. Events are at least a microsecond apart:
 * `timeNano` is a JSON number, which does not tell nanoseconds of this century from each other.
 */
export function eventLog(clock: Clock, past: readonly EngineEvent[] = []): EventLog {
  const events = past.slice(-keptEvents);
  const listeners = new Set<(event: EngineEvent) => void>();
  // Rounded: as a JSON number it may be some nanoseconds off.
  let last = BigInt(Math.round((events.at(-1)?.timeNano ?? 0) / Number(nanosecondsPerMicrosecond)));

  return {
    past: events,
    emit(event) {
      const now = clock.now() / nanosecondsPerMicrosecond;
      last = now > last ? now : last + 1n;
      const happened: EngineEvent = {
        ...event,
        scope: event.scope ?? "local",
        time: Number(last / 1_000_000n),
        timeNano: Number(last * nanosecondsPerMicrosecond),
      };
      if (events.length === keptEvents) events.shift();
      events.push(happened);
      for (const listener of [...listeners]) listener(happened);
    },
    subscribe(listener) {
      // A function of its own, so that the same listener twice is two subscriptions.
      const subscription = (event: EngineEvent) => listener(event);
      listeners.add(subscription);
      return () => {
        listeners.delete(subscription);
      };
    },
  };
}
