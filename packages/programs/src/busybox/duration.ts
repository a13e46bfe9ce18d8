// Durations as programs of BusyBox read them: a number with a suffix.

const suffixes: Readonly<Record<string, number>> = { "": 1, s: 1, m: 60, h: 3600, d: 86400 };
const largest = 2n ** 64n - 1n;

/**
 * Parses a duration. Returns its seconds, an error message, or `undefined` when BusyBox prints its usage
 * instead.
 */
export function readDuration(argument: string): number | string | undefined {
  if (!argument.includes(".")) {
    const match = /^(\d+)([smhd]?)$/.exec(argument);
    if (!match || BigInt(match[1] as string) > largest) return `invalid number '${argument}'`;
    const factor = suffixes[match[2] as string] as number;
    const seconds = BigInt(match[1] as string) * BigInt(factor);
    return seconds > largest ? `number ${argument} is not in 0..${largest} range` : Number(seconds);
  }
  const number = /^[\d.]*/.exec(argument)?.[0] as string;
  if (number !== "" && !/^(\d+\.?\d*|\.\d+)$/.test(number)) return undefined;
  // BusyBox puts a 1 before the rest and parses that as a number with a suffix.
  const suffix = argument.slice(number.length);
  const factor = suffixes[suffix];
  return factor === undefined ? `invalid number '1${suffix}'` : Number(number || 0) * factor;
}
