import type { RequestBody } from "./message.js";

/**
 * All of a body.
 *
 * @param most bytes that it may have
 * @param tooLong what is thrown where it has more
 */
export async function bytesOf(body: RequestBody, most: number, tooLong: () => Error): Promise<Uint8Array> {
  if (body.length === 0) return new Uint8Array();
  if (body.length > most) throw tooLong();
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of body) {
    pieces.push(piece);
    length += piece.length;
    if (length > most) throw tooLong();
  }
  if (pieces.length === 1) return pieces[0] as Uint8Array;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
