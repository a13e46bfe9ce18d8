const factors: Readonly<Record<string, number>> = {
  "": 1,
  b: 512,
  k: 1024,
  K: 1024,
  m: 1024 ** 2,
  M: 1024 ** 2,
};

/** A count with its suffix; `undefined` for what is none. */
export function readCount(text: string): number | undefined {
  const match = /^(\d+)([bkKmM]?)$/.exec(text);
  return match ? Number(match[1]) * (factors[match[2] as string] as number) : undefined;
}

/** `-3` as `-n 3`, as `head` and `tail` have always taken it. */
export function withOldCount(args: readonly string[]): readonly string[] {
  const [first = "", ...rest] = args;
  return /^-\d/.test(first) ? ["-n", first.slice(1), ...rest] : args;
}
