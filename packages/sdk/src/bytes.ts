/**
 * Bytes that a call sends, e.g. a tar archive: all of them, or a stream. Node's `Readable` is one, too.
 *
 * @example await engine.images.load(createReadStream("images.tar"));
 */
export type ByteSource = Uint8Array | AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>;

/**
 * A web stream of items that are produced one by one. Nothing is produced before somebody reads, and cancelling
 * the stream ends the source.
 *
 * @param cancelled called where the stream is cancelled, also before anything was read
 */
export function readableStream<Item>(
  items: AsyncIterable<Item>,
  cancelled: () => void = () => {},
): ReadableStream<Item> {
  const iterator = items[Symbol.asyncIterator]();
  return new ReadableStream<Item>(
    {
      async pull(controller) {
        const { done, value } = await iterator.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        // A generator that nobody has read from has nothing to clean up, and so does not.
        cancelled();
        await iterator.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}

/** The pieces of a {@link ByteSource}. Leaving the loop early cancels a web stream. */
export async function* piecesOf(source: ByteSource): AsyncGenerator<Uint8Array> {
  if (source instanceof Uint8Array) {
    yield source;
  } else if ("getReader" in source) {
    // Not every browser can iterate over a web stream.
    const reader = source.getReader();
    let complete = false;
    try {
      for (;;) {
        const { done, value } = await reader.read();
        complete = done;
        if (done || !value) return;
        yield value;
      }
    } finally {
      if (!complete) await reader.cancel();
    }
  } else {
    yield* source;
  }
}

/**
 * Reads a stream of bytes to its end.
 *
 * @example const tar = await collectBytes(await engine.containers.export("web"));
 */
export async function collectBytes(source: ByteSource): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of piecesOf(source)) pieces.push(piece);
  return joinedBytes(pieces);
}

/** Joins pieces of bytes in new memory. */
export function joinedBytes(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
