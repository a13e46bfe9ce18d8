// Go's %q.

const escapes: Readonly<Record<string, string>> = {
  "\x07": "\\a",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\v": "\\v",
  "\\": "\\\\",
};

/** A text between quotes as Go's %q writes it. */
export function quoted(text: string, quote: '"' | "'" = '"'): string {
  let result = quote as string;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (character === quote) result += `\\${quote}`;
    else if (escapes[character]) result += escapes[character];
    else if (code < 0x20 || code === 0x7f) result += `\\x${code.toString(16).padStart(2, "0")}`;
    else if (/[\p{L}\p{M}\p{N}\p{P}\p{S} ]/u.test(character)) result += character;
    else if (code < 0x10000) result += `\\u${code.toString(16).padStart(4, "0")}`;
    else result += `\\U${code.toString(16).padStart(8, "0")}`;
  }
  return result + quote;
}
