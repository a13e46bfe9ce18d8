import { applet } from "./applet.js";

const help = `sleep [N]...

Pause for a time equal to the total of the args given, where each arg can
have an optional suffix of (s)econds, (m)inutes, (h)ours, or (d)ays`;

const suffixes: Readonly<Record<string, number>> = { "": 1, s: 1, m: 60, h: 3600, d: 86400 };
const largest = 2n ** 64n - 1n;

/**
 * `sleep N...`: pauses for the sum of its arguments. It is not an async function, because the state of one
 * that waits would be a large part of the cost of a sleeping process.
 */
export const sleep = applet({ help, withoutFiles: true }, (process, { name, usage, operands }) => {
  const seconds = total(operands[0] === "--" ? operands.slice(1) : operands);
  if (seconds === undefined) return Promise.resolve(usage(process));
  if (typeof seconds === "string") {
    process.stderr(`${name}: ${seconds}\n`);
    return Promise.resolve(1);
  }
  return process.sleep(seconds * 1000).then(success);
});

const success = (): number => 0;

/** Parses all arguments and returns their sum in seconds. Errors are those of {@link readDuration}. */
function total(args: readonly string[]): number | string | undefined {
  if (args.length === 0) return undefined;
  if (args[0]?.startsWith("inf")) return Number.POSITIVE_INFINITY;
  let seconds = 0;
  for (const argument of args) {
    const duration = readDuration(argument);
    if (typeof duration !== "number") return duration;
    seconds += duration;
  }
  return seconds;
}

/**
 * Parses a duration. Returns its seconds, an error message, or `undefined` when BusyBox prints its usage
 * instead.
 */
function readDuration(argument: string): number | string | undefined {
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
