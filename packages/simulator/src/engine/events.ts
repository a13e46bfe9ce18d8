import type { EngineEvent, EventStream, EventsOptions } from "@dryharbor/sdk/port";
import { matchesEventFilters } from "../core/events/filter.js";
import { eventFor } from "../core/events/shown.js";
import { type EventWindow, pastEvents, readEventWindow } from "../core/events/window.js";
import type { FilterValues } from "../core/filters/match.js";
import { filters } from "./filters.js";
import { asJson, type Session } from "./session.js";
import { openStream } from "./stream.js";

/** Subscribes at once, so that nothing is missed that happens before the first look. */
export function simulatedEvents(session: Session, options: EventsOptions = {}): EventStream {
  try {
    return subscribe(session, options);
  } catch (error) {
    return refused(error);
  }
}

function subscribe(session: Session, { since, until, ...options }: EventsOptions): EventStream {
  session.admit(options);
  const wanted = filters(options.filters);
  const window = readEventWindow(
    session.daemon.release,
    session.daemon.clock,
    String(since ?? ""),
    String(until ?? ""),
  );
  return openEvents(session, window, wanted, options.abortSignal);
}

/** `GET /events`, with what it asks for read. */
export function openEvents(
  session: Session,
  window: EventWindow,
  wanted: FilterValues,
  signal: AbortSignal | undefined,
): EventStream {
  const { daemon, time, apiVersion } = session;

  let release = (): void => {};
  const stream = openStream<EngineEvent>(session, signal, () => release(), "ends");
  const send = (event: EngineEvent): void => {
    const shown = eventFor(daemon.release, event, apiVersion);
    if (shown) stream.send(asJson(shown));
  };
  for (const event of pastEvents(daemon.events, window, wanted)) send(event);
  if (window.over) {
    stream.end();
  } else {
    const unsubscribe = daemon.events.subscribe((event) => {
      if (matchesEventFilters(event, wanted)) send(event);
    });
    const left = window.until === undefined ? undefined : Number(window.until - time.now()) / 1e6;
    const cancel = left === undefined ? () => {} : time.after(Math.max(0, left), stream.end);
    release = () => {
      unsubscribe();
      cancel();
    };
  }
  return {
    opened: Promise.resolve(),
    close: stream.close,
    [Symbol.asyncIterator]: () => stream[Symbol.asyncIterator](),
  };
}

/** A subscription that the engine did not take. */
function refused(error: unknown): EventStream {
  const opened: Promise<never> = Promise.reject(error);
  // The loop over the events fails as well; who only loops need not wait for this.
  opened.catch(() => {});
  return {
    opened,
    close() {},
    [Symbol.asyncIterator]: () => ({ next: () => opened }),
  };
}
