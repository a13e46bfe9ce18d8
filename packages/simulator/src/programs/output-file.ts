import { FileProblem } from "./file-problem.js";
import type { OpenFile } from "./open-file.js";
import { openPath } from "./open-path.js";
import type { ProcessContext } from "./program.js";

/** A file that is written; `-` is standard output. @throws {FileProblem} */
export function openOutput(process: ProcessContext, path: string, append: boolean): OpenFile {
  const file = path === "-" ? process.files.get(1) : openPath(process, process.cwd, path, true);
  void append;
  if (!file) throw new FileProblem("EBADF");
  return file;
}

/** Writes a file anew; the exit code. */
export function writeFile(process: ProcessContext, name: string, path: string, data: Uint8Array): number {
  try {
    process.write(openOutput(process, path, false), data);
    return 0;
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    process.stderr(`${name}: can't open '${path}': ${error.message}\n`);
    return 1;
  }
}
