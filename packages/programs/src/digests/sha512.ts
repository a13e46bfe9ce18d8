import { padded } from "./blocks.js";

/** The SHA-512 digest of a message (FIPS 180-4). */
export function sha512(message: Uint8Array): Uint8Array {
  return digest(message, rootsOf(2n, 8));
}

/** The SHA-384 digest of a message: SHA-512 with another beginning, cut short. */
export function sha384(message: Uint8Array): Uint8Array {
  return digest(message, rootsOf(2n, 16).slice(8)).subarray(0, 48);
}

const mask = 2n ** 64n - 1n;
const primes: readonly bigint[] = firstPrimes(80);
let constants: BigUint64Array | undefined;

function digest(message: Uint8Array, beginning: BigUint64Array): Uint8Array {
  constants ??= rootsOf(3n, 80);
  const view = padded(message, { block: 128, lengthBytes: 16, littleEndian: false });
  const state = beginning;
  const words = new BigUint64Array(80);
  const word = (at: number): bigint => words[at] as bigint;
  for (let start = 0; start < view.byteLength; start += 128) {
    for (let at = 0; at < 16; at++) words[at] = view.getBigUint64(start + at * 8);
    for (let at = 16; at < 80; at++) {
      const [far, near] = [word(at - 15), word(at - 2)];
      const one = right(far, 1n) ^ right(far, 8n) ^ (far >> 7n);
      const other = right(near, 19n) ^ right(near, 61n) ^ (near >> 6n);
      words[at] = word(at - 16) + one + word(at - 7) + other;
    }
    let [a = 0n, b = 0n, c = 0n, d = 0n, e = 0n, f = 0n, g = 0n, h = 0n] = state;
    for (let at = 0; at < 80; at++) {
      const chosen = (e & f) ^ (~e & mask & g);
      const first =
        h + (right(e, 14n) ^ right(e, 18n) ^ right(e, 41n)) + chosen + (constants[at] as bigint) + word(at);
      const second = (right(a, 28n) ^ right(a, 34n) ^ right(a, 39n)) + ((a & b) ^ (a & c) ^ (b & c));
      h = g;
      g = f;
      f = e;
      e = (d + first) & mask;
      d = c;
      c = b;
      b = a;
      a = (first + second) & mask;
    }
    for (const [at, value] of [a, b, c, d, e, f, g, h].entries()) state[at] = (state[at] as bigint) + value;
  }
  const bytes = new DataView(new ArrayBuffer(64));
  for (const [at, value] of state.entries()) bytes.setBigUint64(at * 8, value);
  return new Uint8Array(bytes.buffer);
}

function right(word: bigint, by: bigint): bigint {
  return ((word >> by) | (word << (64n - by))) & mask;
}

/** The first 64 bits behind the point of the square or cube roots of the first primes. */
function rootsOf(degree: bigint, count: number): BigUint64Array {
  return BigUint64Array.from(
    primes.slice(0, count),
    (prime) => rootOf(prime << (64n * degree), degree) & mask,
  );
}

/** The whole part of a root, by halving. */
function rootOf(number: bigint, degree: bigint): bigint {
  let low = 0n;
  let high = 1n << 80n;
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (middle ** degree > number) high = middle;
    else low = middle;
  }
  return low;
}

function firstPrimes(count: number): bigint[] {
  const found: bigint[] = [];
  for (let number = 2n; found.length < count; number++) {
    if (found.every((prime) => number % prime !== 0n)) found.push(number);
  }
  return found;
}
