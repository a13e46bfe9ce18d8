// Writes the blocks of DEFLATE, each in the shortest of its three forms.
import { codesOf, type HuffmanCode, huffmanCode } from "./huffman.js";
import {
  codeLengthOrder,
  distanceBases,
  distanceBits,
  distanceSymbols,
  endOfBlock,
  firstLength,
  fixedDistanceLengths,
  fixedLiteralLengths,
  lengthBases,
  lengthBits,
  literalSymbols,
} from "./tables.js";

/** The most literals and matches of a block. */
const mostSymbols = 32_767;
/** After so many it is asked whether the block should end. */
const symbolsBetweenGuesses = 4096;

const fixedLiterals: HuffmanCode = fixedCode(fixedLiteralLengths);
const fixedDistances: HuffmanCode = fixedCode(fixedDistanceLengths);

function fixedCode(lengths: readonly number[]): HuffmanCode {
  return { lengths, codes: codesOf(lengths), lastSymbol: lengths.length - 1 };
}

/** Collects literals and matches, and writes them as blocks. */
export class BlockWriter {
  readonly #bits = new BitWriter();
  #lengths: number[] = [];
  #distances: number[] = [];
  #matches = 0;
  #literalCounts = emptyCounts(literalSymbols);
  #distanceCounts = emptyCounts(distanceSymbols);

  /** Adds a byte. Returns whether the block should end. @param covered how much the block stands for so far */
  literal(byte: number, covered: number): boolean {
    return this.#add(byte, 0, covered);
  }

  /** Adds a match. Returns whether the block should end. @param covered how much the block stands for so far */
  match(length: number, distance: number, covered: number): boolean {
    this.#matches++;
    return this.#add(length, distance, covered);
  }

  #add(length: number, distance: number, covered: number): boolean {
    this.#lengths.push(length);
    this.#distances.push(distance);
    if (distance === 0) increment(this.#literalCounts, length);
    else {
      increment(this.#literalCounts, firstLength + symbolOf(lengthBases, length));
      increment(this.#distanceCounts, symbolOf(distanceBases, distance));
    }
    const count = this.#lengths.length;
    if (count % symbolsBetweenGuesses === 0 && this.#isWorthEnding(count, covered)) return true;
    return count === mostSymbols;
  }

  /** Guesses whether the block has come out so well that what follows should not spoil its code. */
  #isWorthEnding(count: number, covered: number): boolean {
    let bits = count * 8;
    for (const [symbol, times] of this.#distanceCounts.entries()) {
      bits += times * (5 + (distanceBits[symbol] as number));
    }
    return this.#matches < count >> 1 && bits >>> 3 < covered >>> 1;
  }

  /**
   * Writes the block.
   *
   * @param original the bytes that it stands for, if they are still there
   */
  end(original: Uint8Array | undefined, size: number, isLast: boolean): void {
    increment(this.#literalCounts, endOfBlock);
    const literals = huffmanCode(this.#literalCounts, 15);
    const distances = huffmanCode(this.#distanceCounts, 15);
    const header = new CodeHeader(literals, distances);
    const own = wholeBytes(header.size + this.#size(literals, distances));
    const fixed = wholeBytes(this.#size(fixedLiterals, fixedDistances));
    const least = Math.min(own, fixed);
    if (original && size + 4 <= least) {
      this.#bits.put(Number(isLast), 3);
      this.#bits.bytes(original);
    } else if (fixed === least) {
      this.#bits.put((1 << 1) + Number(isLast), 3);
      this.#write(fixedLiterals, fixedDistances);
    } else {
      this.#bits.put((2 << 1) + Number(isLast), 3);
      header.write(this.#bits);
      this.#write(literals, distances);
    }
    if (isLast) this.#bits.align();
    this.#lengths = [];
    this.#distances = [];
    this.#matches = 0;
    this.#literalCounts = emptyCounts(literalSymbols);
    this.#distanceCounts = emptyCounts(distanceSymbols);
  }

  /** Ends the data with a block without anything in it, as compressors do that learn late that nothing more comes. */
  endEmpty(): void {
    this.#bits.put(1, 3);
    this.#bits.bytes(new Uint8Array());
  }

  /** Takes the bytes that have been written. */
  take(): Uint8Array {
    return this.#bits.takeBytes();
  }

  /** The number of bits that the symbols of the block take. */
  #size(literals: HuffmanCode, distances: HuffmanCode): number {
    let bits = 0;
    for (const [symbol, times] of this.#literalCounts.entries()) {
      const extra = symbol < firstLength ? 0 : (lengthBits[symbol - firstLength] as number);
      bits += times * ((literals.lengths[symbol] as number) + extra);
    }
    for (const [symbol, times] of this.#distanceCounts.entries()) {
      bits += times * ((distances.lengths[symbol] as number) + (distanceBits[symbol] as number));
    }
    return bits;
  }

  #write(literals: HuffmanCode, distances: HuffmanCode): void {
    for (const [index, length] of this.#lengths.entries()) {
      const distance = this.#distances[index] as number;
      if (distance === 0) {
        this.#symbol(literals, length);
        continue;
      }
      const symbol = symbolOf(lengthBases, length);
      this.#symbol(literals, firstLength + symbol);
      this.#bits.put(length - (lengthBases[symbol] as number), lengthBits[symbol] as number);
      const far = symbolOf(distanceBases, distance);
      this.#symbol(distances, far);
      this.#bits.put(distance - (distanceBases[far] as number), distanceBits[far] as number);
    }
    this.#symbol(literals, endOfBlock);
  }

  #symbol({ codes, lengths }: HuffmanCode, symbol: number): void {
    this.#bits.put(codes[symbol] as number, lengths[symbol] as number);
  }
}

/** The header of a block that has its own codes: their lengths, which are written in a code as well. */
class CodeHeader {
  readonly #literals: number;
  readonly #distances: number;
  readonly #runs: readonly Run[];
  readonly #code: HuffmanCode;
  /** The number of lengths of the code for the lengths. */
  readonly #count: number;

  constructor(literals: HuffmanCode, distances: HuffmanCode) {
    this.#literals = literals.lastSymbol + 1;
    this.#distances = distances.lastSymbol + 1;
    this.#runs = [
      ...runsOf(literals.lengths.slice(0, this.#literals)),
      ...runsOf(distances.lengths.slice(0, this.#distances)),
    ];
    const counts = emptyCounts(codeLengthOrder.length);
    for (const { symbol } of this.#runs) increment(counts, symbol);
    this.#code = huffmanCode(counts, 7);
    let count = codeLengthOrder.length;
    while (count > 4 && this.#code.lengths[codeLengthOrder[count - 1] as number] === 0) count--;
    this.#count = count;
  }

  /** The size in bits. */
  get size(): number {
    return this.#runs.reduce(
      (sum, { symbol, bits }) => sum + (this.#code.lengths[symbol] as number) + bits,
      14 + 3 * this.#count,
    );
  }

  write(bits: BitWriter): void {
    bits.put(this.#literals - 257, 5);
    bits.put(this.#distances - 1, 5);
    bits.put(this.#count - 4, 4);
    for (const symbol of codeLengthOrder.slice(0, this.#count)) {
      bits.put(this.#code.lengths[symbol] as number, 3);
    }
    for (const { symbol, extra, bits: count } of this.#runs) {
      bits.put(this.#code.codes[symbol] as number, this.#code.lengths[symbol] as number);
      bits.put(extra, count);
    }
  }
}

/** A length, or a repetition of one, as a symbol of the code for lengths and its extra bits. */
interface Run {
  readonly symbol: number;
  readonly extra: number;
  readonly bits: number;
}

function runsOf(lengths: readonly number[]): Run[] {
  const runs: Run[] = [];
  let before = -1;
  for (let at = 0; at < lengths.length; ) {
    const length = lengths[at] as number;
    const most = length === 0 ? 138 : length === before ? 6 : 7;
    const least = length !== 0 && length === before ? 3 : length === 0 ? 3 : 4;
    let count = 1;
    while (count < most && lengths[at + count] === length) count++;
    at += count;
    if (count < least)
      for (let index = 0; index < count; index++) runs.push({ symbol: length, extra: 0, bits: 0 });
    else if (length !== 0) {
      if (length !== before) {
        runs.push({ symbol: length, extra: 0, bits: 0 });
        count--;
      }
      runs.push({ symbol: 16, extra: count - 3, bits: 2 });
    } else if (count <= 10) runs.push({ symbol: 17, extra: count - 3, bits: 3 });
    else runs.push({ symbol: 18, extra: count - 11, bits: 7 });
    before = length;
  }
  return runs;
}

/** Puts bits together to bytes, the lowest first. */
class BitWriter {
  #bytes: number[] = [];
  #held = 0;
  #count = 0;

  put(value: number, count: number): void {
    this.#held |= value << this.#count;
    this.#count += count;
    while (this.#count >= 8) {
      this.#bytes.push(this.#held & 0xff);
      this.#held >>>= 8;
      this.#count -= 8;
    }
  }

  /** Writes bytes as they are, with their number. */
  bytes(data: Uint8Array): void {
    this.align();
    this.put(data.length, 16);
    this.put(~data.length & 0xffff, 16);
    for (const byte of data) this.#bytes.push(byte);
  }

  align(): void {
    if (this.#count > 0) this.put(0, 8 - this.#count);
  }

  takeBytes(): Uint8Array {
    const bytes = Uint8Array.from(this.#bytes);
    this.#bytes = [];
    return bytes;
  }
}

function emptyCounts(symbols: number): number[] {
  return new Array<number>(symbols).fill(0);
}

function increment(counts: number[], symbol: number): void {
  counts[symbol] = (counts[symbol] as number) + 1;
}

function wholeBytes(bits: number): number {
  return (bits + 3 + 7) >>> 3;
}

/** Returns the symbol of a length or a distance: the last one whose base is not larger. */
function symbolOf(bases: readonly number[], value: number): number {
  let low = 0;
  let high = bases.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((bases[middle] as number) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
