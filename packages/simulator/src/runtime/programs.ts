import { type Program, type ProgramTable, parseSignal } from "@dryharbor/kernel";
import { programAt } from "@dryharbor/kernel/host";
import { inertProgram } from "@dryharbor/programs/image";
import type { Container } from "../core/containers/container.js";
import type { Launch } from "../core/containers/launch.js";
import type { Daemon } from "../core/daemon.js";

/**
 * Returns the program of a container's first process. In an inert image, a command without a program runs a
 * silent stand-in.
 */
export function firstProgram(
  daemon: Daemon,
  programs: ProgramTable,
  { image, config }: Container,
  launch: Launch,
): Program {
  const otherwise = image?.inert ? inertProgram(stopSignal(config.StopSignal)) : undefined;
  return launchedProgram(daemon, programs, launch, otherwise);
}

/**
 * Returns the program that a launch runs.
 *
 * @param otherwise runs when no program is registered for the command
 */
export function launchedProgram(
  { release }: Daemon,
  programs: ProgramTable,
  { files, command, file }: Launch,
  otherwise = missingProgram(command),
): Program {
  if (file === undefined) return otherwise;
  const { unrunnableExitCode } = release.containers;
  const lookup = { programs, files, unrunnableExitCode, missing: () => otherwise };
  return programAt(lookup, command, file) ?? otherwise;
}

function stopSignal(name = ""): string {
  return parseSignal(name) === 0 ? "SIGTERM" : name;
}

/** Returns a program that stands in for an executable file without one: it says so, and exits with 126. */
export function missingProgram(command: string): Program {
  return async ({ stderr }) => {
    const name = command.slice(command.lastIndexOf("/") + 1);
    stderr(`${name}: the simulator has no such program; give one to createSimulator({ programs })\n`);
    return 126;
  };
}
