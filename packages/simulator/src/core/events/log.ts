import type { Clock } from "@dryharbor/kernel/host";
import type { EngineEvent } from "@dryharbor/sdk/port";
import { sortedByKey } from "../go-order.js";

/** An event as it is told: of scope `local` unless it says otherwise, its attributes in any order. */
type ToldEvent = Omit<EngineEvent, "scope" | "time" | "timeNano"> & { readonly scope?: string };

/** What has happened: the last events, and who wants to hear of the next. */
export interface EventLog {
  /** Oldest first; the engine keeps 256. */
  readonly past: readonly EngineEvent[];
  /** @param tell says what happened, when somebody asks: so it may only look at what does not change */
  emit(tell: () => ToldEvent): void;
  /** Calls `listener` with each event from now on, until the returned function is called. */
  subscribe(listener: (event: EngineEvent) => void): () => void;
}

/** How many events the engine keeps. */
export const keptEvents = 256;

const nanosecondsPerMicrosecond = 1_000n;

/** An event that has happened. What clients see of it is made when one asks: most are never asked for. */
interface Happened {
  readonly tell: () => ToldEvent;
  /** Microseconds. */
  readonly at: bigint;
  shown: EngineEvent | undefined;
}

function shown(event: Happened): EngineEvent {
  if (event.shown) return event.shown;
  const { tell, at } = event;
  const told = tell();
  event.shown = {
    ...told,
    Actor: { ID: told.Actor.ID, Attributes: sortedByKey(told.Actor.Attributes) },
    scope: told.scope ?? "local",
    time: Number(at / 1_000_000n),
    timeNano: Number(at * nanosecondsPerMicrosecond),
  };
  return event.shown;
}

/**
 * An event log; `past` where it comes out of a snapshot. Events are at least a microsecond apart:
 * `timeNano` is a JSON number, which does not tell nanoseconds of this century from each other.
 */
export function eventLog(clock: Clock, past: readonly EngineEvent[] = []): EventLog {
  const events = past
    .slice(-keptEvents)
    .map((event): Happened => ({ tell: () => event, at: microsecondsOf(event), shown: event }));
  const listeners = new Set<(event: EngineEvent) => void>();
  let last = events.at(-1)?.at ?? 0n;

  return {
    get past() {
      return events.map(shown);
    },
    emit(tell) {
      const now = clock.now() / nanosecondsPerMicrosecond;
      last = now > last ? now : last + 1n;
      const event = { tell, at: last, shown: undefined };
      if (events.length === keptEvents) events.shift();
      events.push(event);
      if (listeners.size === 0) return;
      for (const listener of [...listeners]) listener(shown(event));
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

/** Rounded: as a JSON number it may be some nanoseconds off. */
function microsecondsOf({ timeNano }: EngineEvent): bigint {
  return BigInt(Math.round(timeNano / Number(nanosecondsPerMicrosecond)));
}
