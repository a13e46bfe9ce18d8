import type { Files } from "../files/files.js";
import type { Program, ProgramTable } from "./program.js";

/** Where a program is looked for, and what stands in for one that cannot run. */
export interface ExecLookup {
  readonly programs: ProgramTable;
  /** Looked at from the process's working directory. */
  readonly files: Files;
  /** The variable `PATH`. */
  readonly path: string;
  /** The exit code of a process whose file the kernel refuses. */
  readonly unrunnableExitCode: number;
  /** Stands in for an executable file that nobody wrote a program for. */
  readonly missing: (command: string) => Program;
  /** Whether the shell runs a file that the kernel refuses, as `execvp` has it. The kernel alone does not. */
  readonly interpretsText?: boolean;
}

/**
 * Finds the program that a command runs: a file that the command names, or without a slash a file of the `PATH`.
 * `undefined` where there is no such file, or it is not executable.
 */
export function findExecutable(lookup: ExecLookup, command: string): Program | undefined {
  const { files, path } = lookup;
  const file = command.includes("/") ? command : executableOnPath(files, command, path);
  return file === undefined ? undefined : programAt(lookup, command, file);
}

/** Finds the file that a command without a slash names. */
export function executableOnPath(files: Files, command: string, path: string): string | undefined {
  if (command === "") return undefined;
  for (const directory of path.split(":")) {
    const file = `${directory === "" ? "." : directory}/${command}`;
    const stat = files.statIfThere(file);
    if (stat && stat.type !== "directory" && (stat.mode & 0o111) !== 0) return file;
  }
  return undefined;
}

/**
 * Finds the program that a file is, as the kernel decides it: a script runs its interpreter, and of any other file its
 * name says which program it is. `undefined` where there is no such file, or it is not executable.
 *
 * @param depth how many scripts have led here
 */
export function programAt(lookup: ExecLookup, command: string, file: string, depth = 0): Program | undefined {
  const { files, programs, missing } = lookup;
  const executable = files.executable(file);
  if (!executable) return undefined;
  const { content, realpath } = executable;
  const script = interpreterOf(content);
  if (script) {
    const [interpreter, ...options] = script;
    const program =
      depth < deepestScript ? programAt(lookup, interpreter, interpreter, depth + 1) : undefined;
    if (!program) return unrunnable(lookup, file, "no such file or directory");
    return (process) =>
      process.become(program, {
        argv: [interpreter, ...options, file, ...process.argv.slice(1)],
        env: process.env,
        cwd: process.cwd,
      });
  }
  // A multi-call binary goes by the name that it is called by.
  const byName = programs.get(baseName(command));
  if (byName) return byName;
  const real = baseName(realpath);
  const program = real === multiCall ? undefined : programs.get(real);
  if (program) return program;
  if (elf.every((byte, at) => content[at] === byte)) return missing(command);
  const shell = lookup.interpretsText ? programs.get("sh") : undefined;
  if (!shell) return unrunnable(lookup, file, "exec format error");
  return (process) =>
    process.become(shell, {
      argv: ["sh", file, ...process.argv.slice(1)],
      env: process.env,
      cwd: process.cwd,
    });
}

/** The file that many names lead to. It is a program by its own name only where that is what was called. */
const multiCall = "busybox";

/** How a program of machine code begins. */
const elf = [0x7f, 0x45, 0x4c, 0x46];

/** How many bytes of a file the kernel looks at. */
const headSize = 256;

/** How many scripts may interpret one another. */
const deepestScript = 4;

/** Reads the line behind `#!`: a path, and all else as one argument. */
function interpreterOf(content: Uint8Array): [string, ...string[]] | undefined {
  if (content[0] !== 0x23 || content[1] !== 0x21) return undefined;
  const text = new TextDecoder().decode(content.subarray(0, headSize));
  const line = (text.slice(2).split("\n", 1)[0] as string).trim();
  const [, path, option] = /^(\S+)\s*(.*)$/.exec(line) ?? [];
  if (path === undefined) return undefined;
  return option ? [path, option] : [path];
}

/** By the time that the kernel refuses, the process exists. It says why, and ends. */
function unrunnable({ unrunnableExitCode }: ExecLookup, file: string, why: string): Program {
  return async ({ stderr }) => {
    stderr(`exec ${file}: ${why}\n`);
    return unrunnableExitCode;
  };
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
