import { base64, base64Bytes } from "./base64.js";

/**
 * Bytes as plain JSON: pieces in Base64 (strings) and runs of zero bytes (their lengths). Files and archives
 * have many zero bytes.
 */
export type SavedBytes = readonly (string | number)[];

/** The shortest run of zero bytes that is saved as a number. Shorter runs cost less inside the Base64. */
const worthwhile = 32;

/** Encodes bytes for a snapshot, e.g. a million zero bytes as `[1000000]`. */
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

/** Decodes bytes that {@link saveBytes} has written. */
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
