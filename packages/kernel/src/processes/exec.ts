import type { Files } from "../files/files.js";
import { searchAccess } from "../files/permissions.js";
import type { Program, ProgramTable } from "./program.js";

/** The settings of a search for a program: where to look, and what replaces a file that cannot run. */
export interface ExecLookup {
  readonly programs: ProgramTable;
  /** The files, with the working directory and the user of the process. */
  readonly files: Files;
  /** The exit code of a process when the kernel refuses to execute its file. */
  readonly unrunnableExitCode: number;
  /** Makes the replacement for a binary file that no program of the table stands for. */
  readonly missing: (command: string) => Program;
  /**
   * Whether `sh` runs a text file that the kernel refuses, as with `execvp`. Default: false, as with
   * `execve`.
   */
  readonly interpretsText?: boolean;
}

/**
 * Finds the program that a command runs. A command with a slash is the path of a file. Any other command is
 * looked up in the directories of `PATH`. Returns `undefined` when there is no such file or it is not
 * executable.
 *
 * @param path the value of the variable `PATH`
 */
export function findExecutable(lookup: ExecLookup, command: string, path: string): Program | undefined {
  const file = commandFile(lookup.files, command, path);
  return file === undefined ? undefined : programAt(lookup, command, file);
}

/**
 * Finds the file that a command names. A command with a slash is the path itself. Any other is looked up in the
 * directories of `path`; returns `undefined` when none has it.
 */
export function commandFile(files: Files, command: string, path: string): string | undefined {
  if (command.includes("/")) return command;
  if (command === "") return undefined;
  for (const directory of path.split(":")) {
    const file = `${directory === "" ? "." : directory}/${command}`;
    const stat = files.statIfThere(file);
    if (stat && stat.type !== "directory" && files.permits(file, searchAccess)) return file;
  }
  return undefined;
}

/**
 * Finds the program for an executable file, as the kernel does. A script runs its interpreter. For any other
 * file, the file's name selects the program. Returns `undefined` when there is no such file or it is not
 * executable.
 *
 * @param depth the number of scripts that have been followed so far
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
  const own = programNamedIn(content);
  if (own !== undefined) return programs.get(own) ?? missing(command);
  // A multi-call binary selects its program by the name in the command.
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

/**
 * The name of the multi-call binary. Many names link to it, so its own name selects a program only when
 * called by it.
 */
const multiCall = "busybox";

/** The first bytes of a binary program (ELF). */
const elf = [0x7f, 0x45, 0x4c, 0x46];
/** What is behind them in a binary that names its program. */
const naming = "program ";

/**
 * Makes the content of a binary that runs a program of the table under another name than its file has, so that two
 * programs of one name may differ.
 */
export function binaryOf(program: string): Uint8Array {
  const name = new TextEncoder().encode(`${naming}${program}\n`);
  const content = new Uint8Array(elf.length + name.length);
  content.set(elf);
  content.set(name, elf.length);
  return content;
}

/** Returns the name of the program that a binary names; `undefined` when it names none. */
function programNamedIn(content: Uint8Array): string | undefined {
  if (content.length > headSize || !elf.every((byte, at) => content[at] === byte)) return undefined;
  const text = new TextDecoder().decode(content.subarray(elf.length));
  return text.startsWith(naming) ? text.slice(naming.length).trimEnd() : undefined;
}

/** The number of bytes in which the kernel looks for the `#!` line. */
const headSize = 256;

/** The number of scripts that may be each other's interpreters in a row. */
const deepestScript = 4;

/** Parses the `#!` line: the path of the interpreter, and the rest of the line as one argument. */
function interpreterOf(content: Uint8Array): [string, ...string[]] | undefined {
  if (content[0] !== 0x23 || content[1] !== 0x21) return undefined;
  const text = new TextDecoder().decode(content.subarray(0, headSize));
  const line = (text.slice(2).split("\n", 1)[0] as string).trim();
  const [, path, option] = /^(\S+)\s*(.*)$/.exec(line) ?? [];
  if (path === undefined) return undefined;
  return option ? [path, option] : [path];
}

/** Makes a program that prints why the kernel refused the file, and exits. The process exists by then. */
function unrunnable({ unrunnableExitCode }: ExecLookup, file: string, why: string): Program {
  return async ({ stderr }) => {
    stderr(`exec ${file}: ${why}\n`);
    return unrunnableExitCode;
  };
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
