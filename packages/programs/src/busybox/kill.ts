import { FileError, parseSignal } from "@dryharbor/kernel";
import { applet } from "./applet.js";
import { shortSignalName } from "./signals.js";

/** The signals that `kill -l` lists. */
const listed = Array.from({ length: 31 }, (_, index) => index + 1);

const help = `kill [-l] [-SIG] PID...

Send a signal (default: TERM) to given PIDs

	-l	List all signal names and numbers`;

/** `kill [-l] [-SIGNAL] PID...`: sends a signal to processes. */
export const kill = applet({ help }, async ({ kill, stdout, stderr }, { name, operands }) =>
  runKill(name, operands, { kill, stdout, stderr }),
);

/** What `kill` needs of its surroundings. */
interface Messages {
  stdout(text: string): void;
  stderr(text: string): void;
}

/** Runs `kill`, for the program and for the builtin of the shell. Returns the exit code. */
export function runKill(
  name: string,
  args: readonly string[],
  world: Messages & { kill(pid: number, signal: number): boolean },
): number {
  if (args[0] === "-l") return listSignals(args.slice(1), world);
  const rest = [...args];
  const signal = takeSignal(name, rest, world);
  if (signal === undefined) return 1;
  if (rest.length === 0) {
    world.stderr(`${name}: you need to specify whom to kill\n`);
    return 1;
  }
  let code = 0;
  for (const text of rest) {
    if (!/^-?\d+$/.test(text)) {
      world.stderr(`${name}: invalid number '${text}'\n`);
      code = 1;
    } else {
      const problem = killProblem(world, Number(text), signal);
      if (problem === undefined) continue;
      world.stderr(`${name}: can't kill pid ${text}: ${problem}\n`);
      code = 1;
    }
  }
  return code;
}

/** Sends a signal. Returns why that is not possible, and `undefined` when it is. */
export function killProblem(
  world: { kill(pid: number, signal: number): boolean },
  pid: number,
  signal: number,
): string | undefined {
  try {
    return world.kill(pid, signal) ? undefined : "No such process";
  } catch (error) {
    if (error instanceof FileError) return error.message;
    throw error;
  }
}

/** Prints all signals, or the names and numbers of some. Returns the exit code. */
export function listSignals(asked: readonly string[], world: Messages): number {
  if (asked.length === 0) {
    for (const number of listed) world.stdout(`${String(number).padStart(2)}) ${shortSignalName(number)}\n`);
  }
  for (const text of asked) {
    const number = parseSignal(text);
    const isNumber = /^\d+$/.test(text);
    world.stdout(isNumber ? `${shortSignalName(number > 128 ? number - 128 : number)}\n` : `${number}\n`);
  }
  return 0;
}

/** Takes the signal from the front of arguments. Says so and returns `undefined` when it is none. */
export function takeSignal(name: string, args: string[], world: Messages): number | undefined {
  const [first] = args;
  let signal = 15;
  if (first !== undefined && /^-./.test(first) && first !== "--") {
    args.shift();
    const text = first === "-s" || first === "-n" ? (args.shift() ?? "") : first.slice(1);
    signal = text === "0" ? 0 : parseSignal(text);
    if ((signal === 0 && text !== "0") || signal > 64) {
      world.stderr(`${name}: bad signal name '${text}'\n`);
      return undefined;
    }
  }
  if (args[0] === "--") args.shift();
  return signal;
}
