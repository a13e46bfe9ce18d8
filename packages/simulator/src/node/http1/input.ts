/** The bytes that a connection has received and nobody has read yet. */
export class Input {
  #bytes: Buffer = empty;
  #at = 0;
  #end = 0;

  get length(): number {
    return this.#end - this.#at;
  }

  append(piece: Buffer): void {
    if (this.#at === this.#end) {
      this.#bytes = piece;
      this.#at = 0;
      this.#end = piece.length;
      return;
    }
    const needed = this.length + piece.length;
    if (this.#end + piece.length > this.#bytes.length) {
      // Twice what is needed, so that a head that comes byte by byte is not copied for each byte.
      const larger = Buffer.allocUnsafe(needed * 2);
      this.#bytes.copy(larger, 0, this.#at, this.#end);
      this.#end -= this.#at;
      this.#at = 0;
      this.#bytes = larger;
    }
    piece.copy(this.#bytes, this.#end);
    this.#end += piece.length;
  }

  /** Returns the byte at `offset` from the first unread one. */
  byte(offset: number): number {
    return this.#bytes[this.#at + offset]!;
  }

  /** Returns the offset of the next such byte from the first unread one, or -1 if it has not come. */
  indexOf(byte: number, from: number): number {
    const bytes = this.#bytes;
    // Lines are short, and for them Buffer's own method is slower.
    for (let at = this.#at + from; at < this.#end; at++) if (bytes[at] === byte) return at - this.#at;
    return -1;
  }

  /** Returns the first bytes as text, one character for each byte, and leaves them unread. */
  text(length: number): string {
    return this.#bytes.toString("latin1", this.#at, this.#at + length);
  }

  /** Removes and returns at most `most` bytes. */
  take(most: number): Buffer {
    const to = Math.min(this.#end, this.#at + most);
    const piece = this.#bytes.subarray(this.#at, to);
    this.skip(to - this.#at);
    return piece;
  }

  skip(length: number): void {
    this.#at += length;
    if (this.#at < this.#end) return;
    this.#bytes = empty;
    this.#at = this.#end = 0;
  }
}

const empty = Buffer.alloc(0);
