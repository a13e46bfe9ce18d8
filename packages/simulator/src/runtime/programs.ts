import { type Program, type ProgramTable, parseSignal } from "@dryharbor/kernel";
import { findExecutable } from "@dryharbor/kernel/host";
import { inertProgram } from "@dryharbor/programs/image";
import { pathIn } from "../core/containers/command.js";
import type { Container } from "../core/containers/container.js";
import { processFiles } from "../core/containers/files.js";
import type { Daemon } from "../core/daemon.js";
import type { Exec } from "../core/exec/exec.js";

/** Finds the program of a container's first process. */
export function firstProgram(daemon: Daemon, programs: ProgramTable, container: Container): Program {
  const { image, config, path } = container;
  const otherwise = image?.inert ? inertProgram(stopSignal(config.StopSignal)) : missingProgram(path);
  return find(daemon, programs, container, {
    command: path,
    cwd: config.WorkingDir,
    env: config.Env ?? [],
    otherwise,
  });
}

/** Finds the program that an exec runs. */
export function execProgram(daemon: Daemon, programs: ProgramTable, exec: Exec): Program {
  const { container, command, env, workingDir } = exec;
  return find(daemon, programs, container, {
    command: command[0],
    cwd: workingDir || container.config.WorkingDir,
    env: [...env, ...(container.config.Env ?? [])],
    otherwise: missingProgram(command[0]),
  });
}

function find(
  daemon: Daemon,
  programs: ProgramTable,
  container: Container,
  {
    command,
    cwd,
    env,
    otherwise,
  }: {
    readonly command: string;
    readonly cwd: string | undefined;
    readonly env: readonly string[];
    /** Stands in for a program that nobody wrote. */
    readonly otherwise: Program;
  },
): Program {
  const lookup = {
    programs,
    files: processFiles(daemon, container).with({ cwd: cwd || "/" }),
    path: pathIn(env),
    unrunnableExitCode: daemon.release.containers.unrunnableExitCode,
    missing: () => otherwise,
  };
  return findExecutable(lookup, command) ?? otherwise;
}

function stopSignal(name = ""): string {
  return parseSignal(name) === 0 ? "SIGTERM" : name;
}

/** Stands in for an executable file that nobody wrote a program for: says so, and ends. */
export function missingProgram(command: string): Program {
  return async ({ stderr }) => {
    const name = command.slice(command.lastIndexOf("/") + 1);
    stderr(`${name}: the simulator has no such program; give one to createSimulator({ programs })\n`);
    return 126;
  };
}
