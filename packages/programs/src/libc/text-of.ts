import { FileError, type LookupProcess } from "@dryharbor/kernel";

/** Reads a file. A file that cannot be read counts as empty. */
export function textOf({ files }: Pick<LookupProcess, "files">, path: string): string {
  try {
    return new TextDecoder().decode(files.read(path));
  } catch (error) {
    if (error instanceof FileError) return "";
    throw error;
  }
}
