const encoder = new TextEncoder();

/** A text in which each character stands for a byte. Programs that know only ASCII work on such texts. */
export type ByteText = string;

/** Converts a text, such as an argument, to its UTF-8 bytes. */
export function byteText(text: string): ByteText {
  return /[^\0-\x7f]/.test(text) ? fromBytes(encoder.encode(text)) : text;
}

/** Converts bytes to a text with one character for each byte. */
export function fromBytes(bytes: Uint8Array): ByteText {
  let text = "";
  for (let at = 0; at < bytes.length; at += 4096) {
    text += String.fromCharCode(...bytes.subarray(at, at + 4096));
  }
  return text;
}

/** Converts a text with one character for each byte back to bytes. */
export function toBytes(text: ByteText): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}
