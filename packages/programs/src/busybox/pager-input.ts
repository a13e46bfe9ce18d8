import { FileError, type OpenFile, type ProcessContext } from "@dryharbor/kernel";

/**
 * Opens the terminal that a pager gets its keys from. Returns `undefined` where standard output is no terminal:
 * the pager copies its input then.
 */
export function openKeyboard(process: ProcessContext): OpenFile | undefined {
  if (!process.descriptors.get(1)?.terminal) return undefined;
  try {
    return process.open("/dev/tty");
  } catch (error) {
    if (error instanceof FileError) return undefined;
    throw error;
  }
}
