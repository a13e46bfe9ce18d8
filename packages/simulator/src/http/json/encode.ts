import type { Release } from "../../core/releases/release.js";

/**
 * JSON as Go writes it, of JSON as JavaScript does: the two differ in some escapes only. What a path had that is
 * no UTF-8 is half a surrogate pair here (see `unescaped`).
 */
export function asGoWrites(json: string, { requests }: Release): string {
  // Both are rare, and looking is cheap.
  if (!/[\u2028\u2029]|\\[bfu]/.test(json)) return json;
  const { shortEscapes, invalidText } = requests.encoder;
  return json.replaceAll(/[\u2028\u2029]|\\(?:u[0-9a-f]{4}|.)/g, (written) => {
    if (written === "\u2028") return "\\u2028";
    if (written === "\u2029") return "\\u2029";
    if (/^\\ud[89a-f]/.test(written)) return invalidText;
    if (shortEscapes) return written;
    return written === "\\b" ? "\\u0008" : written === "\\f" ? "\\u000c" : written;
  });
}

/** The same with escapes for what HTML would take for its own: Go's encoder has them, unless it is told not to. */
export function withHtmlEscapes(json: string): string {
  return json.replaceAll(/[<>&]/g, (one) => `\\u00${one.charCodeAt(0).toString(16)}`);
}
