import { Backlog } from "@dryharbor/kernel/host";
import type { OutputChunk } from "@dryharbor/sdk/port";
import type { Session } from "./session.js";
import { openStream, type Stream } from "./stream.js";

/** A stream of what a process writes. */
export interface OutputStream extends Stream<OutputChunk> {
  /** Resolves when the reader has caught up or gone; `undefined` while it need not. */
  room(): Promise<void> | undefined;
  /** Resolves when the reader has come to the end or gone. */
  readonly read: Promise<void>;
}

/** As {@link openStream}, and knows how far behind the reader is. */
export function openOutputStream(
  session: Session,
  signal: AbortSignal | undefined,
  released: () => void,
  whenClosed?: "fails" | "ends",
): OutputStream {
  const backlog = new Backlog();
  let open = true;
  const stream = openStream<OutputChunk>(
    session,
    signal,
    () => {
      open = false;
      backlog.clear();
      released();
    },
    whenClosed,
  );
  const items = stream[Symbol.asyncIterator]();
  let finished!: () => void;
  const read = new Promise<void>((resolve) => {
    finished = resolve;
  });
  function close(): void {
    stream.close();
    finished();
  }
  const iterator: AsyncIterator<OutputChunk> = {
    async next() {
      try {
        const result = await items.next();
        if (result.done) finished();
        else if (open) backlog.take(result.value.data);
        return result;
      } catch (error) {
        finished();
        throw error;
      }
    },
    async return() {
      close();
      return { done: true, value: undefined };
    },
  };
  return {
    send(chunk) {
      if (open) backlog.add(chunk.data);
      stream.send(chunk);
    },
    end: stream.end,
    close,
    room: () => backlog.room(),
    read,
    [Symbol.asyncIterator]: () => iterator,
  };
}
