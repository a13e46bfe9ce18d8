// Decodes texts in JSON as Go does: invalid UTF-8, and half of a surrogate pair, become U+FFFD.

const replacement = "\uFFFD";

const simpleEscapes: Readonly<Record<number, string>> = {
  34: '"',
  47: "/",
  92: "\\",
  98: "\b",
  102: "\f",
  110: "\n",
  114: "\r",
  116: "\t",
};

/** Returns the text between the quotes: the bytes from `start` up to `end`, which are valid JSON. */
export function unquoted(bytes: Uint8Array, start: number, end: number): string {
  let text = "";
  let at = start;
  while (at < end) {
    const byte = bytes[at]!;
    if (byte !== 92) {
      if (byte < 128) {
        text += String.fromCharCode(byte);
        at++;
        continue;
      }
      const { text: rune, length } = runeAt(bytes, at, end);
      text += rune;
      at += length;
      continue;
    }
    const escaped = bytes[at + 1]!;
    if (escaped !== 117) {
      text += simpleEscapes[escaped];
      at += 2;
      continue;
    }
    const unit = unitAt(bytes, at + 2);
    at += 6;
    if (unit < 0xd800 || unit > 0xdfff) {
      text += String.fromCharCode(unit);
      continue;
    }
    const paired = unit < 0xdc00 && at + 6 <= end && bytes[at] === 92 && bytes[at + 1] === 117;
    const low = paired ? unitAt(bytes, at + 2) : 0;
    if (low >= 0xdc00 && low <= 0xdfff) {
      text += String.fromCharCode(unit, low);
      at += 6;
    } else {
      text += replacement;
    }
  }
  return text;
}

function unitAt(bytes: Uint8Array, at: number): number {
  return Number.parseInt(String.fromCharCode(...bytes.subarray(at, at + 4)), 16);
}

/**
 * Decodes one character of UTF-8. A byte that begins none is U+FFFD by itself, as in Go's `utf8.DecodeRune`.
 */
export function runeAt(bytes: Uint8Array, at: number, end: number): { text: string; length: number } {
  const first = bytes[at]!;
  if (first < 0x80) return { text: String.fromCharCode(first), length: 1 };
  const length = first >= 0xf0 && first <= 0xf4 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
  const wrong = { text: replacement, length: 1 };
  if (length === 0 || first > 0xf4 || at + length > end) return wrong;
  let point = first & (0xff >> (length + 1));
  for (let next = at + 1; next < at + length; next++) {
    const byte = bytes[next]!;
    if ((byte & 0xc0) !== 0x80) return wrong;
    point = (point << 6) | (byte & 0x3f);
  }
  const smallest = length === 2 ? 0x80 : length === 3 ? 0x800 : 0x10000;
  if (point < smallest || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return wrong;
  return { text: String.fromCodePoint(point), length };
}
