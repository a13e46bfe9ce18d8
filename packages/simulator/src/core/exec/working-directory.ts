import { FileError, type Files } from "@dryharbor/kernel";
import { mountAdvice } from "../containers/launch.js";

/** The reason why a process cannot start in its working directory, in runc's words. */
export interface DirectoryRefusal {
  readonly reason: string;
  /** Text that dockerd adds at the very end of the message. */
  readonly suffix: string;
  /** Whether it is refused before there is a process. The message then lacks the part about starting one. */
  readonly early: boolean;
}

/**
 * Returns why an exec cannot start in its working directory, or `null` when it can. The engine looks at the
 * directory before it looks at the command. Seen on all three.
 */
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
