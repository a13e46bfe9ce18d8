/** The random numbers of glibc's `random()`, which `rand()` is made of. */
export class Random {
  #state: number[] = [];
  #seed = 1;

  constructor() {
    this.begin(1);
  }

  /** Begins anew with a seed, which counts modulo 2 to the power of 32. Returns the seed before. */
  begin(seed: number): number {
    const before = this.#seed;
    const whole = Number(BigInt.asUintN(32, BigInt(Number.isFinite(seed) ? Math.trunc(seed) : 0)));
    this.#seed = whole;
    let word = whole === 0 ? 1 : whole | 0;
    const state = [word >>> 0];
    for (let index = 1; index < 31; index++) {
      word = (16_807 * (word % 127_773) - 2836 * Math.trunc(word / 127_773)) | 0;
      if (word < 0) word += 2_147_483_647;
      state.push(word);
    }
    for (let index = 31; index < 34; index++) state.push(state[index - 31] as number);
    this.#state = state;
    for (let index = 0; index < 310; index++) this.#next();
    return before;
  }

  /** Returns a number from 0 up to, but not including, 1. */
  fraction(): number {
    const low = BigInt.asUintN(32, (BigInt(this.#random()) << 16n) ^ BigInt(this.#random()));
    return Number((BigInt(this.#random()) << 32n) | low) / 2 ** 63;
  }

  #random(): number {
    return this.#next() >>> 1;
  }

  #next(): number {
    const state = this.#state;
    const word = ((state.at(-31) as number) + (state.at(-3) as number)) >>> 0;
    state.push(word);
    state.shift();
    return word;
  }
}
