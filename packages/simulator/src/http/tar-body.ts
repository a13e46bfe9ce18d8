import type { TarEntry } from "@dryharbor/kernel/tar";
import { joinedBytes } from "@dryharbor/sdk/port";
import { tarPieces } from "@dryharbor/kernel/tar";
import type { HttpResponse } from "./message.js";

/** The number of bytes that Go's server buffers. A body that fits gets a Content-Length. */
const heldBack = 2048;

/** Returns an archive as the body of an answer. */
export function tarBody(entries: Iterable<TarEntry>): NonNullable<HttpResponse["body"]> {
  const pieces = [...tarPieces(entries)];
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  return length <= heldBack ? joinedBytes(pieces) : inTurn(pieces);
}

async function* inTurn(pieces: readonly Uint8Array[]): AsyncIterable<Uint8Array> {
  yield* pieces;
}
