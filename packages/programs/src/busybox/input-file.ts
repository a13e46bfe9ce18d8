import { FileError, type OpenFile, type ProcessContext } from "@dryharbor/kernel";
import { joined } from "../bytes.js";

/** Opens a file for reading. `-` is standard input. @throws {FileError} The file cannot be opened or read. */
export function inputFile(process: ProcessContext, path: string): AsyncIterable<Uint8Array> {
  if (path === "-") return process.stdin;
  return chunksOf(process, process.open(path));
}

async function* chunksOf(process: ProcessContext, file: OpenFile): AsyncGenerator<Uint8Array> {
  for (;;) {
    const data = await process.read(file, Number.POSITIVE_INFINITY);
    if (!data) return;
    yield data;
  }
}

/** Reads a whole file. `-` is standard input. @throws {FileError} The file cannot be opened or read. */
export async function wholeFile(process: ProcessContext, path: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of inputFile(process, path)) chunks.push(chunk);
  return joined(chunks);
}

/**
 * Calls `body` for each file of a command, or for standard input when there are none. Returns whether all
 * files could be read.
 *
 * @param failed called for a file that cannot be read, with the text of the error
 */
export async function eachFile(
  process: ProcessContext,
  paths: readonly string[],
  body: (chunks: AsyncIterable<Uint8Array>, path: string) => Promise<void>,
  failed: (path: string, problem: string) => void,
): Promise<boolean> {
  let all = true;
  for (const path of paths.length > 0 ? paths : ["-"]) {
    try {
      await body(inputFile(process, path), path);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      failed(path, error.message);
      all = false;
    }
  }
  return all;
}
