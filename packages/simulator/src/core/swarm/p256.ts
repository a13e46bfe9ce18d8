import { sha256 } from "@dryharbor/kernel";

// The elliptic curve P-256 (SEC 2, secp256r1), with what signing a certificate needs. It must not be used for
// secrets, since its time depends on the key.

const p = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n;
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const a = p - 3n;

interface Point {
  readonly x: bigint;
  readonly y: bigint;
}

const generator: Point = {
  x: 0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
  y: 0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
};

export interface KeyPair {
  readonly secret: bigint;
  readonly point: Point;
}

/** Makes a key pair. @param seed any number */
export function keyPair(seed: bigint): KeyPair {
  const secret = (seed % (order - 1n)) + 1n;
  return { secret, point: times(generator, secret) };
}

/**
 * Returns the two numbers of an ECDSA signature over a message's SHA-256. @param nonce any number, a new one
 * each time
 */
export function sign(
  { secret }: KeyPair,
  message: Uint8Array,
  nonce: bigint,
): { readonly r: bigint; readonly s: bigint } {
  const k = (nonce % (order - 1n)) + 1n;
  const r = times(generator, k).x % order;
  const hash = sha256(message).reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
  const s = (inverse(k, order) * (hash + r * secret)) % order;
  return { r, s };
}

/** Multiplies a point by doubling and adding. */
function times(point: Point, factor: bigint): Point {
  let result: Point | undefined;
  for (const bit of factor.toString(2)) {
    if (result) result = add(result, result);
    if (bit === "1") result = result ? add(result, point) : point;
  }
  return result as Point;
}

/** Adds two points. They must not be each other's negative, which does not occur here. */
function add(one: Point, other: Point): Point {
  const slope =
    one.x === other.x
      ? (3n * one.x * one.x + a) * inverse(2n * one.y, p)
      : (other.y - one.y) * inverse(other.x - one.x, p);
  const x = modulo(slope * slope - one.x - other.x, p);
  return { x, y: modulo(slope * (one.x - x) - one.y, p) };
}

/** Returns the inverse by Euclid's algorithm. */
function inverse(value: bigint, modulus: bigint): bigint {
  let [low, high] = [modulo(value, modulus), modulus];
  let [lowFactor, highFactor] = [1n, 0n];
  while (low > 1n) {
    const quotient = high / low;
    [low, high] = [high - quotient * low, low];
    [lowFactor, highFactor] = [highFactor - quotient * lowFactor, lowFactor];
  }
  return modulo(lowFactor, modulus);
}

function modulo(value: bigint, modulus: bigint): bigint {
  const rest = value % modulus;
  return rest < 0n ? rest + modulus : rest;
}
