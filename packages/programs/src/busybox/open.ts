import { FileError, type ProcessContext } from "@dryharbor/kernel";

/** What is in a file, or why it cannot be had, as strerror says it; `opens`: it is only the reading that fails. */
export type Opened = { readonly data: Uint8Array } | { readonly problem: string; readonly opens: boolean };

/** Opens a file for reading, by its path as spelt. */
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
