/** Ctrl-P, ctrl-Q. */
const defaultKeys: readonly number[] = [16, 17];

/**
 * Looks for the keys that let go of a terminal in what is typed. What may be the beginning of them is held
 * back until it is clear that it is not.
 */
export class DetachKeys {
  readonly #keys: readonly number[];
  #seen = 0;

  /** @param keys none: the engine's own */
  constructor(keys: readonly number[]) {
    this.#keys = keys.length > 0 ? keys : defaultKeys;
  }

  /** What of `data` goes on to the process. Behind the keys nothing does. */
  pass(data: Uint8Array): { readonly data: Uint8Array; readonly detached: boolean } {
    const passed: number[] = [];
    for (const byte of data) {
      if (byte === this.#keys[this.#seen]) {
        this.#seen++;
        if (this.#seen === this.#keys.length) return { data: Uint8Array.from(passed), detached: true };
        continue;
      }
      // As in the engine, the key that breaks a sequence off does not begin another.
      passed.push(...this.#keys.slice(0, this.#seen), byte);
      this.#seen = 0;
    }
    return { data: Uint8Array.from(passed), detached: false };
  }
}
