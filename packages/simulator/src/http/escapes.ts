import { runeAt } from "../core/json/strings.js";
import { quotedText } from "../core/quote.js";

/** Thrown for a `%` that is not followed by two hexadecimal digits. */
export class EscapeError extends Error {
  override readonly name = "EscapeError";
  constructor(found: string) {
    super(`invalid URL escape ${quotedText(found)}`);
  }
}

/**
 * Decodes the escapes in a URL's text. Go keeps bytes that are not valid UTF-8, and so does this function:
 * each becomes one half of a surrogate pair, U+DC00 plus the byte.
 *
 * @throws {EscapeError}
 */
export function unescaped(text: string): string {
  if (!/[%\u0080-\uffff]/.test(text)) return text;
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 37) {
      const digits = text.slice(at + 1, at + 3);
      if (!/^[0-9A-Fa-f]{2}$/.test(digits)) throw new EscapeError(text.slice(at, at + 3));
      bytes.push(Number.parseInt(digits, 16));
      at += 2;
    } else if (code < 256) {
      // HTTP carries bytes, and each character stands for one byte.
      bytes.push(code);
    } else {
      const point = text.codePointAt(at)!;
      bytes.push(...new TextEncoder().encode(String.fromCodePoint(point)));
      if (point > 0xffff) at++;
    }
  }
  const all = Uint8Array.from(bytes);
  let result = "";
  for (let at = 0; at < all.length; ) {
    const rune = runeAt(all, at, all.length);
    const stray = rune.length === 1 && all[at]! >= 128;
    result += stray ? String.fromCharCode(0xdc00 + all[at]!) : rune.text;
    at += rune.length;
  }
  return result;
}

/** Returns the bytes of a text that {@link unescaped} returned, with invalid UTF-8 restored. */
export function bytesOfUnescaped(text: string): Uint8Array {
  if (!/[\udc80-\udcff]/u.test(text)) return encoder.encode(text);
  return Uint8Array.from(
    [...text].flatMap((character) => {
      const code = character.charCodeAt(0);
      return character.length === 1 && code >= 0xdc80 && code <= 0xdcff
        ? [code - 0xdc00]
        : [...encoder.encode(character)];
    }),
  );
}

const encoder = new TextEncoder();

/** Escapes a path as Go's URLs do. It accepts the form in which {@link unescaped} keeps invalid UTF-8. */
export function escapedPath(path: string): string {
  return path
    .split(/([\udc80-\udcff])/u)
    .map((part, index) => (index % 2 === 0 ? encodeURI(part) : escaped(part.charCodeAt(0) - 0xdc00)))
    .join("")
    .replaceAll(/[!'()*#?[\]]/g, (character) => escaped(character.charCodeAt(0)));
}

function escaped(byte: number): string {
  return `%${byte.toString(16).toUpperCase()}`;
}
