import type { Daemon } from "../daemon.js";
import type { Container } from "./container.js";

/** Why a command cannot be run, and the exit code that stands for it. */
export interface CommandRefusal {
  /** In runc's words. */
  readonly reason: string;
  /** What dockerd adds at the very end. */
  readonly suffix: string;
  readonly code: 126 | 127;
}

/** Where the shell and the kernel look for programs when no PATH is given. */
const defaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** Files that every container has and that are no programs. */
export const plainFiles: ReadonlySet<string> = new Set([
  "/etc/hosts",
  "/etc/hostname",
  "/etc/resolv.conf",
  "/dev/null",
]);

/** Whether `command` can be run in `container`, as runc's look-up of the PATH decides it; `null` if so. */
export function commandRefusal(
  daemon: Daemon,
  container: Container,
  command: string,
  env: readonly string[],
  workingDir: string,
): CommandRefusal | null {
  const executables = daemon.images.get(container.imageId)?.executables ?? new Set<string>();
  const refusal = (why: string, code: 126 | 127, suffix = ""): CommandRefusal => ({
    reason: `exec: "${command}": ${why}`,
    suffix,
    code,
  });
  if (!command.includes("/")) {
    const path = env.find((line) => line.startsWith("PATH="))?.slice("PATH=".length) ?? defaultPath;
    const found =
      command !== "" &&
      path.split(":").some((directory) => executables.has(`${directory.replace(/\/$/, "")}/${command}`));
    if (found) return null;
    return refusal("executable file not found in $PATH", 127);
  }
  const file = absolute(command, workingDir || container.config.WorkingDir || "/");
  if (executables.has(file)) return null;
  if (isDirectory(executables, file)) {
    const { reason, suffix } = daemon.release.containers.directoryAsCommand;
    return refusal(reason, 126, suffix);
  }
  if (plainFiles.has(file)) return refusal("permission denied", 126);
  return refusal(`stat ${command}: no such file or directory`, 127);
}

/** As the kernel walks a path: without `.`, `..`, and slashes too many. */
export function absolute(path: string, from: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith("/") ? path : `${from}/${path}`).split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}

/** Directories of every container. Seen in busybox's. */
const directories: ReadonlySet<string> = new Set([
  "/",
  "/dev",
  "/dev/mqueue",
  "/dev/pts",
  "/dev/shm",
  "/etc",
  "/proc",
  "/proc/1",
  "/proc/self",
  "/root",
  "/sys",
  "/tmp",
  "/usr",
  "/var",
]);

/** Whether a path of an image with these programs is a directory. */
export function isDirectory(executables: ReadonlySet<string>, path: string): boolean {
  if (directories.has(path)) return true;
  for (const file of executables) if (file.startsWith(`${path}/`)) return true;
  return false;
}
