/** A queue between one writer and one reader. The reader waits for items that are not there yet. */
export interface Channel<T> {
  /** Adds an item. Ignored once the channel has ended. */
  send(item: T): void;
  /** Drops all items that have not been received. */
  clear(): void;
  /** Ends the channel. The reader gets the remaining items, then the end, or `error`. */
  end(error?: unknown): void;
  readonly ended: boolean;
  /** Resolves with the next item, or with `undefined` at the end. */
  receive(): Promise<T | undefined>;
}

export function channel<T extends object>(): Channel<T> {
  let queue: T[] = [];
  /** The reader's position in `queue`. Moving it costs less than a shift for each item. */
  let read = 0;
  let ended = false;
  let failure: { readonly error: unknown } | undefined;
  let waiting: { resolve(item: T | undefined): void; reject(error: unknown): void }[] = [];

  return {
    get ended() {
      return ended;
    },
    send(item) {
      if (ended) return;
      const reader = waiting.shift();
      if (reader) reader.resolve(item);
      else queue.push(item);
    },
    clear() {
      queue = [];
      read = 0;
    },
    end(error) {
      if (ended) return;
      ended = true;
      if (error !== undefined) failure = { error };
      const readers = waiting;
      waiting = [];
      for (const reader of readers) {
        if (failure) reader.reject(failure.error);
        else reader.resolve(undefined);
      }
    },
    async receive() {
      const item = queue[read];
      if (item !== undefined) {
        read++;
        if (read === queue.length) {
          queue = [];
          read = 0;
        }
        return item;
      }
      if (failure) throw failure.error;
      if (ended) return undefined;
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
  };
}
