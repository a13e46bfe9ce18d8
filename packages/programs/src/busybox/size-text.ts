const scale = " kMGTPEZY";

/** Formats a size in five characters, as `smart_ulltoa5` does: `12345`, ` 1.2M`, `92.1k`, `1234k`. */
export function sizeInFive(bytes: number): string {
  if (bytes <= 99_999) return String(bytes).padStart(5);
  let tenths = BigInt(bytes) * 10n;
  let unit = 0;
  do {
    tenths /= 1024n;
    unit++;
  } while (tenths >= 100_000n);
  const [whole, tenth] = [tenths / 10n, tenths % 10n];
  const number = whole >= 100n ? String(whole).padStart(4) : `${String(whole).padStart(2)}.${tenth}`;
  return `${number}${scale[unit]}`;
}
