/** What a connection has sent and nobody has read yet. */
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
      // Twice what is needed, so that a head that comes byte by byte is not copied for each.
      const larger = Buffer.allocUnsafe(needed * 2);
      this.#bytes.copy(larger, 0, this.#at, this.#end);
      this.#end -= this.#at;
      this.#at = 0;
      this.#bytes = larger;
    }
    piece.copy(this.#bytes, this.#end);
    this.#end += piece.length;
  }

  /** Byte at `offset`. */
  byte(offset: number): number {
    return this.#bytes[this.#at + offset]!;
  }

  /** Where the next such byte is, counted from what is unread; -1: not there yet. */
  indexOf(byte: number, from: number): number {
    const bytes = this.#bytes;
    // Lines are short: to ask the Buffer's own method takes longer.
    for (let at = this.#at + from; at < this.#end; at++) if (bytes[at] === byte) return at - this.#at;
    return -1;
  }

  /** The first bytes as text, one a character; they stay unread. */
  text(length: number): string {
    return this.#bytes.toString("latin1", this.#at, this.#at + length);
  }

  /** Takes at most so many bytes out. */
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
