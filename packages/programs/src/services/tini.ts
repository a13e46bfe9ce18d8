import { type Program, parseSignal } from "@dryharbor/kernel";

/** The signals that are passed on. */
const passed = ["SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM", "SIGUSR1", "SIGUSR2", "SIGWINCH"];

/** `tini`: runs a program as its child, passes signals on, and ends as the child does. */
export const tini: Program = async (process) => {
  const { argv, env, cwd, descriptors, stderr } = process;
  const args = argv.slice(1);
  while (args[0]?.startsWith("-")) {
    const option = args.shift() as string;
    if (option === "--") break;
    if (option === "--version") {
      process.stdout("tini version 0.19.0\n");
      return 0;
    }
    if (/^-[ep]$/.test(option)) args.shift();
  }
  const [command, ...rest] = args;
  if (command === undefined) {
    stderr(`tini (version 0.19.0)\nUsage: tini [OPTIONS] PROGRAM -- [ARGS] | --version\n`);
    return 1;
  }
  const program = process.findProgram(command);
  if (!program) {
    stderr(`[FATAL tini (${process.pid})] exec ${command} failed: No such file or directory\n`);
    return 127;
  }
  const child = process.start(program, { argv: [command, ...rest], env, cwd, descriptors, group: "own" });
  for (const name of passed) {
    process.onSignal(name, () => {
      process.kill(child.pid, parseSignal(name));
    });
  }
  return (await child.ended).code;
};
