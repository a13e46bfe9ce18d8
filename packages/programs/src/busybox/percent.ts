import type { ByteText } from "./byte-text.js";

/** Decodes `%20` and `+`. What is no escape stays as it is. */
export function percentDecoded(text: ByteText): ByteText {
  return text.replace(/%([0-9a-f]{2})|\+/gi, (_, hex?: string) =>
    hex === undefined ? " " : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/**
 * Decodes `%20`. Returns `bad` for a `%` without two hexadecimal digits, and `forbidden` for an encoded slash or
 * zero byte.
 */
export function strictlyDecoded(text: ByteText): { readonly text: ByteText } | "bad" | "forbidden" {
  let problem: "bad" | "forbidden" | undefined;
  const decoded = text.replace(/%([0-9a-f]{2})?/gi, (_, hex?: string) => {
    if (hex === undefined) problem ??= "bad";
    if (hex?.toLowerCase() === "2f" || hex === "00") problem ??= "forbidden";
    return String.fromCharCode(Number.parseInt(hex ?? "0", 16));
  });
  return problem ?? { text: decoded };
}
