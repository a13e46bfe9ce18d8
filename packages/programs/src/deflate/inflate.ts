// Decompression of the format DEFLATE.
import {
  codeLengthOrder,
  distanceBases,
  distanceBits,
  endOfBlock,
  firstLength,
  fixedDistanceLengths,
  fixedLiteralLengths,
  lengthBases,
  lengthBits,
  windowSize,
} from "./tables.js";

/** Thrown for data that is not in the format, in the words of BusyBox. */
export class InflateError extends Error {
  override readonly name = "InflateError";

  constructor(readonly reason: "corrupted data" | "unexpected end of file") {
    super(reason);
  }
}

/** The size of the pieces that come out. */
const pieceSize = 32_768;

/**
 * Decompresses the data that begins at an index. Yields pieces of the result, and returns the index behind
 * the data.
 *
 * @throws {InflateError} when it reaches an invalid part
 */
export function* inflated(input: Uint8Array, from: number): Generator<Uint8Array, number> {
  const bits = new Bits(input, from);
  const output = new Output();
  for (let isLast = false; !isLast; ) {
    isLast = bits.take(1) === 1;
    const type = bits.take(2);
    if (type === 0) yield* stored(bits, output);
    else if (type === 1) yield* coded(bits, output, fixedLiterals(), fixedDistances());
    else if (type === 2) {
      const [literals, distances] = readCodes(bits);
      yield* coded(bits, output, literals, distances);
    } else throw new InflateError("corrupted data");
  }
  yield output.rest();
  return bits.end();
}

function* stored(bits: Bits, output: Output): Generator<Uint8Array> {
  bits.align();
  const length = bits.take(16);
  if (bits.take(16) !== (~length & 0xffff)) throw new InflateError("corrupted data");
  for (let index = 0; index < length; index++) {
    output.put(bits.take(8));
    if (output.isFull) yield output.piece();
  }
}

function* coded(bits: Bits, output: Output, literals: Code, distances: Code): Generator<Uint8Array> {
  for (;;) {
    const symbol = literals.read(bits);
    if (symbol === endOfBlock) return;
    if (symbol < endOfBlock) output.put(symbol);
    else {
      const index = symbol - firstLength;
      if (index >= lengthBits.length) throw new InflateError("corrupted data");
      const length = (lengthBases[index] as number) + bits.take(lengthBits[index] as number);
      const far = distances.read(bits);
      if (far >= distanceBits.length) throw new InflateError("corrupted data");
      output.repeat(length, (distanceBases[far] as number) + bits.take(distanceBits[far] as number));
    }
    if (output.isFull) yield output.piece();
  }
}

function readCodes(bits: Bits): [literals: Code, distances: Code] {
  const literalCount = bits.take(5) + 257;
  const distanceCount = bits.take(5) + 1;
  const lengthCount = bits.take(4) + 4;
  const codeLengths = new Array<number>(codeLengthOrder.length).fill(0);
  for (let index = 0; index < lengthCount; index++)
    codeLengths[codeLengthOrder[index] as number] = bits.take(3);
  const code = new Code(codeLengths);
  const lengths: number[] = [];
  while (lengths.length < literalCount + distanceCount) {
    const symbol = code.read(bits);
    if (symbol < 16) lengths.push(symbol);
    else {
      if (symbol === 16 && lengths.length === 0) throw new InflateError("corrupted data");
      const value = symbol === 16 ? (lengths.at(-1) as number) : 0;
      const count = symbol === 16 ? 3 + bits.take(2) : symbol === 17 ? 3 + bits.take(3) : 11 + bits.take(7);
      for (let index = 0; index < count; index++) lengths.push(value);
    }
  }
  if (lengths.length > literalCount + distanceCount) throw new InflateError("corrupted data");
  return [new Code(lengths.slice(0, literalCount)), new Code(lengths.slice(literalCount))];
}

let literalsOfFixed: Code | undefined;
let distancesOfFixed: Code | undefined;

function fixedLiterals(): Code {
  literalsOfFixed ??= new Code(fixedLiteralLengths);
  return literalsOfFixed;
}

function fixedDistances(): Code {
  distancesOfFixed ??= new Code(fixedDistanceLengths);
  return distancesOfFixed;
}

/** Takes bits out of bytes, the lowest first. */
class Bits {
  readonly #input: Uint8Array;
  #at: number;
  #held = 0;
  #count = 0;

  constructor(input: Uint8Array, at: number) {
    this.#input = input;
    this.#at = at;
  }

  take(count: number): number {
    while (this.#count < count) {
      const byte = this.#input[this.#at++];
      if (byte === undefined) throw new InflateError("unexpected end of file");
      this.#held |= byte << this.#count;
      this.#count += 8;
    }
    const value = this.#held & ((1 << count) - 1);
    this.#held >>>= count;
    this.#count -= count;
    return value;
  }

  /** Drops the rest of a byte. */
  align(): void {
    this.take(this.#count % 8);
  }

  /** The index of the first byte that no bit was taken from. */
  end(): number {
    return this.#at - Math.floor(this.#count / 8);
  }
}

/** A Huffman code, given by the length of each symbol's code. */
class Code {
  /** How many codes there are of each length. */
  readonly #counts = new Array<number>(16).fill(0);
  /** The symbols in the order of their codes. */
  readonly #symbols: number[] = [];

  constructor(lengths: readonly number[]) {
    for (const length of lengths) this.#counts[length] = (this.#counts[length] as number) + 1;
    this.#counts[0] = 0;
    let left = 1;
    for (let length = 1; length < 16; length++) {
      left = left * 2 - (this.#counts[length] as number);
      if (left < 0) throw new InflateError("corrupted data");
    }
    for (let length = 1; length < 16; length++) {
      for (const [symbol, own] of lengths.entries()) if (own === length) this.#symbols.push(symbol);
    }
  }

  read(bits: Bits): number {
    let code = 0;
    let first = 0;
    let index = 0;
    for (let length = 1; length < 16; length++) {
      code |= bits.take(1);
      const count = this.#counts[length] as number;
      if (code - count < first) return this.#symbols[index + (code - first)] as number;
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw new InflateError("corrupted data");
  }
}

/** The bytes that come out, with those before that a match may repeat. */
class Output {
  /** It begins with zero bytes, which BusyBox lets a match repeat. */
  readonly #bytes = new Uint8Array(windowSize + 2 * pieceSize);
  #length = windowSize;
  #taken = windowSize;

  put(byte: number): void {
    this.#bytes[this.#length++] = byte;
  }

  repeat(length: number, distance: number): void {
    for (let index = 0; index < length; index++) this.put(this.#bytes[this.#length - distance] as number);
  }

  get isFull(): boolean {
    return this.#length - this.#taken >= pieceSize;
  }

  piece(): Uint8Array {
    const piece = this.rest();
    // What may still be repeated moves to the front.
    this.#bytes.copyWithin(0, this.#length - windowSize, this.#length);
    this.#length = windowSize;
    this.#taken = windowSize;
    return piece;
  }

  rest(): Uint8Array {
    return this.#bytes.slice(this.#taken, this.#length);
  }
}
