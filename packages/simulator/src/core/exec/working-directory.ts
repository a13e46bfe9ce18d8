import { FileError, type Files } from "@dryharbor/kernel";
import { mountAdvice } from "../containers/launch.js";

/** Why a process cannot begin where it is to, in runc's words. */
export interface DirectoryRefusal {
  readonly reason: string;
  /** What dockerd adds at the very end. */
  readonly suffix: string;
  /** Refused before there is a process: what the engines say of starting one is left out. */
  readonly early: boolean;
}

/** Whether an exec can begin in its working directory; `null` if so. Looked at before its command. Seen on all three. */
export function directoryRefusal(files: Files, workingDir: string): DirectoryRefusal | null {
  if (workingDir === "") return null;
  if (!workingDir.startsWith("/")) {
    return { reason: "Cwd must be an absolute path", suffix: "", early: true };
  }
  const problem = directoryProblem(files, workingDir);
  if (problem === undefined) return null;
  const failed = (why: string, suffix: string): DirectoryRefusal => ({
    reason: `chdir to cwd ("${workingDir}") set in config.json failed: ${why}`,
    suffix,
    early: false,
  });
  return failed(problem, problem === "not a directory" ? mountAdvice : "");
}

function directoryProblem(files: Files, path: string): string | undefined {
  try {
    return files.stat(path).type === "directory" ? undefined : "not a directory";
  } catch (error) {
    if (error instanceof FileError) return error.message.toLowerCase();
    throw error;
  }
}
