import type { Program } from "@dryharbor/kernel";
import { findProgram } from "./busybox/find-program.js";

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
    const program = /entrypoint/.test(entryPoint) && command ? findProgram(process, command) : undefined;
    if (program && command) {
      return process.become(program, { argv: [command, ...args], env: process.env, cwd: process.cwd });
    }
    return new Promise((resolve) => {
      for (const signal of new Set(["SIGTERM", "SIGINT", "SIGQUIT", stopSignal])) {
        process.onSignal(signal, () => resolve(0));
      }
    });
  };
}
