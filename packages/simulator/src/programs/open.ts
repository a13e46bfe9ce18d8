import { FileError } from "../core/filesystem/error.js";
import type { ProcessContext } from "./program.js";

/** What is in a file, or why it cannot be had, as strerror says it; `opens`: it is only the reading that fails. */
export type Opened = { readonly data: Uint8Array } | { readonly problem: string; readonly opens: boolean };

/** Opens a file for reading, by its path as spelt. */
export function openFile({ container, cwd }: ProcessContext, path: string): Opened {
  let opens = false;
  try {
    const file = container.files.with({ cwd }).open(path);
    opens = true;
    return { data: file.read() };
  } catch (error) {
    if (error instanceof FileError) return { problem: error.message, opens };
    throw error;
  }
}
