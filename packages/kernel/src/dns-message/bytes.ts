import { DnsMessageError } from "./error.js";

/** Reads big-endian numbers from bytes. A read past the end throws a {@link DnsMessageError}. */
export class ByteReader {
  #offset: number;
  readonly #end: number;

  constructor(
    private readonly bytes: Uint8Array,
    start = 0,
    end = bytes.length,
  ) {
    this.#offset = start;
    this.#end = end;
  }

  get offset(): number {
    return this.#offset;
  }

  get atEnd(): boolean {
    return this.#offset === this.#end;
  }

  take(length: number): Uint8Array {
    const start = this.#offset;
    if (start + length > this.#end) {
      throw new DnsMessageError(`${length} bytes expected at ${start}, and ${this.#end - start} are left`);
    }
    this.#offset += length;
    return this.bytes.subarray(start, this.#offset);
  }

  u8(): number {
    return this.take(1)[0]!;
  }

  u16(): number {
    return this.u8() * 0x100 + this.u8();
  }

  u32(): number {
    return this.u16() * 0x1_0000 + this.u16();
  }

  rest(): Uint8Array {
    return this.take(this.#end - this.#offset);
  }

  /** Returns a reader of all bytes from `offset` to the end of the message. */
  from(offset: number): ByteReader {
    return new ByteReader(this.bytes, offset);
  }

  /** Returns a reader of the next `length` bytes, and skips them here. */
  part(length: number): ByteReader {
    const start = this.#offset;
    this.take(length);
    return new ByteReader(this.bytes, start, this.#offset);
  }
}

/** The longest message in bytes. Over TCP, its length must fit in 16 bits. */
const longest = 0xffff;

/** Writes big-endian numbers and bytes to a growing buffer. */
export class ByteWriter {
  #bytes = new Uint8Array(512);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  put(bytes: Uint8Array): void {
    const at = this.#room(bytes.length);
    this.#bytes.set(bytes, at);
  }

  u8(value: number): void {
    this.#number(value, 1, this.#room(1));
  }

  u16(value: number): void {
    this.#number(value, 2, this.#room(2));
  }

  u32(value: number): void {
    this.#number(value, 4, this.#room(4));
  }

  /** Calls `write`, and puts the length of what it wrote before it, in 16 bits. */
  counted(write: () => void): void {
    const at = this.#room(2);
    write();
    this.#number(this.#length - at - 2, 2, at);
  }

  /** Returns a copy of all bytes that were written. */
  bytes(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #number(value: number, size: number, at: number): void {
    if (!Number.isInteger(value) || value < 0 || value >= 2 ** (8 * size)) {
      throw new DnsMessageError(`${value} is not a whole number of ${8 * size} bits`);
    }
    let rest = value;
    for (let index = at + size - 1; index >= at; index--) {
      this.#bytes[index] = rest % 0x100;
      rest = Math.floor(rest / 0x100);
    }
  }

  /** Makes room for this number of bytes, and returns its offset. */
  #room(size: number): number {
    const at = this.#length;
    this.#length += size;
    if (this.#length > longest) throw new DnsMessageError(`the message is longer than ${longest} bytes`);
    if (this.#length > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(this.#length, this.#bytes.length * 2));
      grown.set(this.#bytes);
      this.#bytes = grown;
    }
    return at;
  }
}
