import type { Program } from "@dryharbor/kernel";
import { findProgram } from "./busybox/find-program.js";

/**
 * Makes a program that stands in for a service without a program. It prints nothing and runs until a signal
 * stops it; then it exits with code 0, as services do. An entry point (`docker-entrypoint.sh`) runs the
 * program that its arguments name, if there is one.
 *
 * @param stopSignal the stop signal of the container, for example `SIGTERM`
 */
export function inertProgram(stopSignal: string): Program {
  return (process) => {
    const [entryPoint, command, ...args] = process.argv;
    const program = /entrypoint/.test(entryPoint) && command ? findProgram(process, command) : undefined;
    if (program && command) {
      return process.become(program, { argv: [command, ...args], env: process.env, cwd: process.cwd });
    }
    return new Promise((resolve) => {
      for (const signal of new Set(["SIGTERM", "SIGINT", "SIGQUIT", stopSignal])) {
        process.onSignal(signal, () => resolve(0));
      }
      void process.sleep(Number.POSITIVE_INFINITY);
    });
  };
}
