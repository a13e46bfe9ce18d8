import type { ProcessContext } from "@dryharbor/kernel";
import { applet } from "./applet.js";
import { clearScreen } from "./clear.js";
import { formatDate, zoneOf } from "./dates.js";
import { findProgram } from "./find-program.js";
import { screenSize } from "./screen.js";

const help = `watch [-n SEC] [-tx] PROG ARGS

Run PROG periodically

	-n SEC	Period (default 2)
	-t	Don't print header
	-x	exec(PROG,ARGS) instead of sh -c 'PROG ARGS'`;

/** The length of a date and its end. */
const dateLength = 20;

/** `watch [-n SEC] PROG ARGS`: runs a program again and again. */
export const watch = applet(
  { help, options: { flags: "dtcx", values: "n", first: true } },
  async (process, { name, given, operands, usage }) => {
    const period = given.get("n")?.at(-1) ?? "2";
    if (!/^\d*\.?\d+$/.test(period)) {
      process.stderr(`${name}: invalid number '${period}'\n`);
      return 1;
    }
    const [command] = operands;
    if (command === undefined) return usage(process);
    const line = operands.join(" ");
    const argv: readonly [string, ...string[]] = given.has("x")
      ? [command, ...operands.slice(1)]
      : ["sh", "-c", line];
    for (;;) {
      process.stdout(clearScreen);
      if (!given.has("t")) process.stdout(`${header(process, Number(period), line)}\n\n`);
      const program = findProgram(process, argv[0]);
      const { env, cwd, descriptors } = process;
      if (program) await process.start(program, { argv, env, cwd, descriptors }).ended;
      await process.caughtUp();
      await process.sleep(Number(period) * 1000);
    }
  },
);

function header(process: ProcessContext, seconds: number, command: string): string {
  const { columns } = screenSize(process);
  const text = `Every ${seconds.toFixed(1)}s: ${command.padEnd(columns)}`;
  if (columns <= dateLength) return text;
  const date = formatDate("%Y-%m-%d %H:%M:%S", process.now(), zoneOf(process.env.TZ ?? ""));
  return text.slice(0, columns - dateLength) + date;
}
