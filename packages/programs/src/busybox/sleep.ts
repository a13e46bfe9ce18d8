import { applet } from "./applet.js";
import { readDuration } from "./duration.js";

const help = `sleep [N]...

Pause for a time equal to the total of the args given, where each arg can
have an optional suffix of (s)econds, (m)inutes, (h)ours, or (d)ays`;

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
