const suffixes = ["", "K", "M", "G", "T", "P", "E"];

/** Formats a number as `df -h` does: `4.0K`, `1.5G`, and whole numbers below 1024. */
export function humanSize(value: number): string {
  let rest = value;
  let tenths = 0;
  let power = 0;
  while (rest >= 1024 && power < suffixes.length - 1) {
    tenths = Math.floor(((rest % 1024) * 10 + 512) / 1024);
    rest = Math.floor(rest / 1024);
    power++;
    if (tenths >= 10) {
      rest++;
      tenths = 0;
    }
  }
  return power === 0 ? String(rest) : `${rest}.${tenths}${suffixes[power]}`;
}

/** Formats a number like {@link humanSize} without a point. */
export function roundedSize(value: number): string {
  let rest = value;
  let power = 0;
  for (; rest >= 1024 && power < suffixes.length - 1; power++) rest /= 1024;
  return `${Math.round(rest)}${suffixes[power]}`;
}
