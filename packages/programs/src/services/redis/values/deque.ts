/** A list that grows and shrinks at both ends in constant time. Its items lie in a ring. */
export class Deque<Item> {
  #ring: (Item | undefined)[] = new Array(8);
  #start = 0;
  #length = 0;

  constructor(items: Iterable<Item> = []) {
    for (const item of items) this.push(item);
  }

  get length(): number {
    return this.#length;
  }

  at(index: number): Item | undefined {
    return index < 0 || index >= this.#length ? undefined : this.#ring[this.#place(index)];
  }

  set(index: number, item: Item): void {
    this.#ring[this.#place(index)] = item;
  }

  push(item: Item): void {
    this.#grow();
    this.#ring[this.#place(this.#length++)] = item;
  }

  unshift(item: Item): void {
    this.#grow();
    this.#start = (this.#start - 1) & (this.#ring.length - 1);
    this.#ring[this.#start] = item;
    this.#length++;
  }

  pop(): Item | undefined {
    if (this.#length === 0) return undefined;
    return this.#take(this.#place(--this.#length));
  }

  shift(): Item | undefined {
    if (this.#length === 0) return undefined;
    const item = this.#take(this.#start);
    this.#start = (this.#start + 1) & (this.#ring.length - 1);
    this.#length--;
    return item;
  }

  /** Puts an item before the one at an index. */
  insert(index: number, item: Item): void {
    this.push(item);
    for (let at = this.#length - 1; at > index; at--) this.set(at, this.at(at - 1) as Item);
    this.set(index, item);
  }

  /** Returns the items from `from` up to, but without, `to`. */
  slice(from: number, to: number): Item[] {
    return Array.from({ length: Math.max(0, to - from) }, (_, offset) => this.at(from + offset) as Item);
  }

  [Symbol.iterator](): IterableIterator<Item> {
    return this.slice(0, this.#length)[Symbol.iterator]();
  }

  #place(index: number): number {
    return (this.#start + index) & (this.#ring.length - 1);
  }

  #take(place: number): Item | undefined {
    const item = this.#ring[place];
    this.#ring[place] = undefined;
    return item;
  }

  #grow(): void {
    if (this.#length < this.#ring.length) return;
    const items = this.slice(0, this.#length);
    items.length = this.#ring.length * 2;
    this.#ring = items;
    this.#start = 0;
  }
}
