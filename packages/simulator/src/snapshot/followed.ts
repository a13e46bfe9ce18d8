/** Finds out which of the items of one kind have changed. Items are stored one by one. */
export class Followed<Item extends object> {
  readonly #save: (item: Item) => object;
  readonly #known = new Map<string, { readonly item: Item; readonly text: string }>();
  #gone: string[] = [];
  #set: string[] = [];

  /** @param save - returns what is stored of an item, as JSON */
  constructor(save: (item: Item) => object) {
    this.#save = save;
  }

  /** Notes that an item is stored as it is now. */
  know(id: string, item: Item): void {
    this.#known.set(id, { item, text: JSON.stringify(this.#save(item)) });
  }

  /**
   * Compares an item with what is stored of it, and notes the change.
   *
   * @param item - the item, or `undefined` if it is gone
   */
  look(id: string, item: Item | undefined): boolean {
    const before = this.#known.get(id);
    if (!item) {
      if (!before) return false;
      this.#known.delete(id);
      this.#gone.push(id);
      return true;
    }
    const text = JSON.stringify(this.#save(item));
    if (before?.text === text) return false;
    // A new item under a known id takes its place at the end.
    if (before && before.item !== item) this.#gone.push(id);
    this.#known.set(id, { item, text });
    this.#set.push(text);
    return true;
  }

  /** Returns what {@link look} has found since the last call, as a {@link CollectionChange}. */
  take(): string | undefined {
    const [gone, set] = [this.#gone, this.#set];
    if (gone.length === 0 && set.length === 0) return undefined;
    this.#gone = [];
    this.#set = [];
    return `{"gone":${JSON.stringify(gone)},"set":[${set.join(",")}]}`;
  }
}
