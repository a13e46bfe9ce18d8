/**
 * Whether a client's API version, e.g. `1.41`, is older than another. A client that names none
 * speaks the engine's newest.
 */
export function isOlder(version: string | undefined, than: string): boolean {
  if (version === undefined) return false;
  const parts = version.split(".").map(Number);
  const others = than.split(".").map(Number);
  // `1.41.1` is newer than `1.41`: any client may ask for it.
  for (let index = 0; index < Math.max(parts.length, others.length); index++) {
    const difference = (parts[index] ?? 0) - (others[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
