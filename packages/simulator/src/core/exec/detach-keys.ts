import { engineError } from "@dryharbor/sdk/port";

const controls = "@abcdefghijklmnopqrstuvwxyz[\\]^_";

/** The bytes of a sequence such as `ctrl-p,ctrl-q`. @throws 500 for what is no key */
export function parseDetachKeys(text: string): number[] {
  const keys = detachKeysOf(text);
  if (!keys) throw engineError(500, `Invalid escape keys (${text}) provided`);
  return keys;
}

/** As {@link parseDetachKeys}; `undefined` for what is no key. */
export function detachKeysOf(text: string): number[] | undefined {
  if (text === "") return [];
  const keys = text.split(",").map((key) => {
    if (key.length === 1) return key.charCodeAt(0);
    return key.startsWith("ctrl-") && key.length === 6 ? controls.indexOf(key.charAt(5)) : -1;
  });
  return keys.includes(-1) ? undefined : keys;
}

const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Base 64, which is how JSON shows bytes in Go. */
export function base64(bytes: readonly number[]): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const group = bytes.slice(at, at + 3);
    const bits = group.reduce((sum, byte, index) => sum | (byte << (16 - 8 * index)), 0);
    for (let digit = 0; digit < 4; digit++) {
      text += digit <= group.length ? digits[(bits >> (18 - 6 * digit)) & 63] : "=";
    }
  }
  return text;
}

/** The bytes of {@link base64}. */
export function base64Bytes(text: string): number[] {
  const bytes: number[] = [];
  let bits = 0;
  let count = 0;
  for (const digit of text.replace(/=+$/, "")) {
    bits = (bits << 6) | digits.indexOf(digit);
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes.push((bits >> count) & 255);
    }
  }
  return bytes;
}
