import { eventCalls } from "../calls/events.js";
import { systemCalls } from "../calls/system.js";
import type { EngineEvent, EventStream, EventsOptions } from "../events.js";
import type { Connection } from "./connection.js";
import { jsonLines } from "./lines.js";
import { requestOf } from "./request.js";

/** Subscribes at once, and takes events as they come: the engine drops those that nobody takes. */
export function dockerEvents(connection: Connection, options: EventsOptions = {}): EventStream {
  const { abortSignal } = options;
  const waiting: EngineEvent[] = [];
  const closing = new AbortController();
  let ended = false;
  let failure: { error: unknown } | undefined;
  let wake = () => {};

  const subscription = connection.stream({
    ...requestOf(eventCalls.events, [options]),
    abortSignal: abortSignal ? AbortSignal.any([abortSignal, closing.signal]) : closing.signal,
  });

  async function take(): Promise<void> {
    try {
      const { body } = await subscription;
      for await (const event of jsonLines<EngineEvent>(body)) {
        waiting.push(event);
        wake();
      }
    } catch (error) {
      if (!closing.signal.aborted && !connection.closed) failure = { error };
    }
    ended = true;
    wake();
  }

  async function* iterate(): AsyncGenerator<EngineEvent> {
    try {
      for (;;) {
        yield* waiting.splice(0);
        if (waiting.length > 0) continue;
        if (failure) throw failure.error;
        if (ended) return;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    } finally {
      closing.abort();
    }
  }

  async function open(): Promise<void> {
    await subscription;
    // The engine sends the head of its answer just before it subscribes, and does so while it answers this.
    await connection.head(requestOf(systemCalls.ping, [options]));
  }

  const opened = open();
  // The loop over the events fails as well; who only loops need not wait for this.
  opened.catch(() => {});
  void take();
  const events = iterate();
  return {
    opened,
    [Symbol.asyncIterator]: () => events,
    close() {
      waiting.length = 0;
      closing.abort();
    },
  };
}
