import { Backlog } from "./backlog.js";
import { type Channel, channel } from "./channel.js";

/** A process's standard input. */
export interface Input extends AsyncIterable<Uint8Array> {
  write(data: Uint8Array): void;
  /** No more comes: the reader sees the end of the file. */
  end(): void;
  /** Resolves when the reader has caught up; `undefined` while it need not. */
  room(): Promise<void> | undefined;
}

/** @param open `false` for one that is at its end from the start, as /dev/null is */
export function input(open: boolean): Input {
  if (!open) return nothing;
  const data: Channel<Uint8Array> = channel();
  const backlog = new Backlog();
  return {
    write(bytes) {
      if (data.ended) return;
      backlog.add(bytes);
      data.send(bytes);
    },
    end: () => data.end(),
    room: () => backlog.room(),
    async *[Symbol.asyncIterator]() {
      for (;;) {
        const bytes = await data.receive();
        if (!bytes) return;
        backlog.take(bytes);
        yield bytes;
      }
    },
  };
}

const nothing: Input = {
  write() {},
  end() {},
  room: () => undefined,
  async *[Symbol.asyncIterator]() {},
};
