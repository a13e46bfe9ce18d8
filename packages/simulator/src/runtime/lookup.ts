import type { Program, ProgramTable } from "../programs/program.js";

/**
 * What a command runs. That the image has such a file is checked by the core before; here only its
 * base name counts, as in BusyBox, where all programs are one file.
 */
export function findProgram(programs: ProgramTable, command: string): Program {
  const name = command.slice(command.lastIndexOf("/") + 1);
  return programs.get(name) ?? missing(name);
}

/** Stands in for a file of an image that nobody wrote a program for. */
function missing(name: string): Program {
  return async ({ stderr }) => {
    stderr(`${name}: the simulator has no such program; give one to createSimulator({ programs })\n`);
    return 126;
  };
}
