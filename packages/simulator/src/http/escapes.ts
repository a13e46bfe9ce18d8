import { quotedText } from "../core/quote.js";
import { runeAt } from "../requests/json/strings.js";

/** Text with a `%` that nothing hexadecimal follows. */
export class EscapeError extends Error {
  override readonly name = "EscapeError";
  constructor(found: string) {
    super(`invalid URL escape ${quotedText(found)}`);
  }
}

/**
 * Text of a URL without its escapes. Go keeps what is no UTF-8, and so does this: as half a surrogate pair,
 * U+DC00 and the byte.
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
      // HTTP carries bytes, and a character stands for one.
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

/** A path with escapes where Go's URLs have them. */
export function escapedPath(path: string): string {
  return encodeURI(path).replaceAll(
    /[!'()*#?[\]]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
