/** Lets several users of one thing have it one after another, in the order in which they ask. */
export class Turns {
  #last: Promise<void> = Promise.resolve();

  /** Waits for a turn, and returns what ends it. */
  async begin(): Promise<() => void> {
    const before = this.#last;
    let end = () => {};
    this.#last = new Promise((resolve) => {
      end = resolve;
    });
    await before;
    return end;
  }

  /** Does something in a turn of its own. */
  async next<T>(act: () => Promise<T>): Promise<T> {
    const end = await this.begin();
    try {
      return await act();
    } finally {
      end();
    }
  }
}
