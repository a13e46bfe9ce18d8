import { type Channel, channel } from "./channel.js";

/** A process's standard input. */
export interface Input extends AsyncIterable<Uint8Array> {
  write(data: Uint8Array): void;
  /** No more comes: the reader sees the end of the file. */
  end(): void;
}

/** @param open `false` for one that is at its end from the start, as /dev/null is */
export function input(open: boolean): Input {
  if (!open) return nothing;
  const data: Channel<Uint8Array> = channel();
  return {
    write: (bytes) => data.send(bytes),
    end: () => data.end(),
    async *[Symbol.asyncIterator]() {
      for (;;) {
        const bytes = await data.receive();
        if (!bytes) return;
        yield bytes;
      }
    },
  };
}

const nothing: Input = {
  write() {},
  end() {},
  async *[Symbol.asyncIterator]() {},
};
