/** Things of one kind that are stored one by one: which of them have changed. */
export class Followed<Item extends object> {
  readonly #save: (item: Item) => object;
  readonly #known = new Map<string, { readonly item: Item; readonly text: string }>();
  #gone: string[] = [];
  #set: string[] = [];

  /** @param save what is stored of a thing, as JSON */
  constructor(save: (item: Item) => object) {
    this.#save = save;
  }

  /** It is stored as it is now. */
  know(id: string, item: Item): void {
    this.#known.set(id, { item, text: JSON.stringify(this.#save(item)) });
  }

  /**
   * Looks whether it has changed.
   *
   * @param item `undefined`: it is gone
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
    // Another one of the same name has its place at the end.
    if (before && before.item !== item) this.#gone.push(id);
    this.#known.set(id, { item, text });
    this.#set.push(text);
    return true;
  }

  /** What {@link look} has found since this was called last: for {@link CollectionChange}. */
  take(): string | undefined {
    const [gone, set] = [this.#gone, this.#set];
    if (gone.length === 0 && set.length === 0) return undefined;
    this.#gone = [];
    this.#set = [];
    return `{"gone":${JSON.stringify(gone)},"set":[${set.join(",")}]}`;
  }
}
