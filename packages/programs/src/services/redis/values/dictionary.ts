interface Slot<Value> {
  value: Value;
  /** The index of the key in the list of keys. */
  at: number;
}

/**
 * A table by keys, in the order in which keys were added. Unlike a `Map` it gives a random key in constant
 * time.
 */
export class Dictionary<Value> {
  readonly #slots = new Map<string, Slot<Value>>();
  /** The keys in any order. */
  readonly #keys: string[] = [];

  get size(): number {
    return this.#keys.length;
  }

  has(key: string): boolean {
    return this.#slots.has(key);
  }

  get(key: string): Value | undefined {
    return this.#slots.get(key)?.value;
  }

  /** Returns whether the key is new. */
  set(key: string, value: Value): boolean {
    const slot = this.#slots.get(key);
    if (slot) {
      slot.value = value;
      return false;
    }
    this.#slots.set(key, { value, at: this.#keys.length });
    this.#keys.push(key);
    return true;
  }

  delete(key: string): boolean {
    const slot = this.#slots.get(key);
    if (!slot) return false;
    const last = this.#keys.pop() as string;
    if (last !== key) {
      this.#keys[slot.at] = last;
      (this.#slots.get(last) as Slot<Value>).at = slot.at;
    }
    return this.#slots.delete(key);
  }

  clear(): void {
    this.#slots.clear();
    this.#keys.length = 0;
  }

  /** The keys in the order in which they were added. An iteration sees keys that are added meanwhile. */
  keys(): IterableIterator<string> {
    return this.#slots.keys();
  }

  *entries(): IterableIterator<[string, Value]> {
    for (const [key, { value }] of this.#slots) yield [key, value];
  }

  /** @param random a number from 0 to 1, without 1 */
  randomKey(random: number): string | undefined {
    return this.#keys[Math.floor(random * this.#keys.length)];
  }
}
