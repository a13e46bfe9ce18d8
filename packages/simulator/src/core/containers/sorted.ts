/** A map as Go writes it into JSON: its keys in byte order. */
export function sortedByKey<T>(map: Readonly<Record<string, T>>): Record<string, T> {
  const keys = Object.keys(map);
  if (keys.length < 2) return { ...map };
  return Object.fromEntries(keys.toSorted().map((key) => [key, map[key] as T]));
}
