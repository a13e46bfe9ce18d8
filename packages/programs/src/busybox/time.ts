import { applet } from "./applet.js";
import { findProgram } from "./find-program.js";

const help = `time [-vpa] [-o FILE] PROG ARGS

Run PROG, display resource usage when it exits

	-v	Verbose
	-p	POSIX output format
	-f FMT	Custom format
	-o FILE	Write result to FILE
	-a	Append (else overwrite)`;

/** `time PROG ARGS`: runs a program and prints how long it took. */
export const time = applet(
  { help, options: { flags: "pav", values: "of", first: true } },
  async (process, { name, given, operands, usage }) => {
    const [command, ...args] = operands;
    if (command === undefined) return usage(process);
    const program = findProgram(process, command);
    if (!program) {
      process.stderr(`${name}: can't execute '${command}': No such file or directory\n`);
      return 127;
    }
    const began = process.now();
    const { descriptors, env, cwd } = process;
    const { code } = await process.start(program, { argv: [command, ...args], env, cwd, descriptors }).ended;
    const hundredths = (process.now() - began) / 10_000_000n;
    const seconds = `${hundredths / 100n}.${String(hundredths % 100n).padStart(2, "0")}`;
    process.stderr(
      given.has("p")
        ? `real ${seconds}\nuser 0.00\nsys 0.00\n`
        : `real\t${inMinutes(hundredths)}\nuser\t0m 0.00s\nsys\t0m 0.00s\n`,
    );
    return code;
  },
);

function inMinutes(hundredths: bigint): string {
  const minutes = hundredths / 6000n;
  const rest = hundredths % 6000n;
  return `${minutes}m ${rest / 100n}.${String(rest % 100n).padStart(2, "0")}s`;
}
