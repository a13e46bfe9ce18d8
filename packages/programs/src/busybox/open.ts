import { FileError, type ProcessContext } from "@dryharbor/kernel";

/**
 * The content of a file, or the error text of strerror. `opens` is true when the file opens and only reading
 * fails.
 */
export type Opened = { readonly data: Uint8Array } | { readonly problem: string; readonly opens: boolean };

/** Opens and reads a file. */
export function openFile({ files }: ProcessContext, path: string): Opened {
  let opens = false;
  try {
    const file = files.open(path);
    opens = true;
    return { data: file.read() };
  } catch (error) {
    if (error instanceof FileError) return { problem: error.message, opens };
    throw error;
  }
}
