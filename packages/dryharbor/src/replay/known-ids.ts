// Ids and generated names of the record, and what stands for them now. They are learnt from places where both answers
// have one.

const wholeId = /[0-9a-f]{64}/g;
const shortId = /^[0-9a-f]{12}$/;
/** As the engine makes names: an adjective, a person, and a digit where that is taken. */
const generatedName = /^\/?[a-z]+_[a-z]+[0-9]?$/;

export class KnownIds {
  readonly #ids = new Map<string, string>();
  readonly #names = new Map<string, string>();

  /** Learns from two texts of the same place. */
  learn(recorded: string, now: string): void {
    const [before, after] = [recorded.match(wholeId) ?? [], now.match(wholeId) ?? []];
    if (before.length === after.length)
      for (const [index, id] of before.entries()) if (!this.#ids.has(id)) this.#ids.set(id, after[index]!);
    if (generatedName.test(recorded) && generatedName.test(now) && !this.#names.has(plain(recorded)))
      this.#names.set(plain(recorded), plain(now));
    if (shortId.test(recorded) && shortId.test(now) && this.#idOf(recorded) === undefined)
      this.#ids.set(recorded, now);
  }

  /** Puts what stands for them now into a text of the record: ids, their beginnings, and generated names. */
  fill(text: string): string {
    return text
      .replaceAll(/\b[0-9a-f]{6,64}\b/g, (word) => this.#idOf(word)?.slice(0, word.length) ?? word)
      .replaceAll(/\b[a-z]+_[a-z]+[0-9]?\b/g, (word) => this.#names.get(word) ?? word);
  }

  #idOf(word: string): string | undefined {
    const known = this.#ids.get(word);
    if (known !== undefined) return known;
    const found = [...this.#ids].filter(([id]) => id.startsWith(word));
    return found.length === 1 ? found[0]![1] : undefined;
  }
}

function plain(name: string): string {
  return name.replace(/^\//, "");
}
