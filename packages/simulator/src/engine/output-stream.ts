import type { OutputChunk } from "@dryharbor/sdk/port";
import { Backlog } from "../runtime/backlog.js";
import type { Session } from "./session.js";
import { openStream, type Stream } from "./stream.js";

/** A stream of what a process writes. */
export interface OutputStream extends Stream<OutputChunk> {
  /** Resolves when the reader has caught up or gone; `undefined` while it need not. */
  room(): Promise<void> | undefined;
}

/** As {@link openStream}, and knows how far behind the reader is. */
export function openOutputStream(
  session: Session,
  signal: AbortSignal | undefined,
  released: () => void,
): OutputStream {
  const backlog = new Backlog();
  let open = true;
  const stream = openStream<OutputChunk>(session, signal, () => {
    open = false;
    backlog.clear();
    released();
  });
  const items = stream[Symbol.asyncIterator]();
  const iterator: AsyncIterator<OutputChunk> = {
    ...items,
    async next() {
      const result = await items.next();
      if (!result.done && open) backlog.take(result.value.data);
      return result;
    },
  };
  return {
    send(chunk) {
      if (open) backlog.add(chunk.data);
      stream.send(chunk);
    },
    end: stream.end,
    close: stream.close,
    room: () => backlog.room(),
    [Symbol.asyncIterator]: () => iterator,
  };
}
