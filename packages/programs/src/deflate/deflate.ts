// Compression to the format DEFLATE, byte for byte as BusyBox's gzip does it.
import { BlockWriter } from "./block-writer.js";
import { windowSize } from "./tables.js";

const shortestMatch = 3;
const longestMatch = 258;
/** How much is read ahead, unless the input ends. */
const ahead = longestMatch + shortestMatch + 1;
/** How far back a match is looked for. */
const farthest = windowSize - ahead;
/** From this distance on a match of three bytes is not worth it. */
const tooFar = 4096;

// How hard gzip tries.
const goodLength = 8;
const lazyLength = 16;
const niceLength = 128;
const longestChain = 128;

const hashBits = 15;
const hashShift = 5;
const hashMask = (1 << hashBits) - 1;

/**
 * Compresses data. Yields pieces of the result.
 *
 * @param data the data, which is taken a window at a time
 * @param asGo no match has three bytes, and the last block has nothing in it, as with Go's compressor
 */
export function* deflated(data: Uint8Array, asGo = false): Generator<Uint8Array> {
  yield* new Deflater(data, asGo).run();
}

class Deflater {
  readonly #data: Uint8Array;
  /** How much of the data has come into the window. */
  #read = 0;
  /** Two windows: what matches may repeat, and what is to be compressed. */
  readonly #window = new Uint8Array(2 * windowSize);
  /** The last place of each hash of three bytes, and for each place the one before it. 0 is none. */
  readonly #heads = new Uint16Array(1 << hashBits);
  readonly #before = new Uint16Array(windowSize);
  #hash = 0;
  #at = 0;
  #blockStart = 0;
  #left = 0;
  readonly #blocks = new BlockWriter();

  readonly #asGo: boolean;

  constructor(data: Uint8Array, asGo: boolean) {
    this.#data = data;
    this.#asGo = asGo;
  }

  *run(): Generator<Uint8Array> {
    this.#left = this.#readInto(0, 2 * windowSize);
    this.#fill();
    for (let index = 0; index < shortestMatch - 1; index++) this.#addToHash(this.#window[index] as number);
    let length = shortestMatch - 1;
    let start = 0;
    let hasLiteral = false;
    while (this.#left > 0) {
      const head = this.#insert(this.#at);
      const lengthBefore = length;
      const startBefore = start;
      length = shortestMatch - 1;
      if (head !== 0 && lengthBefore < lazyLength && this.#at - head <= farthest) {
        [length, start] = this.#longest(head, lengthBefore, start);
        length = Math.min(length, this.#left);
        if (length === shortestMatch && (this.#asGo || this.#at - start > tooFar)) length--;
      }
      if (lengthBefore >= shortestMatch && length <= lengthBefore) {
        // The match at the place before is taken, since this one is not longer.
        const ends = this.#blocks.match(
          lengthBefore,
          this.#at - 1 - startBefore,
          this.#at - this.#blockStart,
        );
        this.#left -= lengthBefore - 1;
        for (let index = 0; index < lengthBefore - 2; index++) this.#insert(++this.#at);
        hasLiteral = false;
        length = shortestMatch - 1;
        this.#at++;
        if (ends) yield this.#endBlock(false);
      } else {
        const ends =
          hasLiteral &&
          this.#blocks.literal(this.#window[this.#at - 1] as number, this.#at - this.#blockStart);
        if (ends) yield this.#endBlock(false);
        hasLiteral = true;
        this.#at++;
        this.#left--;
      }
      if (this.#left < ahead) start -= this.#fill();
    }
    if (hasLiteral) this.#blocks.literal(this.#window[this.#at - 1] as number, this.#at - this.#blockStart);
    if (!this.#asGo) yield this.#endBlock(true);
    else {
      if (this.#at > this.#blockStart) yield this.#endBlock(false);
      this.#blocks.endEmpty();
      yield this.#blocks.take();
    }
  }

  #endBlock(isLast: boolean): Uint8Array {
    const original = this.#blockStart >= 0 ? this.#window.subarray(this.#blockStart, this.#at) : undefined;
    this.#blocks.end(original, this.#at - this.#blockStart, isLast);
    this.#blockStart = this.#at;
    return this.#blocks.take();
  }

  #readInto(at: number, most: number): number {
    const piece = this.#data.subarray(this.#read, this.#read + most);
    this.#window.set(piece, at);
    this.#read += piece.length;
    return piece.length;
  }

  /** Reads more, and moves the window when it is full. Returns how far it moved. */
  #fill(): number {
    let moved = 0;
    while (this.#left < ahead && this.#read < this.#data.length) {
      let room = 2 * windowSize - this.#left - this.#at;
      if (this.#at >= windowSize + farthest) {
        this.#window.copyWithin(0, windowSize, 2 * windowSize);
        this.#at -= windowSize;
        this.#blockStart -= windowSize;
        moved += windowSize;
        for (const places of [this.#heads, this.#before]) {
          for (let index = 0; index < places.length; index++) {
            places[index] = Math.max(0, (places[index] as number) - windowSize);
          }
        }
        room += windowSize;
      }
      this.#left += this.#readInto(this.#at + this.#left, room);
    }
    return moved;
  }

  #addToHash(byte: number): void {
    this.#hash = ((this.#hash << hashShift) ^ byte) & hashMask;
  }

  /** Enters the three bytes at a place. Returns the last place before with the same hash, or 0. */
  #insert(at: number): number {
    this.#addToHash(this.#window[at + shortestMatch - 1] as number);
    const head = this.#heads[this.#hash] as number;
    this.#before[at % windowSize] = head;
    this.#heads[this.#hash] = at;
    return head;
  }

  /** Finds the longest match that is longer than the one before. */
  #longest(head: number, lengthBefore: number, startBefore: number): [length: number, start: number] {
    const window = this.#window;
    const at = this.#at;
    const limit = Math.max(0, at - farthest);
    let chain = lengthBefore >= goodLength ? longestChain >> 2 : longestChain;
    let best = lengthBefore;
    let start = startBefore;
    for (let place = head; ; ) {
      if (
        window[place + best] === window[at + best] &&
        window[place + best - 1] === window[at + best - 1] &&
        window[place] === window[at] &&
        window[place + 1] === window[at + 1]
      ) {
        let length = 2;
        while (length < longestMatch && window[place + length] === window[at + length]) length++;
        if (length > best) {
          start = place;
          best = length;
          if (length >= niceLength) break;
        }
      }
      place = this.#before[place % windowSize] as number;
      if (place <= limit || --chain === 0) break;
    }
    return [best, start];
  }
}
