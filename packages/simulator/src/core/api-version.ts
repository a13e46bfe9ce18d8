const known = new Map<string, readonly number[]>();

/** The numbers of a version. Few versions are asked for, and each of them often. */
function partsOf(version: string): readonly number[] {
  let parts = known.get(version);
  if (!parts) {
    parts = version.split(".").map(Number);
    if (known.size < mostKnown) known.set(version, parts);
  }
  return parts;
}

/** Clients may make versions up. */
const mostKnown = 256;

/**
 * Whether a client's API version, e.g. `1.41`, is older than another. A client that names none
 * speaks the engine's newest.
 */
export function isOlder(version: string | undefined, than: string): boolean {
  if (version === undefined || version === than) return false;
  const parts = partsOf(version);
  const others = partsOf(than);
  // `1.41.1` is newer than `1.41`: any client may ask for it.
  for (let index = 0; index < Math.max(parts.length, others.length); index++) {
    const difference = (parts[index] ?? 0) - (others[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
