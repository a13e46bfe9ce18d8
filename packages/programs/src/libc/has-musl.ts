import { FileError, type Files } from "@dryharbor/kernel";

/** Returns whether the programs of a system are linked with musl. */
export function hasMusl(files: Files): boolean {
  try {
    return files.list("/lib").some((name) => name.startsWith("ld-musl-"));
  } catch (error) {
    if (error instanceof FileError) return false;
    throw error;
  }
}
