import { absolute, isDirectory, plainFiles } from "../containers/command.js";
import type { Daemon } from "../daemon.js";
import type { Exec } from "./exec.js";

/** Why a process cannot begin where it is to, in runc's words. */
export interface DirectoryRefusal {
  readonly reason: string;
  /** What dockerd adds at the very end. */
  readonly suffix: string;
  /** Refused before there is a process: what the engines say of starting one is left out. */
  readonly early: boolean;
}

/** Whether an exec can begin in its working directory; `null` if so. Looked at before its command. Seen on all three. */
export function directoryRefusal(daemon: Daemon, exec: Exec): DirectoryRefusal | null {
  const { workingDir } = exec;
  if (workingDir === "") return null;
  if (!workingDir.startsWith("/")) {
    return { reason: "Cwd must be an absolute path", suffix: "", early: true };
  }
  const place = placeOf(daemon, exec, absolute(workingDir, "/"));
  if (place === "directory") return null;
  const failed = (why: string, suffix: string): DirectoryRefusal => ({
    reason: `chdir to cwd ("${workingDir}") set in config.json failed: ${why}`,
    suffix,
    early: false,
  });
  return place === "file" ? failed("not a directory", mountAdvice) : failed("no such file or directory", "");
}

/** Dockerd takes "not a directory" for a failed mount, whatever it comes from. */
const mountAdvice =
  ": Are you trying to mount a directory onto a file (or vice-versa)? Check if the specified host path exists and is the expected type";

/** What a path of a container leads to; `file` also for what would be below a file. */
function placeOf(daemon: Daemon, { container }: Exec, path: string): "directory" | "file" | "nothing" {
  const executables = daemon.images.get(container.imageId)?.executables ?? new Set<string>();
  // The engine makes the container's own.
  if (`${container.config.WorkingDir ?? ""}/`.startsWith(`${path}/`)) return "directory";
  if (isDirectory(executables, path)) return "directory";
  for (let file = path; file !== ""; file = file.slice(0, file.lastIndexOf("/"))) {
    if (executables.has(file) || plainFiles.has(file)) return "file";
  }
  return "nothing";
}
