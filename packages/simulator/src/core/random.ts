/** A source of randomness. Its whole state is one number, so that a snapshot can hold it. */
export interface Random {
  /** Returns a whole number from 0 up to, but not including, `limit` (at most 2^32). */
  below(limit: number): number;
  /** Returns this many random lower-case hex digits. */
  hex(digits: number): string;
  /** The seed that makes a source which goes on from here. */
  readonly state: number;
}

/**
 * The two hex digits of each byte. A table, because making ids is a large part of the cost of creating
 * things.
 */
const pairs = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** Creates a Mulberry32 generator: small, fast, and good enough for ids, which only must not collide. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  }
  return {
    below: (limit) => Math.floor((next() / 0x1_0000_0000) * limit),
    hex(digits) {
      let text = "";
      while (text.length < digits) {
        const bits = next();
        text +=
          pairs[bits >>> 24]! + pairs[(bits >>> 16) & 255]! + pairs[(bits >>> 8) & 255]! + pairs[bits & 255]!;
      }
      return text.length === digits ? text : text.slice(0, digits);
    },
    get state() {
      return state;
    },
  };
}
