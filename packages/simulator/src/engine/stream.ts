import { AbortError, abortError } from "@dryharbor/sdk/port";
import { type Channel, channel } from "../runtime/channel.js";
import type { Session } from "./session.js";

/** An answer that comes piece by piece. */
export interface Stream<T> extends AsyncIterable<T> {
  send(item: T): void;
  /** Nothing more comes. */
  end(): void;
  /** The reader has had enough. */
  close(): void;
}

/**
 * Opens one for a session.
 *
 * @param released called once, when nothing more can come of it, whoever ended it
 * @param whenClosed what the reader sees of the session's end: an error, or just the end
 */
export function openStream<T extends object>(
  session: Session,
  signal: AbortSignal | undefined,
  released: () => void,
  whenClosed: "fails" | "ends" = "fails",
): Stream<T> {
  const items: Channel<T> = channel();
  let open = true;

  function finish(error?: Error): void {
    if (!open) return;
    open = false;
    signal?.removeEventListener("abort", abort);
    forget();
    items.end(error);
    released();
  }
  function abort(): void {
    items.clear();
    finish(abortError(signal!));
  }
  const forget = session.whenClosed(() => {
    finish(whenClosed === "fails" ? new AbortError("the engine was closed during this call") : undefined);
  });
  signal?.addEventListener("abort", abort, { once: true });

  function close(): void {
    items.clear();
    finish();
  }

  const iterator: AsyncIterator<T> = {
    async next() {
      const value = await session.whileReading(items.receive());
      return value === undefined ? { done: true, value: undefined } : { done: false, value };
    },
    async return() {
      close();
      return { done: true, value: undefined };
    },
  };
  return {
    send: (item) => items.send(item),
    end: () => finish(),
    close,
    [Symbol.asyncIterator]: () => iterator,
  };
}
