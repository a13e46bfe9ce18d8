import { FileError, type OpenFile, type ProcessContext } from "@dryharbor/kernel";

/** Opens a file for writing. `-` is standard output. @throws {FileError} */
export function openOutput(process: ProcessContext, path: string, append: boolean): OpenFile {
  const how = { write: true, create: true, append, truncate: !append };
  const file = path === "-" ? process.descriptors.get(1) : process.open(path, how);
  if (!file) throw new FileError("EBADF");
  return file;
}

/** Replaces the content of a file. Returns the exit code, which is 1 after an error. */
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
