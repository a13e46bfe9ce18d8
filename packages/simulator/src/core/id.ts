import type { Random } from "./random.js";

/** 64 lower-case hex digits. Never all decimal in its first 12, as moby's stringid.GenerateRandomID sees to. */
export function newId(random: Random): string {
  for (;;) {
    const id = random.hex(64);
    if (!/^\d+$/.test(shortId(id))) return id;
  }
}

/** The first 12 digits, as clients show an id and as the embedded DNS knows a container. */
export function shortId(id: string): string {
  return id.slice(0, 12);
}
