/**
 * Computes a checksum of a JSON value: FNV-1a in 64 bits. It does not depend on the order of keys, which a
 * database may change.
 */
export function checksum(value: unknown): string {
  let low = 0x84222325;
  let high = 0xcbf29ce4;
  const add = (text: string): void => {
    for (let at = 0; at < text.length; at++) {
      low = (low ^ text.charCodeAt(at)) >>> 0;
      // Multiplies by the prime 2^40 + 0x1b3, in two halves.
      const product = low * 0x1b3;
      high = (Math.imul(high, 0x1b3) + Math.floor(product / 0x1_0000_0000) + (low << 8)) >>> 0;
      low = product >>> 0;
    }
  };
  const walk = (part: unknown): void => {
    if (Array.isArray(part)) {
      add("[");
      for (const item of part) {
        walk(item);
        add(",");
      }
      add("]");
    } else if (typeof part === "object" && part !== null) {
      add("{");
      for (const [key, item] of Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) {
        add(`${JSON.stringify(key)}:`);
        walk(item);
        add(",");
      }
      add("}");
    } else {
      add(JSON.stringify(part) ?? "");
    }
  };
  walk(value);
  return [high, low].map((half) => half.toString(16).padStart(8, "0")).join("");
}
