import type { HarText } from "./har.js";

/** The number of bytes of one body that a record keeps. */
const mostBytes = 64 * 2 ** 20;

/** The bytes of a body, as far as a record keeps them. */
export class KeptBytes {
  readonly #pieces: Uint8Array[] = [];
  /** Of all bytes, also of those that are not kept. */
  length = 0;

  add(piece: Uint8Array): void {
    this.length += piece.length;
    // Whoever has sent a piece may use its memory again.
    if (this.length <= mostBytes) this.#pieces.push(Uint8Array.from(piece));
  }

  get asText(): HarText {
    const bytes = Buffer.concat(this.#pieces);
    const cut = this.length > mostBytes ? ({ _cut: true } as const) : {};
    const text = bytes.toString();
    if (Buffer.from(text).equals(bytes)) return { text, ...cut };
    return { text: bytes.toString("base64"), encoding: "base64", ...cut };
  }
}
