/** Where randomness comes from. The whole of its state is a number, so that a snapshot can hold it. */
export interface Random {
  /** A whole number from 0 up to, not including, `limit` (at most 2^32). */
  below(limit: number): number;
  /** So many random lower-case hex digits. */
  hex(digits: number): string;
  readonly state: number;
}

/** Mulberry32: small, fast, and good enough for ids that only must not collide. */
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
      while (text.length < digits) text += next().toString(16).padStart(8, "0");
      return text.slice(0, digits);
    },
    get state() {
      return state;
    },
  };
}
