// Go orders text by its UTF-8 bytes, which is the order of code points. JavaScript orders text by UTF-16
// units, so 😀 (U+1F600, a pair of surrogates) comes before ！ (U+FF01). Seen on 20.10 and 28.5 with labels of
// these two names.

/** Compares two texts as Go does. Made for `sort`. */
export function compareText(one: string, other: string): number {
  const length = Math.min(one.length, other.length);
  for (let at = 0; at < length; at++) {
    const left = one.charCodeAt(at);
    const right = other.charCodeAt(at);
    if (left !== right) return rank(left) - rank(right);
  }
  return one.length - other.length;
}

/** Ranks a UTF-16 unit. Surrogates, which stand for code points above U+FFFF, rank above all other units. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit;
}

/** Copies a value with the keys of all its maps in Go's order, as the engine does where it makes an answer over. */
export function deeplySorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(deeplySorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(sortedByKey(value as Record<string, unknown>));
  return Object.fromEntries(entries.map(([key, each]) => [key, deeplySorted(each)]));
}

/** Copies a map with its keys in the order in which Go writes them into JSON. */
export function sortedByKey<T>(map: Readonly<Record<string, T>>): Record<string, T> {
  const keys = Object.keys(map);
  if (keys.length < 2) return { ...map };
  return Object.fromEntries(keys.sort(compareText).map((key) => [key, map[key] as T]));
}
