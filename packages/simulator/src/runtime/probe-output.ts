/** Bytes that are kept of what a health check says. */
const kept = 4096;

/** What a health check says, on both outputs. */
export class ProbeOutput {
  readonly #pieces: Uint8Array[] = [];
  #length = 0;
  #cutOff = false;

  add(data: Uint8Array): void {
    const piece = data.slice(0, kept - this.#length);
    if (piece.length < data.length) this.#cutOff = true;
    this.#length += piece.length;
    this.#pieces.push(piece);
  }

  text(): string {
    const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
    const text = this.#pieces.map((piece) => decoder.decode(piece, { stream: true })).join("");
    return `${text}${decoder.decode()}${this.#cutOff ? "..." : ""}`;
  }
}
