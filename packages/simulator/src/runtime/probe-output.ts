/** The number of bytes of a health check's output that are kept. */
const kept = 4096;

/** The output of a health check, stdout and stderr together. */
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
