/** Ctrl-P, Ctrl-Q. */
const defaultKeys: readonly number[] = [16, 17];

/**
 * Looks for the detach keys in a terminal's input. Bytes that may begin the sequence are held back until they
 * turn out not to.
 */
export class DetachKeys {
  readonly #keys: readonly number[];
  #seen = 0;

  /** @param keys the bytes of the sequence; empty for the engine's default */
  constructor(keys: readonly number[]) {
    this.#keys = keys.length > 0 ? keys : defaultKeys;
  }

  /** Returns the part of `data` that goes on to the process. Nothing passes after the keys. */
  pass(data: Uint8Array): { readonly data: Uint8Array; readonly detached: boolean } {
    const passed: number[] = [];
    for (const byte of data) {
      if (byte === this.#keys[this.#seen]) {
        this.#seen++;
        if (this.#seen === this.#keys.length) return { data: Uint8Array.from(passed), detached: true };
        continue;
      }
      // As in the engine, the byte that breaks a sequence off does not begin another.
      passed.push(...this.#keys.slice(0, this.#seen), byte);
      this.#seen = 0;
    }
    return { data: Uint8Array.from(passed), detached: false };
  }
}
