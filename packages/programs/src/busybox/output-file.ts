import { FileError, type OpenFile, type ProcessContext } from "@dryharbor/kernel";

/** A file that is written; `-` is standard output. @throws {FileError} */
export function openOutput(process: ProcessContext, path: string, append: boolean): OpenFile {
  const how = { write: true, create: true, append, truncate: !append };
  const file = path === "-" ? process.descriptors.get(1) : process.open(path, how);
  if (!file) throw new FileError("EBADF");
  return file;
}

/** Writes a file anew; the exit code. */
export function writeFile(process: ProcessContext, name: string, path: string, data: Uint8Array): number {
  try {
    process.write(openOutput(process, path, false), data);
    return 0;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    process.stderr(`${name}: can't open '${path}': ${error.message}\n`);
    return 1;
  }
}
