import { type Program, parseSignal } from "@dryharbor/kernel";
import { applet } from "./applet.js";
import { findProgram } from "./find-program.js";
import { killProblem } from "./kill.js";

const suffixes: Readonly<Record<string, number>> = { "": 1, s: 1, m: 60, h: 3600, d: 86_400 };

const help = `timeout [-s SIG] [-k KILL_SECS] SECS PROG ARGS

Run PROG. Send SIG to it if it is not gone in SECS seconds.
Default SIG: TERM.If it still exists in KILL_SECS seconds, send KILL.
`;

/**
 * `timeout [-s SIG] [-k KILL_SECS] SECS PROG ARGS`: runs a program and ends it after a time. The process
 * itself becomes the program, and a child ends it.
 */
export const timeout = applet(
  { help, options: { flags: "", values: "sk", first: true } },
  async (process, { name, given, operands, usage }) => {
    const [limit, command, ...args] = operands;
    if (limit === undefined || command === undefined) return usage(process);
    const signal = parseSignal(given.get("s")?.at(-1) ?? "TERM");
    const seconds = secondsOf(limit);
    const grace = given.get("k")?.at(-1);
    if (seconds === undefined || signal === 0) {
      process.stderr(`${name}: invalid number '${limit}'\n`);
      return 1;
    }
    const program = findProgram(process, command);
    if (!program) {
      process.stderr(`${name}: can't execute '${command}': No such file or directory\n`);
      return 127;
    }
    const { argv, env, cwd, pid } = process;
    const waiting = watcher(pid, seconds, signal, grace === undefined ? undefined : secondsOf(grace));
    process.start(waiting, { argv, env, cwd, descriptors: new Map() });
    return process.become(program, { argv: [command, ...args], env, cwd });
  },
);

/** Makes the program that waits and then ends a process. It exits when the process has ended before. */
function watcher(pid: number, seconds: number, signal: number, grace: number | undefined): Program {
  return async ({ sleep, kill }) => {
    for (let left = seconds; left > 0; left--) {
      await sleep(Math.min(1, left) * 1000);
      if (killProblem({ kill }, pid, 0) !== undefined) return 0;
    }
    killProblem({ kill }, pid, signal);
    if (grace !== undefined) {
      await sleep(grace * 1000);
      killProblem({ kill }, pid, 9);
    }
    return 0;
  };
}

function secondsOf(text: string): number | undefined {
  const match = /^(\d+\.?\d*|\.\d+)([smhd]?)$/.exec(text);
  return match ? Number(match[1]) * (suffixes[match[2] as string] as number) : undefined;
}
