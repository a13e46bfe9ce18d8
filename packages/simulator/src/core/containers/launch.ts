import { FileError } from "@dryharbor/kernel";
import { executableOnPath, type Files } from "@dryharbor/kernel/host";
import type { Daemon } from "../daemon.js";
import type { Container } from "./container.js";
import { processFiles } from "./files.js";

/** What a process is launched with: looked up once, when the engine checks its command, and handed to the runtime. */
export interface Launch {
  /** The files that the process sees, from its working directory. */
  readonly files: Files;
  readonly command: string;
  /** The variable `PATH`. */
  readonly path: string;
  /** The file that the command names. `undefined` where there is none, which only a service's image gets away with. */
  readonly file: string | undefined;
}

/** Why a command cannot be run, and the exit code that stands for it. */
export interface CommandRefusal {
  /** In runc's words. */
  readonly reason: string;
  /** What dockerd adds at the very end. */
  readonly suffix: string;
  readonly code: 126 | 127 | 128;
}

/** Where the shell and the kernel look for programs when no PATH is given. */
const defaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** Dockerd takes "not a directory" for a failed mount, whatever it comes from. */
export const mountAdvice =
  ": Are you trying to mount a directory onto a file (or vice-versa)? Check if the specified host path exists and is the expected type";

/** Looks up what a container's first process runs. */
export function launchOf(daemon: Daemon, container: Container): Launch {
  const { path, config } = container;
  const files = processFiles(daemon, container);
  return findCommand(files, path, config.Env ?? [], config.WorkingDir ?? "");
}

/**
 * Looks up what a command runs, as runc looks along the PATH.
 *
 * @param files looked at from `/`
 */
export function findCommand(
  files: Files,
  command: string,
  env: readonly string[],
  workingDir: string,
): Launch {
  const seen = workingDir === "" ? files : files.with({ cwd: workingDir });
  const path = pathIn(env);
  const file = command.includes("/") ? command : executableOnPath(seen, command, path);
  return { files: seen, command, path, file };
}

/** Decides whether what was found can be run, as runc does. `null` where it can. */
export function commandRefusal({ release }: Daemon, { files, command, file }: Launch): CommandRefusal | null {
  const refusal = (why: string, code: CommandRefusal["code"], suffix = ""): CommandRefusal => ({
    reason: `exec: "${command}": ${why}`,
    suffix,
    code,
  });
  if (file === undefined) return refusal("executable file not found in $PATH", 127);
  // What was found along the PATH is executable.
  if (!command.includes("/")) return null;
  try {
    const { type, mode } = files.stat(command);
    if (type === "directory") {
      const { reason, suffix } = release.containers.directoryAsCommand;
      return refusal(reason, 126, suffix);
    }
    return mode & 0o111 ? null : refusal("permission denied", 126);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const isMissing = error.code === "ENOENT" || error.code === "ENOTDIR";
    const suffix = error.code === "ENOTDIR" ? mountAdvice : "";
    return refusal(`stat ${command}: ${error.message.toLowerCase()}`, isMissing ? 127 : 128, suffix);
  }
}

/** The variable `PATH`. */
function pathIn(env: readonly string[]): string {
  return env.find((line) => line.startsWith("PATH="))?.slice("PATH=".length) ?? defaultPath;
}
