import type { TarEntry } from "../core/tar/entry.js";
import { joined, tarPieces } from "../core/tar/write.js";
import type { HttpResponse } from "./message.js";

/** As much as Go's server holds back to see whether it is all: then it tells the length. */
const heldBack = 2048;

/** An archive as the body of an answer. */
export function tarBody(entries: Iterable<TarEntry>): NonNullable<HttpResponse["body"]> {
  const pieces = [...tarPieces(entries)];
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  return length <= heldBack ? joined(pieces) : inTurn(pieces);
}

async function* inTurn(pieces: readonly Uint8Array[]): AsyncIterable<Uint8Array> {
  yield* pieces;
}
