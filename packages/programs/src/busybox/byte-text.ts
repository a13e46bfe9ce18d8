const encoder = new TextEncoder();

/** Text in which each character stands for a byte, as programs see it that know nothing of letters beyond ASCII. */
export type ByteText = string;

/** What an argument is in bytes. */
export function byteText(text: string): ByteText {
  return /[^\0-\x7f]/.test(text) ? fromBytes(encoder.encode(text)) : text;
}

export function fromBytes(bytes: Uint8Array): ByteText {
  let text = "";
  for (let at = 0; at < bytes.length; at += 4096) {
    text += String.fromCharCode(...bytes.subarray(at, at + 4096));
  }
  return text;
}

export function toBytes(text: ByteText): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}
