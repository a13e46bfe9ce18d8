// Files that a command reads whole.
import { FileError } from "@dryharbor/kernel";
import { CommandError } from "../command/errors.js";
import type { CommandIo } from "../io.js";

/** Reads a file of the client's machine. @throws {CommandError} in Go's words */
export function openInput(io: CommandIo, path: string): Uint8Array {
  try {
    return io.files.read(path);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new CommandError(
      `${error.code === "EISDIR" ? "read" : "open"} ${path}: ${error.message.toLowerCase()}`,
    );
  }
}
