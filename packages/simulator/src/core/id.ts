import type { Random } from "./random.js";

/**
 * Makes an id: 64 lower-case hex digits. Its first 12 are never all decimal, which moby's
 * stringid.GenerateRandomID ensures, too.
 */
export function newId(random: Random): string {
  for (;;) {
    const id = random.hex(64);
    if (!/^\d+$/.test(shortId(id))) return id;
  }
}

/**
 * Returns the first 12 digits of an id. Clients show an id so, and the embedded DNS knows a container by it.
 */
export function shortId(id: string): string {
  return id.slice(0, 12);
}
