import type { Release } from "../releases/release.js";

/**
 * Converts JSON as JavaScript writes it to JSON as Go writes it. The two differ in some escapes only. Invalid
 * UTF-8 from a path is one half of a surrogate pair here (see `unescaped`).
 */
export function asGoWrites(json: string, { requests }: Release): string {
  // Texts that differ are rare, and this test is cheap.
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

/** Escapes `<`, `>` and `&` in JSON, as Go's encoder does unless it is told not to. */
export function withHtmlEscapes(json: string): string {
  return json.replaceAll(/[<>&]/g, (one) => `\\u00${one.charCodeAt(0).toString(16)}`);
}

/** Converts a value to JSON as Go's encoder writes it. */
export function goJson(release: Release, value: unknown): string {
  return asGoWrites(withHtmlEscapes(JSON.stringify(value)), release);
}
