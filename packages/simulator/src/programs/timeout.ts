import { parseSignal } from "../core/containers/signal.js";
import { applet } from "./applet.js";

const suffixes: Readonly<Record<string, number>> = { "": 1, s: 1, m: 60, h: 3600, d: 86_400 };

/** `timeout [-s SIG] [-k KILL_SECS] SECS PROG ARGS`: a program that may take so long. */
export const timeout = applet(
  {
    help: `timeout [-s SIG] [-k KILL_SECS] SECS PROG ARGS

Run PROG. Send SIG to it if it is not gone in SECS seconds.
Default SIG: TERM.If it still exists in KILL_SECS seconds, send KILL.
`,
    options: { flags: "", values: "sk", first: true },
  },
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
    const program = process.container.findProgram(command);
    if (!program) {
      process.stderr(`${name}: can't execute '${command}': No such file or directory\n`);
      return 127;
    }
    const { env, cwd, files } = process;
    const { pid, ended } = process.start(program, { argv: [command, ...args], env, cwd, files });
    const after = await Promise.race([ended, process.sleep(seconds * 1000)]);
    if (after) return after.code;
    process.kill(pid, signal);
    const last = grace === undefined ? undefined : secondsOf(grace);
    const killed =
      last === undefined ? undefined : process.sleep(last * 1000).then(() => process.kill(pid, 9));
    const end = await ended;
    void killed;
    return end.signal === undefined ? end.code : 128 + end.signal;
  },
);

function secondsOf(text: string): number | undefined {
  const match = /^(\d+\.?\d*|\.\d+)([smhd]?)$/.exec(text);
  return match ? Number(match[1]) * (suffixes[match[2] as string] as number) : undefined;
}
