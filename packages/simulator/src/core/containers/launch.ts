// Looks up the program of a command, and decides whether it can run, as runc does. `start.ts` calls this for
// a container's first process, `exec/lifecycle.ts` for execs.

import { FileError, type User } from "@dryharbor/kernel";
import { commandFile, type Files } from "@dryharbor/kernel/host";
import type { Daemon } from "../daemon.js";
import type { Container } from "./container.js";
import { processFiles } from "./files.js";

/**
 * What a process is launched with. It is looked up once, when the engine checks the command, and goes to the
 * runtime.
 */
export interface Launch {
  /** The files that the process sees, with its working directory. */
  readonly files: Files;
  readonly command: string;
  /**
   * The file that the command names. `undefined` when there is none, which is allowed only for a service's
   * image.
   */
  readonly file: string | undefined;
}

/** The reason why a command cannot run, with the exit code for it. */
export interface CommandRefusal {
  /** The reason in runc's words. */
  readonly reason: string;
  /** Text that dockerd adds at the very end of the message. */
  readonly suffix: string;
  readonly code: 126 | 127 | 128;
}

/** The directories in which the shell and the kernel look for programs when no PATH is given. */
const defaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** What one has to be permitted to run a file. */
const executeAccess = 1;

/** The text that dockerd adds to every "not a directory", because it takes all of them for failed mounts. */
export const mountAdvice =
  ": Are you trying to mount a directory onto a file (or vice-versa)? Check if the specified host path exists and is the expected type";

/** Looks up the program of a container's first process. */
export function launchOf(daemon: Daemon, container: Container): Launch {
  const { path, config } = container;
  const files = processFiles(daemon, container);
  return findCommand(files, path, config.Env ?? [], config.WorkingDir ?? "");
}

/**
 * Looks up the program of a command. Searches the PATH as runc does.
 *
 * @param files the container's files, with `/` as the working directory
 */
export function findCommand(
  files: Files,
  command: string,
  env: readonly string[],
  workingDir: string,
): Launch {
  const seen = workingDir === "" ? files : files.with({ cwd: workingDir });
  return { files: seen, command, file: commandFile(seen, command, pathIn(env)) };
}

/**
 * Returns why runc refuses to run a command; `null` when it does not.
 *
 * @param user whose permissions count where runc looks for the command. Default: root's
 */
export function commandRefusal(
  { release }: Daemon,
  { files, command, file }: Launch,
  user?: User,
): CommandRefusal | null {
  const looked = user ? files.with(user) : files;
  const refusal = (why: string, code: CommandRefusal["code"], suffix = ""): CommandRefusal => ({
    reason: `exec: "${command}": ${why}`,
    suffix,
    code,
  });
  if (file === undefined) return refusal("executable file not found in $PATH", 127);
  // A file that was found in the PATH is executable.
  if (!command.includes("/")) return null;
  try {
    const { type, mode } = looked.stat(command);
    if (type === "directory") {
      const { reason, suffix } = release.containers.directoryAsCommand;
      return refusal(reason, 126, suffix);
    }
    if ((mode & 0o111) === 0) return refusal("permission denied", 126);
    if (looked.permits(command, executeAccess)) return null;
    return { reason: `exec ${command}: permission denied`, suffix: "", code: 126 };
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const isMissing = error.code === "ENOENT" || error.code === "ENOTDIR";
    const suffix = error.code === "ENOTDIR" ? mountAdvice : "";
    const code = isMissing ? 127 : error.code === "EACCES" ? 126 : 128;
    return refusal(`stat ${command}: ${error.message.toLowerCase()}`, code, suffix);
  }
}

/** Returns the value of the variable `PATH`. */
function pathIn(env: readonly string[]): string {
  return env.find((line) => line.startsWith("PATH="))?.slice("PATH=".length) ?? defaultPath;
}
