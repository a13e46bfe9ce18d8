/**
 * An index of things by id, which finds a thing by its whole id or by a prefix of it. Ids are grouped by
 * their first three digits, so a prefix of three digits or more searches one of 4096 groups: of 100,000 ids,
 * about 24.
 */
export interface IdIndex<T> {
  readonly size: number;
  get(id: string): T | undefined;
  /** Returns the things whose id starts with `prefix`, at most `limit` of them. */
  startingWith(prefix: string, limit?: number): T[];
  add(id: string, item: T): void;
  delete(id: string): void;
  /** Iterates over all things in the order in which they were added. */
  values(): IterableIterator<T>;
}

const groupDigits = 3;

/** Creates an empty index. */
export function idIndex<T>(): IdIndex<T> {
  const items = new Map<string, T>();
  const groups = new Map<string, Set<string>>();

  function candidates(prefix: string): Iterable<string> {
    if (prefix.length >= groupDigits) return groups.get(prefix.slice(0, groupDigits)) ?? [];
    return items.keys();
  }

  return {
    get size() {
      return items.size;
    },
    get: (id) => items.get(id),
    startingWith(prefix, limit = Number.POSITIVE_INFINITY) {
      const found: T[] = [];
      for (const id of candidates(prefix)) {
        if (found.length >= limit) break;
        const item = id.startsWith(prefix) ? items.get(id) : undefined;
        if (item !== undefined) found.push(item);
      }
      return found;
    },
    add(id, item) {
      items.set(id, item);
      const key = id.slice(0, groupDigits);
      const group = groups.get(key);
      if (group) group.add(id);
      else groups.set(key, new Set([id]));
    },
    delete(id) {
      items.delete(id);
      const key = id.slice(0, groupDigits);
      const group = groups.get(key);
      group?.delete(id);
      if (group?.size === 0) groups.delete(key);
    },
    values: () => items.values(),
  };
}
