const factors: Readonly<Record<string, number>> = {
  "": 1,
  b: 512,
  k: 1024,
  K: 1024,
  m: 1024 ** 2,
  M: 1024 ** 2,
};

/** Parses a count with its suffix, for example `2k`. Returns `undefined` when the text is not a count. */
export function readCount(text: string): number | undefined {
  const match = /^(\d+)([bkKmM]?)$/.exec(text);
  return match ? Number(match[1]) * (factors[match[2] as string] as number) : undefined;
}

/** Converts the old form `-3` to `-n 3`, for `head` and `tail`. */
export function withOldCount(args: readonly string[]): readonly string[] {
  const [first = "", ...rest] = args;
  return /^-\d/.test(first) ? ["-n", first.slice(1), ...rest] : args;
}
