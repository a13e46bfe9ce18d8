const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Encodes bytes in Base64, as Go's JSON encoder writes a `[]byte`. */
export function base64(bytes: ArrayLike<number>): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const bits = ((bytes[at] as number) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const left = bytes.length - at;
    text += digits.charAt(bits >> 18) + digits.charAt((bits >> 12) & 63);
    text += left > 1 ? digits.charAt((bits >> 6) & 63) : "=";
    text += left > 2 ? digits.charAt(bits & 63) : "=";
  }
  return text;
}

const values: ReadonlyMap<string, number> = new Map(Array.from(digits, (digit, value) => [digit, value]));

/** Decodes text that {@link base64} has written. */
export function base64Bytes(text: string): Uint8Array {
  const length = text.endsWith("==") ? text.length - 2 : text.endsWith("=") ? text.length - 1 : text.length;
  const bytes = new Uint8Array(Math.floor((length * 3) / 4));
  let bits = 0;
  let count = 0;
  let to = 0;
  for (let at = 0; at < length; at++) {
    bits = ((bits & 0xffff) << 6) | (values.get(text.charAt(at)) ?? 0);
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes[to++] = (bits >> count) & 255;
    }
  }
  return bytes;
}
