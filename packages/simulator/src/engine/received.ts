import { type ByteSource, EngineError, joinedBytes, piecesOf } from "@dryharbor/sdk/port";

/** Bytes that a client sends: how many, where it says so, else -1. */
export interface Incoming extends AsyncIterable<Uint8Array> {
  readonly length: number;
}

/** What a caller in the same process gives. */
export function incoming(source: ByteSource): Incoming {
  const length = source instanceof Uint8Array ? source.length : -1;
  return { length, [Symbol.asyncIterator]: () => piecesOf(source) };
}

/** What has come of a body. */
export interface Received {
  readonly bytes: Uint8Array;
  /** Why it broke off before its end. */
  readonly broken?: Error;
}

/**
 * All of a body, or as much of it as came.
 *
 * @param most bytes that it may have
 * @param tooLong what is thrown where it has more
 */
export async function receive(body: Incoming, most: number, tooLong: () => Error): Promise<Received> {
  if (body.length === 0) return { bytes: new Uint8Array() };
  if (body.length > most) throw tooLong();
  const pieces: Uint8Array[] = [];
  let length = 0;
  let broken: Error | undefined;
  try {
    for await (const piece of body) {
      pieces.push(piece);
      length += piece.length;
      if (length > most) throw tooLong();
    }
  } catch (error) {
    if (error instanceof EngineError || !(error instanceof Error)) throw error;
    broken = error;
  }
  const bytes = pieces.length === 1 ? (pieces[0] as Uint8Array) : joinedBytes(pieces);
  return broken ? { bytes, broken } : { bytes };
}

/** The same where only the whole is of use. @throws why it broke off */
export async function bytesOf(body: Incoming, most: number, tooLong: () => Error): Promise<Uint8Array> {
  const { bytes, broken } = await receive(body, most, tooLong);
  if (broken) throw broken;
  return bytes;
}
