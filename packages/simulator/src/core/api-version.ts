const known = new Map<string, readonly number[]>();

/**
 * Splits a version into its numbers, e.g. `1.41` into 1 and 41. Remembers the result: a few versions are
 * asked for often.
 */
function partsOf(version: string): readonly number[] {
  let parts = known.get(version);
  if (!parts) {
    parts = version.split(".").map(Number);
    if (known.size < mostKnown) known.set(version, parts);
  }
  return parts;
}

/** How many versions are remembered. There is a limit because clients may make versions up. */
const mostKnown = 256;

/**
 * Returns whether a client's API version, e.g. `1.41`, is older than another one. A client that names no
 * version (`undefined`) speaks the engine's newest one, so it is never older.
 */
export function isOlder(version: string | undefined, than: string): boolean {
  if (version === undefined || version === than) return false;
  const parts = partsOf(version);
  const others = partsOf(than);
  // `1.41.1` is newer than `1.41`. Any client may ask for such a version.
  for (let index = 0; index < Math.max(parts.length, others.length); index++) {
    const difference = (parts[index] ?? 0) - (others[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
