import { base64, base64Bytes } from "./base64.js";

/** Bytes as plain JSON: pieces in Base64, and how many zero bytes lie between. Files and archives are full of those. */
export type SavedBytes = readonly (string | number)[];

/** Shorter runs are not worth an end of Base64. */
const worthwhile = 32;

export function saveBytes(bytes: Uint8Array): SavedBytes {
  const saved: (string | number)[] = [];
  let from = 0;
  for (let at = 0; at < bytes.length; ) {
    if (bytes[at] !== 0) {
      at++;
      continue;
    }
    let end = at + 1;
    while (bytes[end] === 0) end++;
    if (end - at >= worthwhile) {
      if (at > from) saved.push(base64(bytes.subarray(from, at)));
      saved.push(end - at);
      from = end;
    }
    at = end;
  }
  if (from < bytes.length) saved.push(base64(bytes.subarray(from)));
  return saved;
}

export function restoreBytes(saved: SavedBytes): Uint8Array {
  const pieces = saved.map((piece) => (typeof piece === "number" ? piece : base64Bytes(piece)));
  const length = (piece: number | Uint8Array) => (typeof piece === "number" ? piece : piece.length);
  const bytes = new Uint8Array(pieces.reduce<number>((sum, piece) => sum + length(piece), 0));
  let at = 0;
  for (const piece of pieces) {
    if (typeof piece !== "number") bytes.set(piece, at);
    at += length(piece);
  }
  return bytes;
}
