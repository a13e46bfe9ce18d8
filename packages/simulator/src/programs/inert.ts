import type { ProcessContext, Program } from "./program.js";

/**
 * Stands in for a service's program: says nothing, and runs until it is told to stop, when it ends at once and
 * well, as services do. An entry point (`docker-entrypoint.sh`) gives way to its arguments where those are a
 * program that there is.
 *
 * @param stopSignal what its container is stopped by
 */
export function inertProgram(stopSignal: string): Program {
  return (process) => {
    const [entryPoint, command, ...args] = process.argv;
    const program =
      /entrypoint/.test(entryPoint) && command ? process.container.findProgram(command) : undefined;
    if (program && command) return program(withArguments(process, [command, ...args]));
    return new Promise((resolve) => {
      for (const signal of new Set(["SIGTERM", "SIGINT", "SIGQUIT", stopSignal])) {
        process.onSignal(signal, () => resolve(0));
      }
    });
  };
}

/** The same process, after it has become another program. */
function withArguments(process: ProcessContext, argv: ProcessContext["argv"]): ProcessContext {
  const { env, cwd, container, stdout, stderr, sleep, onSignal } = process;
  return {
    argv,
    env,
    cwd,
    container,
    stdout,
    stderr,
    sleep,
    onSignal,
    get stdin() {
      return process.stdin;
    },
    get killed() {
      return process.killed;
    },
  };
}
