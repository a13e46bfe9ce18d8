import { parseSignal } from "@dryharbor/kernel";
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

/** Runs `kill`, for the program and for the builtin of the shell. Returns the exit code. */
export function runKill(
  name: string,
  args: readonly string[],
  world: {
    kill(pid: number, signal: number): boolean;
    stdout(text: string): void;
    stderr(text: string): void;
  },
): number {
  const rest = [...args];
  let signal = 15;
  const [first] = rest;
  if (first === "-l") {
    const asked = rest.slice(1);
    if (asked.length === 0) {
      for (const number of listed)
        world.stdout(`${String(number).padStart(2)}) ${shortSignalName(number)}\n`);
      return 0;
    }
    for (const text of asked) {
      const number = parseSignal(text);
      world.stdout(
        /^\d+$/.test(text) ? `${shortSignalName(number > 128 ? number - 128 : number)}\n` : `${number}\n`,
      );
    }
    return 0;
  }
  if (first !== undefined && /^-./.test(first) && first !== "--") {
    rest.shift();
    const text = first === "-s" || first === "-n" ? (rest.shift() ?? "") : first.slice(1);
    signal = text === "0" ? 0 : parseSignal(text);
    if ((signal === 0 && text !== "0") || signal > 64) {
      world.stderr(`${name}: bad signal name '${text}'\n`);
      return 1;
    }
  }
  if (rest[0] === "--") rest.shift();
  if (rest.length === 0) {
    world.stderr(`${name}: you need to specify whom to kill\n`);
    return 1;
  }
  let code = 0;
  for (const text of rest) {
    if (!/^-?\d+$/.test(text)) {
      world.stderr(`${name}: invalid number '${text}'\n`);
      code = 1;
    } else if (!world.kill(Number(text), signal)) {
      world.stderr(`${name}: can't kill pid ${text}: No such process\n`);
      code = 1;
    }
  }
  return code;
}
