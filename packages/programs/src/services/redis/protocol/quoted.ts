import type { ByteText } from "../../../busybox/byte-text.js";

const escapes: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  '"': '\\"',
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\x07": "\\a",
  "\b": "\\b",
};

/** Writes a text in double quotes, with escapes for what cannot be printed, as `sdscatrepr` does. */
export function quoted(text: ByteText): string {
  const inner = text.replace(
    /[^ !#-[\]-~]/g,
    (letter) => escapes[letter] ?? `\\x${letter.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
  return `"${inner}"`;
}
