import { executableOnPath } from "../core/containers/command.js";
import { FileError } from "../core/filesystem/error.js";
import type { Files } from "../core/filesystem/files.js";
import { busyboxApplets } from "../core/images/busybox.js";
import type { Program, ProgramTable } from "../programs/program.js";

/** Where programs are looked for. */
export interface Lookup {
  readonly programs: ProgramTable;
  /** From the process's working directory. */
  readonly files: Files;
  /** The variable `PATH`. */
  readonly path: string;
  /** How a process ends whose program the kernel refuses. */
  readonly unrunnableExitCode: number;
  /** Whether a file that the kernel refuses is a script for the shell, as it is to those who ask from within. */
  readonly interpretsText?: boolean;
}

const applets: ReadonlySet<string> = new Set(busyboxApplets);

/**
 * What a command runs that a program of BusyBox calls: of its own programs it knows without a file, and prefers
 * them. `undefined` where there is none.
 */
export function findProgram(lookup: Lookup, command: string): Program | undefined {
  const applet = applets.has(command) ? lookup.programs.get(command) : undefined;
  const file = fileOf(lookup, command);
  return applet ?? (file === undefined ? undefined : programIn(lookup, command, file));
}

/**
 * What a command runs that may be run.
 *
 * @param otherwise stands in for a program that nobody wrote
 */
export function programOf(lookup: Lookup, command: string, otherwise = missingProgram(command)): Program {
  const file = fileOf(lookup, command);
  return (file === undefined ? undefined : programIn(lookup, command, file, otherwise)) ?? otherwise;
}

function fileOf({ files, path }: Lookup, command: string): string | undefined {
  return command.includes("/") ? command : executableOnPath(files, command, path);
}

/** As the kernel decides it: a script has an interpreter; of anything else the name counts, as in BusyBox. */
function programIn(
  lookup: Lookup,
  command: string,
  file: string,
  otherwise = missingProgram(command),
  depth = 0,
): Program | undefined {
  const { files, programs } = lookup;
  let head: Uint8Array;
  let real: string;
  try {
    const { type, mode } = files.stat(file);
    if (type !== "file" || (mode & 0o111) === 0) return undefined;
    head = files.open(file).read(headSize);
    real = files.realpath(file);
  } catch (error) {
    if (error instanceof FileError) return undefined;
    throw error;
  }
  const script = interpreterOf(head);
  if (script) {
    const [interpreter, ...options] = script;
    const program =
      depth < deepestScript ? programIn(lookup, interpreter, interpreter, otherwise, depth + 1) : undefined;
    if (!program) return unrunnable(lookup, file, "no such file or directory");
    return (process) =>
      process.become(program, {
        argv: [interpreter, ...options, file, ...process.argv.slice(1)],
        env: process.env,
        cwd: process.cwd,
      });
  }
  // BusyBox goes by the name that it is called by.
  const program =
    programs.get(baseName(command)) ??
    (baseName(real) === "busybox" ? undefined : programs.get(baseName(real)));
  if (program) return program;
  const isElf = String.fromCharCode(...head.subarray(0, 4)) === "\x7fELF";
  if (isElf) return otherwise;
  const shell = lookup.interpretsText ? programs.get("sh") : undefined;
  if (!shell) return unrunnable(lookup, file, "exec format error");
  return (process) =>
    process.become(shell, {
      argv: ["sh", file, ...process.argv.slice(1)],
      env: process.env,
      cwd: process.cwd,
    });
}

/** As much as the kernel looks at. */
const headSize = 256;

/** So many scripts may interpret one another. */
const deepestScript = 4;

/** `#!` and what follows: a path, and all else in the line as one argument. */
function interpreterOf(head: Uint8Array): [string, ...string[]] | undefined {
  const text = new TextDecoder().decode(head);
  if (!text.startsWith("#!")) return undefined;
  const line = (text.slice(2).split("\n", 1)[0] as string).trim();
  const [, path, option] = /^(\S+)\s*(.*)$/.exec(line) ?? [];
  if (path === undefined) return undefined;
  return option ? [path, option] : [path];
}

/** runc has become the process by then, and says why it stays what it is. */
function unrunnable({ unrunnableExitCode }: Lookup, file: string, why: string): Program {
  return async ({ stderr }) => {
    stderr(`exec ${file}: ${why}\n`);
    return unrunnableExitCode;
  };
}

/** Stands in for a file of an image that nobody wrote a program for. */
function missingProgram(command: string): Program {
  return async ({ stderr }) => {
    const name = baseName(command);
    stderr(`${name}: the simulator has no such program; give one to createSimulator({ programs })\n`);
    return 126;
  };
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
