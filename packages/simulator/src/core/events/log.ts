import type { Clock } from "@dryharbor/kernel/host";
import type { EngineEvent } from "@dryharbor/sdk/port";
import { sortedByKey } from "../go-order.js";

/** An event as it is emitted. Its scope defaults to `local`; its attributes may be in any order. */
type ToldEvent = Omit<EngineEvent, "scope" | "time" | "timeNano"> & { readonly scope?: string };

/** The events of an engine: the latest ones, and the subscribers to the next. */
export interface EventLog {
  /** The events that are kept, oldest first. */
  readonly past: readonly EngineEvent[];
  /** How many events there have been. Whatever changes a network or a container emits one. */
  readonly count: number;
  /**
   * Emits an event. @param tell returns its content, called when someone asks for it, so it must not read
   * state that changes
   */
  emit(tell: () => ToldEvent): void;
  /** Forgets the events that are kept. */
  forget(): void;
  /** Calls `listener` with each event from now on, until the returned function is called. */
  subscribe(listener: (event: EngineEvent) => void): () => void;
}

/** The number of events that the engine keeps. */
export const keptEvents = 256;

const nanosecondsPerMicrosecond = 1_000n;

/** An event whose content is made when a client asks. Most are never asked for. */
interface Happened {
  readonly tell: () => ToldEvent;
  /** Time in microseconds. */
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
 * Makes an event log; `past` comes from a snapshot. Events are at least a microsecond apart, since `timeNano`
 * is a JSON number, which cannot tell the nanoseconds of this century apart.
 */
export function eventLog(clock: Clock, past: readonly EngineEvent[] = []): EventLog {
  const events = past
    .slice(-keptEvents)
    .map((event): Happened => ({ tell: () => event, at: microsecondsOf(event), shown: event }));
  const listeners = new Set<(event: EngineEvent) => void>();
  let last = events.at(-1)?.at ?? 0n;
  let count = 0;

  return {
    get past() {
      return events.map(shown);
    },
    get count() {
      return count;
    },
    emit(tell) {
      count++;
      const now = clock.now() / nanosecondsPerMicrosecond;
      last = now > last ? now : last + 1n;
      const event = { tell, at: last, shown: undefined };
      if (events.length === keptEvents) events.shift();
      events.push(event);
      if (listeners.size === 0) return;
      for (const listener of [...listeners]) listener(shown(event));
    },
    forget() {
      events.length = 0;
    },
    subscribe(listener) {
      // A new function, so that one listener can subscribe twice.
      const subscription = (event: EngineEvent) => listener(event);
      listeners.add(subscription);
      return () => {
        listeners.delete(subscription);
      };
    },
  };
}

/** Rounds, since a JSON number may be some nanoseconds off. */
function microsecondsOf({ timeNano }: EngineEvent): bigint {
  return BigInt(Math.round(timeNano / Number(nanosecondsPerMicrosecond)));
}
