import { FileError } from "@dryharbor/kernel";
import { executableOnPath } from "@dryharbor/kernel/host";
import type { Daemon } from "../daemon.js";
import type { Container } from "./container.js";
import { processFiles } from "./files.js";

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

/** Whether `command` can be run in `container`, as runc's look-up of the PATH decides it; `null` if so. */
export function commandRefusal(
  daemon: Daemon,
  container: Container,
  command: string,
  env: readonly string[],
  workingDir: string,
): CommandRefusal | null {
  const files = processFiles(daemon, container).with({
    cwd: workingDir || container.config.WorkingDir || "/",
  });
  const refusal = (why: string, code: CommandRefusal["code"], suffix = ""): CommandRefusal => ({
    reason: `exec: "${command}": ${why}`,
    suffix,
    code,
  });
  if (!command.includes("/")) {
    if (executableOnPath(files, command, pathIn(env)) !== undefined) return null;
    return refusal("executable file not found in $PATH", 127);
  }
  try {
    const { type, mode } = files.stat(command);
    if (type === "directory") {
      const { reason, suffix } = daemon.release.containers.directoryAsCommand;
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
export function pathIn(env: readonly string[]): string {
  return env.find((line) => line.startsWith("PATH="))?.slice("PATH=".length) ?? defaultPath;
}
