const encoder = new TextEncoder();

/** A text in which each character stands for a byte. Programs that know only ASCII work on such texts. */
export type ByteText = string;

/** Converts a text, such as an argument, to its UTF-8 bytes. */
export function byteText(text: string): ByteText {
  return /[^\0-\x7f]/.test(text) ? fromBytes(encoder.encode(text)) : text;
}

/** From this length on it is faster to widen the bytes and have them decoded. */
const longText = 256;
const wide = new TextDecoder("utf-16le");

/** Converts bytes to a text with one character for each byte. */
export function fromBytes(bytes: Uint8Array): ByteText {
  // Spreading the bytes takes ten times as long.
  if (bytes.length < longText)
    return String.fromCharCode.apply(undefined, bytes as ArrayLike<number> as number[]);
  return wide.decode(new Uint8Array(Uint16Array.from(bytes).buffer));
}

/** Converts a text with one character for each byte back to bytes. */
export function toBytes(text: ByteText): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}
