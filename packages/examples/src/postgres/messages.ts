/** The question of a client whether it may go on with TLS. */
export const sslRequest = new Uint8Array([0, 0, 0, 8, 4, 0xd2, 0x16, 0x2f]);

/** Puts the messages of PostgreSQL's protocol together from pieces of a stream. */
export class Messages {
  #rest: Uint8Array<ArrayBufferLike> = new Uint8Array();
  /** The first message has no type before its length. */
  #started = false;

  /** Takes a piece and returns the messages that are complete with it. */
  *add(piece: Uint8Array): Generator<Uint8Array> {
    const data = new Uint8Array(this.#rest.length + piece.length);
    data.set(this.#rest);
    data.set(piece, this.#rest.length);
    this.#rest = data;
    for (;;) {
      const { buffer, byteOffset, byteLength } = this.#rest;
      const lengthAt = this.#started ? 1 : 0;
      if (byteLength < lengthAt + 4) return;
      const whole = lengthAt + new DataView(buffer, byteOffset).getInt32(lengthAt);
      if (byteLength < whole) return;
      const message = this.#rest.subarray(0, whole);
      this.#rest = this.#rest.subarray(whole);
      if (!this.#started && sslRequest.every((byte, at) => message[at] === byte)) {
        yield sslRequest;
        continue;
      }
      this.#started = true;
      yield message;
    }
  }
}
