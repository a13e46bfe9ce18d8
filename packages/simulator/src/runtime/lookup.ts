import type { Program, ProgramTable } from "../programs/program.js";

/**
 * What a command runs. That the image has such a file is checked elsewhere; here only its base name
 * counts, as in BusyBox, where all programs are one file.
 */
export function findProgram(programs: ProgramTable, command: string): Program | undefined {
  return programs.get(baseName(command));
}

/** Stands in for a file of an image that nobody wrote a program for. */
export function missingProgram(command: string): Program {
  return async ({ stderr }) => {
    const name = baseName(command);
    stderr(`${name}: the simulator has no such program; give one to createSimulator({ programs })\n`);
    return 126;
  };
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
