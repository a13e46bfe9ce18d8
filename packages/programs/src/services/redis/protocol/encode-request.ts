import type { ByteText } from "../../../busybox/byte-text.js";

/** Writes a request as clients send it. */
export function encodeRequest(words: readonly ByteText[]): ByteText {
  return `*${words.length}\r\n${words.map((word) => `$${word.length}\r\n${word}\r\n`).join("")}`;
}
